"""What a model says of a file, before it is dated; and what waits for a model that is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tools.core.assets import Field
from tools.core.errors import Fixable

NOT_EXAMINED = "Not examined yet: "
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Note:
    """A value of a field by a model, with a confidence from 0 to 1."""

    field: Field
    value: str
    by: str
    confidence: float = 1.0


def waiting(missing: str) -> Note:
    """Note for later that a model is missing."""
    return Note(Field.WARNING, f"{NOT_EXAMINED}{missing}", "ingest")


def attempt(look: Callable[[], Result], notes: list[Note]) -> Result | None:
    """Look, or note for later that the model is missing."""
    try:
        return look()
    except Fixable as missing:
        notes.append(waiting(str(missing)))
        return None
