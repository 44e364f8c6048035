"""Drafts of alt texts and captions that wait for a person: made of evidence, never a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, Field, FieldValue, MediaType
from tools.core.curation.denials import denied_word
from tools.core.errors import Fixable
from tools.core.ingest.grounds import Grounds
from tools.core.search.folding import fold, words_of
from tools.core.suggesting import SURE, draft_text

BY = "wording 1"
DRAFTED = (Field.ALT_TEXT, Field.DESCRIPTION)
PICTURED = frozenset({MediaType.IMAGE, MediaType.VIDEO})
# What a draft is made of, and so what it is by.
_EVIDENCE = frozenset({Field.LABEL, Field.OBJECT, Field.FACES, Field.COLOUR, Field.OCR})


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text that a person may keep; `by` names the models, `why` what they noticed."""

    field: Field
    text: str
    by: str
    why: str
    confidence: float


def drafts(asset: Asset, values: Sequence[FieldValue]) -> Iterator[TextDraft]:
    """Give drafts for the fields of a picture or film in which nobody has written anything.

    Each is what a model wrote that words pictures, else a sentence made of what was seen. What a
    model wrote is left out where it says what was rejected, or a file tries to give orders.
    """
    if asset.media_type not in PICTURED:
        return
    filled = {value.field for value in values}
    for field in DRAFTED:
        if field not in filled:
            one = by_model(values, field) or _worded(asset, values, field)
            if one:
                yield one


def by_model(values: Sequence[FieldValue], field: Field) -> TextDraft | None:
    """Give what a model wrote for a field that may be shown, or None."""
    if any(value.field is Field.SUSPICION for value in values):
        return None
    denied = [_apart(denied_word(value)) for value in values if value.field is Field.REJECTED]
    for value in values:
        if value.field is Field.GROUNDS:
            one = Grounds.from_json(value.value)
            if one.field in DRAFTED and not any(word in _apart(one.value) for word in denied):
                return TextDraft(field, one.value, value.by, one.why, value.confidence)
    return None


def _worded(asset: Asset, values: Sequence[FieldValue], field: Field) -> TextDraft | None:
    seen = [v for v in values if v.field in _EVIDENCE and v.value]
    sure = [v for v in seen if v.confidence >= SURE.get(v.field, 1.1)]
    if not sure:
        return None
    try:
        text = draft_text(asset, values, (), field.value)
    except Fixable:
        return None
    told = [f"{v.field.value} {v.value.split(',')[0]} {v.confidence:.2f}" for v in sure]
    by = ", ".join(dict.fromkeys([BY, *(v.by for v in (*sure, *seen))]))
    return TextDraft(field, text, by, ", ".join(told), min(v.confidence for v in sure))


def _apart(text: str) -> str:
    """Write the words of a text so that one of them is found only whole."""
    return f" {' '.join(words_of(fold(text)))} "
