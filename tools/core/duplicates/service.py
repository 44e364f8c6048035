"""Duplicates in three classes: same bytes, same picture, similar scene; nothing is deleted."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tools.core.assets import Asset, AssetId, Field, MediaType, Source
from tools.core.duplicates.fingerprints import close_pairs
from tools.core.duplicates.keeping import Standing, proposed
from tools.core.duplicates.report import DuplicateGroup, DuplicateReport, Sameness
from tools.core.errors import Fixable
from tools.core.ingest.naming import shown_path
from tools.core.library import Library
from tools.core.people import Viewer
from tools.core.ports import Imaging, Picture
from tools.core.records import AssetFilter, Catalogue
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome
from tools.core.search.visual import VisualSpace

CHUNK = 500
# How much the most different part may differ. It was chosen on 518 pictures: with the fingerprint,
# 95 to 100 of 100 re-encoded or scaled copies pass, and one of 518 with a small logo added.
SAME = 0.06
RATIO = 0.02
# Of 27 photographs, cut to two thirds none was less like itself than .84, and no two different
# ones were more alike than .35.
SCENE = 0.7
MOST_SCENES = 5000
COMPARED_SIDE = 256


class Duplicates:
    """Reports what is in the library more than once, as one viewer sees it."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        imaging: Imaging,
        visual: VisualSpace,
        rights: Rights,
    ) -> None:
        self._catalogue = catalogue
        self._library = library
        self._imaging = imaging
        self._visual = visual
        self._rights = rights

    def report(self, viewer: Viewer) -> DuplicateReport:
        """Find duplicates and propose what to keep of each group."""
        assets = self._assets(viewer)
        groups = [*self._copied(assets, viewer)]
        prints = self._prints(assets)
        same = self._same_pictures(assets, prints)
        groups += [self._proposed(Sameness.PICTURE, one, viewer) for one in same]
        spare = {spare.asset.key for group in groups for spare in group.spares}
        pictured = [
            asset
            for asset in assets.values()
            if asset.media_type is MediaType.IMAGE and asset.parent_id is None
        ]
        newest = sorted(pictured, key=lambda asset: -asset.key)[:MOST_SCENES]
        scenes = self._scenes([asset for asset in newest if asset.key not in spare])
        groups += [self._proposed(Sameness.SCENE, one, viewer) for one in scenes]
        unknown = [asset for asset in pictured if asset.key not in prints]
        note = _left_out(len(unknown), len(pictured) - len(newest))
        return DuplicateReport(tuple(groups), len(assets), note)

    def _prints(self, assets: dict[int, Asset]) -> dict[int, str]:
        key_of = {asset.id: asset.key for asset in assets.values()}
        with self._catalogue.reading() as records:
            values = records.fields.everywhere(Field.FINGERPRINT)
        return {key_of[v.asset_id]: v.value for v in values if v.asset_id in key_of}

    def _assets(self, viewer: Viewer) -> dict[int, Asset]:
        found: dict[int, Asset] = {}
        with self._catalogue.reading() as records:
            keys = records.assets.keys(AssetFilter(), viewer)
            for start in range(0, len(keys), CHUNK):
                for asset in records.assets.by_keys(keys[start : start + CHUNK], viewer):
                    found[asset.key] = asset
        return found

    def _copied(self, assets: dict[int, Asset], viewer: Viewer) -> list[DuplicateGroup]:
        """Group assets with the same bytes, and files that were met more than once."""
        by_hash: dict[str, list[Asset]] = defaultdict(list)
        for asset in assets.values():
            by_hash[asset.version.sha256].append(asset)
        places: dict[str, list[str]] = defaultdict(list)
        with self._catalogue.reading() as records:
            for known in records.files.in_status("duplicate"):
                path = Path(known.path)
                shown = shown_path(path) if viewer.local_owner else shown_path(Path(path.name))
                places[known.sha256].append(shown)
        groups = []
        for sha256, same in by_hash.items():
            copies = tuple(sorted(places.get(sha256, ())))
            if len(same) > 1:
                group = self._proposed(Sameness.BYTES, same, viewer)
                groups.append(_with_copies(group, copies))
            elif copies:
                because = "it is in the library once; the other files were not taken in"
                groups.append(DuplicateGroup(Sameness.BYTES, same[0], because, copies=copies))
        return groups

    def _same_pictures(self, assets: dict[int, Asset], prints: dict[int, str]) -> list[list[Asset]]:
        """Group pictures by their fingerprints, and look at each pair to be sure."""
        # A flat picture has nothing to be recognised by.
        told = {key: print_ for key, print_ in prints.items() if print_.strip("0")}
        small = lru_cache(maxsize=64)(self._small)
        pairs = [
            (one, other)
            for one, other in sorted(close_pairs(told))
            if _may_be_same(assets[one], assets[other])
            and self._same(small(assets[one]), small(assets[other]))
        ]
        groups = ([assets[key] for key in group] for group in _joined(pairs))
        alone = (self._one_a_family(group) for group in groups)
        return [group for group in alone if len(group) > 1]

    def _same(self, one: Picture | None, other: Picture | None) -> bool:
        return bool(one and other and self._imaging.difference(one, other) <= SAME)

    def _small(self, asset: Asset) -> Picture | None:
        with suppress(Fixable, OSError), self._library.open_file(asset) as path:
            return self._imaging.open(path, COMPARED_SIDE)
        return None

    def _scenes(self, assets: Sequence[Asset]) -> list[list[Asset]]:
        """Group originals that look alike; of the same picture only the one to keep is there."""
        by_key = {asset.key: asset for asset in assets}
        pairs = self._visual.pairs(list(by_key), SCENE)
        return [[by_key[key] for key in group] for group in _joined(pairs)]

    def _one_a_family(self, assets: Sequence[Asset]) -> list[Asset]:
        """Keep the eldest of each family; a rendition is meant to be there beside its original."""
        eldest: dict[AssetId, Asset] = {}
        with self._catalogue.reading() as records:
            for asset in sorted(assets, key=lambda asset: asset.key):
                line = records.assets.ancestors(asset.id) if asset.parent_id else []
                eldest.setdefault(line[-1].id if line else asset.id, asset)
        return list(eldest.values())

    def _proposed(
        self, sameness: Sameness, assets: Sequence[Asset], viewer: Viewer
    ) -> DuplicateGroup:
        ids = [asset.id for asset in assets]
        verdicts = self._rights.badges(assets, viewer)
        with self._catalogue.reading() as records:
            live = records.publications.live(ids)
            values = records.fields.current(ids)
            standings = {
                one: Standing(
                    tuple(sorted({p.channel for p in live if p.asset_id == one})),
                    one in verdicts and verdicts[one].outcome is Outcome.ALLOWED,
                    sum(v.asset_id == one and v.source is Source.PERSON for v in values),
                    bool(records.collections.of(one)),
                )
                for one in ids
            }
        return proposed(sameness, assets, standings)


def _left_out(unknown: int, older: int) -> str:
    """Say which pictures were not compared in every way."""
    notes = []
    if unknown:
        notes.append(f"{unknown} pictures were not compared by fingerprint: run `dalm reindex`.")
    if older:
        notes.append(f"The scenes of the {older} oldest pictures were not compared.")
    return " ".join(notes)


def _may_be_same(one: Asset, other: Asset) -> bool:
    """Tell whether bytes and shape leave it open that two are the same picture."""
    if one.version.sha256 == other.version.sha256:
        return False
    ratios = [(a.version.width or 1) / (a.version.height or 1) for a in (one, other)]
    # Small pictures have their sides rounded to whole pixels.
    sides = [a.version.width or 1 for a in (one, other)]
    sides += [a.version.height or 1 for a in (one, other)]
    return max(ratios) / min(ratios) - 1 <= RATIO + 1 / min(sides)


def _joined(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Join pairs into groups, each in the order of its keys."""
    group_of: dict[int, set[int]] = {}
    for one, other in pairs:
        whole = group_of.get(one, {one}) | group_of.get(other, {other})
        for key in whole:
            group_of[key] = whole
    groups = {id(group): group for group in group_of.values()}
    return sorted(sorted(group) for group in groups.values())


def _with_copies(group: DuplicateGroup, copies: tuple[str, ...]) -> DuplicateGroup:
    return DuplicateGroup(group.sameness, group.keep, group.because, group.spares, copies)
