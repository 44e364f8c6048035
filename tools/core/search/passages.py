"""Passages: what of an asset's text was quoted, where it stands, and what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, Field, FieldValue
from tools.core.moments import moments_of, timecode
from tools.core.search.letters import Phrase, Place, composed

# What a text counts in which a phrase was found: people's words most.
WEIGHTS = {
    Field.TITLE: 1.0,
    Field.TAG: 0.98,
    Field.ALT_TEXT: 0.96,
    Field.DESCRIPTION: 0.96,
    Field.CREATOR: 0.94,
    Field.CREDIT: 0.94,
    Field.COPYRIGHT: 0.94,
    Field.RIGHTS_HOLDER: 0.94,
    Field.USAGE_TERMS: 0.94,
    Field.OCR: 0.92,
    Field.COLUMN: 0.91,
    Field.LICENCE: 0.91,
    Field.TRANSCRIPT: 0.9,
    Field.TEXT: 0.9,
    Field.LABEL: 0.85,
    Field.OBJECT: 0.85,
}
NEW_PAGE = "\f"
AROUND = 60
CUT = "\u2026"
FILE_NAME = "file name"
CALLED = {Field.OCR: "text in the picture", Field.ALT_TEXT: "alt text"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text around a quoted phrase.

    `where` names the text it is from, `page` counts from 1 and is None where there are no pages,
    `seconds` is when it is said or shown and None where there is no time. `times` is how often the
    phrase stands in that text, `weight` runs from 0 to 1.
    """

    where: str
    text: str
    page: int | None = None
    times: int = 1
    weight: float = 1.0
    seconds: float | None = None

    @property
    def why(self) -> str:
        """Say it in a few words."""
        place = f" on page {self.page}" if self.page else ""
        place = place if self.seconds is None else f" at {timecode(self.seconds)}"
        often = f" ({self.times} times)" if self.times > 1 else ""
        return f"{self.where}{place}: \u201c{self.text}\u201d{often}"


def texts_of(
    asset: Asset, values: Sequence[FieldValue]
) -> Iterator[tuple[str, str, float, FieldValue | None]]:
    """Give every text that can be quoted: its name, itself, its weight and whose value it is.

    The weightiest come first.
    """
    yield "title", asset.title, WEIGHTS[Field.TITLE], None
    yield FILE_NAME, asset.file_name, WEIGHTS[Field.TITLE], None
    said = [value for value in values if value.field in WEIGHTS and value.field is not Field.TITLE]
    for value in sorted(said, key=lambda value: -WEIGHTS[value.field]):
        called = CALLED.get(value.field, value.field.value)
        yield called, value.value, WEIGHTS[value.field], value


def passage(phrase: Phrase, asset: Asset, values: Sequence[FieldValue]) -> Passage | None:
    """Find the weightiest passage of an asset that holds a phrase."""
    for where, said, weight, value in texts_of(asset, values):
        text = composed(said)
        place = phrase.place(text)
        if place:
            moments = moments_of(values)
            seconds = moments.of_line(value, text, place.start) if value else None
            around = _around(text, place)
            return Passage(where, around, _page(text, place), place.times, weight, seconds)
    return None


def _page(text: str, place: Place) -> int | None:
    return text.count(NEW_PAGE, 0, place.start) + 1 if NEW_PAGE in text else None


def _around(text: str, place: Place) -> str:
    """Cut a text around a place at spaces, on one line."""
    start, end = max(0, place.start - AROUND), min(len(text), place.end + AROUND)
    before, after = text[start : place.start], text[place.end : end]
    if start and " " in before:
        before = before[before.index(" ") + 1 :]
    if end < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    shown = " ".join(f"{before}{text[place.start : place.end]}{after}".split())
    return f"{CUT * (start > 0)}{shown}{CUT * (end < len(text))}"
