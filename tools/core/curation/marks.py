"""Rejections as values of assets, and the changes that they make."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tools.core.assets import Asset, Field, FieldValue, Source
from tools.core.changes import Change
from tools.core.curation.denials import Denial, denied_word, without
from tools.core.search.folding import fold


def marks(values: Iterable[FieldValue]) -> list[FieldValue]:
    """Give the rejections among values."""
    return [value for value in values if value.field is Field.REJECTED]


def because_of(asset: Asset, mark: FieldValue) -> str:
    """Say why a rejection holds on an asset that looks nearly the same; the id leads back."""
    return f"looks nearly like '{asset.title}' ({asset.id}), where {mark.by} rejected it"


def reaches(asset: Asset, other: Asset) -> bool:
    """Tell whether everybody who sees the other asset may learn what was rejected on this one."""
    seen_by = {asset.owner, *asset.audience}
    return not asset.audience or (
        bool(other.audience) and {other.owner, *other.audience} <= seen_by
    )


def follows(mark: FieldValue, original: FieldValue) -> bool:
    """Tell whether a mark on a look-alike comes from this rejection."""
    same = fold(denied_word(mark)) == fold(denied_word(original))
    return mark.source is Source.MODEL and same and f"({original.asset_id})" in mark.by


def model_tag(value: FieldValue) -> bool:
    """Tell whether a value is a tag that a model gave."""
    return value.field is Field.TAG and value.source is Source.MODEL


def with_evidence(
    change: Change, values: Sequence[FieldValue], denials: Sequence[Denial], at: datetime
) -> Change:
    """Add what becomes of the evidence under the denials that hold."""
    old = [value for value in values if value.field is Field.EVIDENCE]
    fresh = [replace(value, value=without(value.value, denials), at=at) for value in old]
    return Change((*change.added, *fresh), (*change.ended, *old))


def joined(changes: Iterable[Change]) -> Change:
    """Make one change of several."""
    every = list(changes)
    return Change(
        tuple(value for one in every for value in one.added),
        tuple(value for one in every for value in one.ended),
    )
