"""What an asset says to a search: one sentence for its meaning, and its words by weight."""

import re
from collections.abc import Iterable, Sequence

from tools.core.assets import Asset, Field, FieldValue
from tools.core.records import SearchText
from tools.core.search.letters import letters
from tools.core.search.passages import texts_of

LONGEST_SENTENCE = 1200
LONGEST_BODY = 100_000
_WORDED = frozenset((Field.DESCRIPTION, Field.ALT_TEXT, Field.TAG, Field.OCR, Field.TEXT))
# Names that cameras and phones give say nothing.
_CAMERA_NAME = re.compile(
    r"^(?:img|dsc[nf]?|p|pict?|pxl|mvi|vid|clip|mov|gopr|scan|image|photo|screenshot|whatsapp \w+|"
    r"untitled|unnamed)?[\s_\-]*[\d\s_\-.:()]+(?:\w{0,2})$",
    re.IGNORECASE,
)


def sentence(asset: Asset, values: Sequence[FieldValue], kinds: Sequence[str]) -> str:
    """Write the passage that is embedded: what people say first, then what machines see."""
    seen = _unique([*_all(values, Field.LABEL), *_all(values, Field.OBJECT), *kinds])
    parts = [
        named(asset),
        _one(values, Field.DESCRIPTION),
        _one(values, Field.ALT_TEXT),
        _listed("tags", _all(values, Field.TAG)),
        ", ".join(seen),
        _one(values, Field.OCR)[:300],
        _one(values, Field.TEXT)[:250],
        _one(values, Field.TRANSCRIPT)[:250],
    ]
    text = ". ".join(part.strip(" .") for part in parts if part.strip(" ."))
    return (text or asset.media_type.value)[:LONGEST_SENTENCE]


def told_by_people(asset: Asset, values: Sequence[FieldValue]) -> bool:
    """Tell whether the sentence says more than what machines see in a picture."""
    return bool(named(asset)) or any(value.field in _WORDED for value in values)


def search_text(asset: Asset, values: Sequence[FieldValue], kinds: Sequence[str]) -> SearchText:
    """Sort an asset's words by how much they weigh; kinds stand as words and as tokens."""
    stem, _, ending = asset.file_name.rpartition(".")
    tokens = [f"kind{kind}" for kind in kinds]
    creators = [_one(values, Field.CREATOR), _one(values, Field.CREDIT)]
    return SearchText(
        title=f"{asset.title} {re.sub(r'[_-]+', ' ', stem)} {ending}",
        tags=" ; ".join(_all(values, Field.TAG)),
        labels=" ".join([*_all(values, Field.LABEL), *_all(values, Field.OBJECT), *kinds, *tokens]),
        ocr=_one(values, Field.OCR),
        body=" ".join(
            [
                _one(values, Field.DESCRIPTION),
                _one(values, Field.ALT_TEXT),
                *creators,
                *_all(values, Field.COLOUR),
                *_all(values, Field.LICENCE),
                _one(values, Field.TEXT)[:LONGEST_BODY],
                _one(values, Field.TRANSCRIPT)[:LONGEST_BODY],
            ]
        ),
        letters=" ".join(letters(text) for _, text, *_ in texts_of(asset, values)),
    )


def named(asset: Asset) -> str:
    """Give the title if it says anything, "" for what a camera calls its files."""
    return "" if _CAMERA_NAME.match(asset.title) else asset.title


def _one(values: Sequence[FieldValue], field: Field) -> str:
    return next((value.value for value in reversed(values) if value.field is field), "")


def _all(values: Sequence[FieldValue], field: Field) -> list[str]:
    found = [value for value in values if value.field is field]
    return [value.value for value in sorted(found, key=lambda value: -value.confidence)]


def _listed(name: str, texts: Sequence[str]) -> str:
    return f"{name}: {', '.join(texts)}" if texts else ""


def _unique(texts: Iterable[str]) -> list[str]:
    """Keep texts whose folded form is new, in order."""
    known: dict[str, str] = {}
    for text in texts:
        known.setdefault(text.casefold(), text)
    return list(known.values())
