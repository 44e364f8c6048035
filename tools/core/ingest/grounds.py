"""What a value of a model rests on, kept beside it, and instead of it where it is too unsure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tools.core.assets import Field, FieldValue
from tools.core.ingest.notes import Note

# A value as sure as the first of these is said, one as sure as the second waits for a person.
BARS: dict[Field, tuple[float, float]] = {
    Field.SENTIMENT: (0.6, 0.4),
    Field.TONE: (0.6, 0.4),
    # What is not shown beyond doubt is a matter of taste, and nobody is asked.
    Field.MOOD: (0.6, 0.6),
    Field.LANGUAGE: (0.8, 0.4),
    Field.OCR: (0.75, 0.5),
}
# Between the sentences or measures that decided.
AND = "; "
LONGEST_QUOTE = 140


@dataclass(frozen=True, slots=True)
class Grounds:
    """A value of a field and why a model gives it, for a person to read."""

    field: Field
    value: str
    why: str

    def to_json(self) -> str:
        """Write them compactly."""
        return json.dumps([self.field.value, self.value, self.why], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Grounds":
        """Read what `to_json` wrote."""
        field, value, why = json.loads(text)
        return cls(Field(field), value, why)


def begun(text: str) -> str:
    """Give the beginning of a text on one line, as a quotation in grounds."""
    line = " ".join(text[: 2 * LONGEST_QUOTE].split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def whys_of(values: Iterable[FieldValue]) -> dict[tuple[Field, str], str]:
    """Give why models gave values, by field and value."""
    kept = [Grounds.from_json(value.value) for value in values if value.field is Field.GROUNDS]
    return {(one.field, one.value): one.why for one in kept}


def grounded(grounds: Grounds, by: str, sure: float) -> list[Note]:
    """Note a value with its grounds when it is sure enough, only the grounds when it may wait."""
    said, waits = BARS[grounds.field]
    if sure < waits:
        return []
    kept = Note(Field.GROUNDS, grounds.to_json(), by, sure)
    return [Note(grounds.field, grounds.value, by, sure), kept] if sure >= said else [kept]
