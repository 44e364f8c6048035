"""Which of several assets that are the same to keep, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, AssetId
from tools.core.duplicates.report import DuplicateGroup, Sameness, Spare


@dataclass(frozen=True, slots=True)
class Standing:
    """What an asset has beyond its file: where it is public, rights, and people's words for it."""

    public: tuple[str, ...] = ()
    cleared: bool = False
    described: int = 0
    collected: bool = False


def proposed(
    sameness: Sameness, assets: Sequence[Asset], standings: Mapping[AssetId, Standing]
) -> DuplicateGroup:
    """Choose the one to keep: most pixels, then what it is used for and what is known of it."""
    ordered = sorted(assets, key=lambda asset: _worth(asset, standings[asset.id]), reverse=True)
    keep, others = ordered[0], ordered[1:]
    kept = standings[keep.id]
    spares = [Spare(one, _cautions(standings[one.id], kept)) for one in others]
    return DuplicateGroup(sameness, keep, _because(keep, others, standings), tuple(spares))


def _worth(asset: Asset, standing: Standing) -> tuple[int, int, int, int, int, int, int]:
    return (
        _pixels(asset),
        len(standing.public),
        standing.cleared,
        standing.described,
        standing.collected,
        asset.version.bytes,
        -asset.key,
    )


def _because(keep: Asset, others: Sequence[Asset], standings: Mapping[AssetId, Standing]) -> str:
    """Name what the kept one has that the others have not, or at least what decided."""
    kept, rest = standings[keep.id], [standings[one.id] for one in others]
    reasons = []
    if _pixels(keep) > max(map(_pixels, others)):
        reasons.append(f"most pixels ({keep.version.width} x {keep.version.height})")
    if kept.public:
        reasons.append(f"public on {', '.join(kept.public)}")
    if kept.cleared and not all(one.cleared for one in rest):
        reasons.append("cleared for publishing")
    if kept.described > max(one.described for one in rest):
        reasons.append("best described by people")
    if kept.collected and not all(one.collected for one in rest):
        reasons.append("in a collection")
    if not reasons and keep.version.bytes > max(one.version.bytes for one in others):
        reasons.append("least compressed")
    return ", ".join(reasons) or "here for the longest time"


def _cautions(standing: Standing, kept: Standing) -> tuple[str, ...]:
    """Say what would be lost with it."""
    cautions = []
    if standing.public:
        cautions.append(f"public on {', '.join(standing.public)}: exchange it there first")
    if standing.cleared and not kept.cleared:
        cautions.append("its rights are cleared and those of the kept one are not")
    if standing.described and standing.described >= kept.described:
        cautions.append("people described it: carry their words over first")
    if standing.collected and not kept.collected:
        cautions.append("in a collection")
    return tuple(cautions)


def _pixels(asset: Asset) -> int:
    return (asset.version.width or 0) * (asset.version.height or 0)
