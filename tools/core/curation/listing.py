"""The rejections that stand, and what follows from them."""

from dataclasses import dataclass
from datetime import datetime

from tools.core.assets import Asset, Field, Source
from tools.core.curation.denials import denied_word, reason_of
from tools.core.curation.marks import follows
from tools.core.people import Viewer
from tools.core.records import Records


@dataclass(frozen=True, slots=True)
class Rejection:
    """A word that a person denied of an asset; `alike` are those it is denied of because of it."""

    asset: Asset
    word: str
    because: str
    by: str
    at: datetime
    alike: tuple[Asset, ...] = ()


def rejections(records: Records, viewer: Viewer) -> list[Rejection]:
    """List rejections on assets that the viewer may see, the newest first."""
    every = records.fields.everywhere(Field.REJECTED)
    ids = list(dict.fromkeys(mark.asset_id for mark in every))
    assets = {asset.id: asset for asset in records.assets.many(ids, viewer)}
    return [
        Rejection(
            asset=assets[mark.asset_id],
            word=denied_word(mark),
            because=reason_of(mark),
            by=mark.by,
            at=mark.at,
            alike=tuple(
                assets[other.asset_id]
                for other in every
                if follows(other, mark) and other.asset_id in assets
            ),
        )
        for mark in reversed(every)
        if mark.source is Source.PERSON and mark.asset_id in assets
    ]
