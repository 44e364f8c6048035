"""Drafts of alt texts and captions that wait for a person: made of evidence, never a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, Field, FieldValue, MediaType
from tools.core.errors import Fixable
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

    What a model that words pictures has drafted already is left to it.
    """
    if asset.media_type not in PICTURED:
        return
    seen = [v for v in values if v.field in _EVIDENCE and v.value]
    sure = [v for v in seen if v.confidence >= SURE.get(v.field, 1.1)]
    filled = {value.field for value in values}
    for field in DRAFTED:
        if field not in filled and sure:
            try:
                text = draft_text(asset, values, (), field.value)
            except Fixable:
                return
            told = [f"{v.field.value} {v.value.split(',')[0]} {v.confidence:.2f}" for v in sure]
            by = ", ".join(dict.fromkeys([BY, *(v.by for v in (*sure, *seen))]))
            yield TextDraft(field, text, by, ", ".join(told), min(v.confidence for v in sure))
