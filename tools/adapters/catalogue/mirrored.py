"""What assets are filtered by, mirrored from their described values into their own rows."""

from collections.abc import Iterable

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import fold
from tools.core.assets import AssetId, Field, FieldValue
from tools.core.ingest.headcount import people_in
from tools.core.taken import read_taken

SEEN = frozenset({Field.FACES, Field.EVIDENCE})
MIRRORED = frozenset({Field.TITLE, Field.CAPTURED_AT}) | SEEN
# Long texts are never compared, so their folded copy would only take room.
FOLDED = frozenset(
    {
        Field.TAG,
        Field.COLOUR,
        Field.CREATOR,
        Field.LANGUAGE,
        Field.RATING,
        Field.COLOUR_LABEL,
        Field.SPACE,
        Field.MOOD,
        Field.SENTIMENT,
        Field.TONE,
    }
)


def mirrored(current: Iterable[FieldValue], changed: frozenset[Field]) -> dict[str, object]:
    """Give the columns of an asset that follow from its values, for the fields that changed."""
    said = {value.field: value.value for value in current if value.field in MIRRORED}
    columns: dict[str, object] = {}
    if Field.TITLE in changed and Field.TITLE in said:
        columns["title"] = said[Field.TITLE]
    if Field.CAPTURED_AT in changed:
        taken = read_taken(said.get(Field.CAPTURED_AT, ""))
        columns |= {
            "taken_first": taken.first if taken else None,
            "taken_last": taken.last if taken else None,
            "taken_offset": taken.offset if taken else None,
        }
    if changed & SEEN:
        columns["people"] = people_in(said.get(Field.FACES), said.get(Field.EVIDENCE))
    return columns


def write(db: sa.Connection, asset_id: AssetId, columns: dict[str, object]) -> None:
    """Write columns of one asset."""
    if columns:
        db.execute(t.assets.update().where(t.assets.c.id == asset_id).values(**columns))


def folded(field: Field, text: str) -> str:
    """Give the form under which values of a field are compared, "" where none are."""
    return fold(text) if field in FOLDED else ""
