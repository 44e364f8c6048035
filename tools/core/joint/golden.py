"""What people wrote of the pictures of a library: queries whose right answers are known."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, Field, FieldValue, Source
from tools.core.directory import SYSTEM
from tools.core.records import Catalogue
from tools.core.search.sentence import named

MOST, LOOKED_AT = 300, 2000
CHUNK = 200
# What more pictures than this are called (`sunset`, a camera's own text) asks for none of them.
SHARED = 3
# The fuller the text, the surer it means this picture.
FIELDS = (Field.DESCRIPTION, Field.ALT_TEXT, Field.TITLE)


@dataclass(frozen=True, slots=True)
class Golden:
    """A text that somebody wrote, and the catalogue keys of the pictures it was written of."""

    text: str
    keys: frozenset[int]


def golden(catalogue: Catalogue, keys: Sequence[int]) -> list[Golden]:
    """Give up to 300 texts of these pictures, evenly chosen; one of each picture."""
    chosen = keys[:: max(1, len(keys) // LOOKED_AT)]
    found: dict[str, set[int]] = {}
    for start in range(0, len(chosen), CHUNK):
        with catalogue.reading() as records:
            assets = records.assets.by_keys(chosen[start : start + CHUNK], SYSTEM)
            values = records.fields.current([asset.id for asset in assets])
        for asset in assets:
            text = _written(asset, [one for one in values if one.asset_id == asset.id])
            if text:
                found.setdefault(text, set()).add(asset.key)
    told = [Golden(text, frozenset(some)) for text, some in found.items() if len(some) <= SHARED]
    return told[:: max(1, len(told) // MOST)][:MOST]


def _written(asset: Asset, values: Sequence[FieldValue]) -> str:
    written = {one.field: one.value for one in values if one.source is not Source.MODEL}
    if not named(asset):
        written.pop(Field.TITLE, None)
    return next((" ".join(written[one].split()) for one in FIELDS if written.get(one)), "")
