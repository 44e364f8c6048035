"""What XMP sidecars say of the file they lie beside, and which of the two is believed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tools.core.assets import Field, FieldValue, Source

BY = "XMP sidecar"
# Lists that a person may have shortened here: what was ended stays ended.
_KEPT_OUT = frozenset({Field.TAG, Field.KEYWORD_PATH})


def merged(embedded: Mapping[str, str], beside: Mapping[str, str]) -> dict[str, str]:
    """Join what a file says with what its sidecar says.

    Programs write a sidecar because they would not, or could not, write into the file, so that it
    is the later word, field by field. Only where both say when they were edited
    (xmp:MetadataDate) and the file was later, the sidecar merely fills what the file leaves open.
    Times of files decide nothing: copying changes them.
    """
    later = _moment(embedded) > _moment(beside) if _dated(embedded, beside) else False
    return {**beside, **embedded} if later else {**embedded, **beside}


def changes(
    current: Sequence[FieldValue],
    before: Sequence[FieldValue],
    said: Sequence[FieldValue],
    ended: Sequence[FieldValue],
) -> tuple[list[FieldValue], list[FieldValue]]:
    """Give the values to end and those to begin, so that files say what they say now.

    `before` is what the file says without its sidecar, `said` with it; `ended` are values that
    were in force once. People's values are left alone.
    """
    own = {(value.field, value.value) for value in before}
    wanted = {(value.field, value.value): value for value in said if value.source is Source.FILE}
    there = {(value.field, value.value) for value in current}
    gone = {(value.field, value.value) for value in ended} - there
    old = [
        value
        for value in current
        if value.source is Source.FILE
        and value.by in {BY, *(one.by for one in before)}
        and (value.field, value.value) not in wanted
    ]
    new = [
        value if key in own else _beside(value)
        for key, value in wanted.items()
        if key not in there and not (key[0] in _KEPT_OUT and key in gone)
    ]
    # A title that a sidecar took back leaves the one of the file's name.
    names = [value for value in said if value.source is not Source.FILE]
    new += [value for value in names if (value.field, value.value) not in there]
    return old, new


def _beside(value: FieldValue) -> FieldValue:
    return FieldValue(
        value.asset_id, value.field, value.value, value.source, BY, value.at, value.confidence
    )


def _dated(*said: Mapping[str, str]) -> bool:
    return all(_moment(one) for one in said)


def _moment(said: Mapping[str, str]) -> float:
    """Give when metadata was edited, in seconds, or 0; a time without a zone counts as UTC."""
    try:
        moment = datetime.fromisoformat(said.get("edited_at", ""))
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
