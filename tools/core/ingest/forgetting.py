"""Forgetting: every trace of an asset is removed, outside stores first, and looked for again."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tools.core.assets import Asset, AssetId, Companion, Version
from tools.core.audit import AuditEvent
from tools.core.errors import Fixable, Refused
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.outcomes import COMPANION, Forgotten
from tools.core.ingest.work import KIND
from tools.core.people import Authority, Role
from tools.core.ports import Blobs, Clock, Jobs, Thumbnails
from tools.core.records import Catalogue, KnownFile, Records

CHECKED = (
    "catalogue",
    "remembered paths",
    "vectors",
    "files",
    "thumbnails",
    "audit payloads",
    "conversations",
)


class Traces(Protocol):
    """What remembers assets outside the catalogue: the runs of conversations and of plans."""

    def erase(self, runs: Sequence[str]) -> None:
        """Forget the runs of these conversations and plans wholly."""
        ...


@dataclass(frozen=True, slots=True)
class _Doomed:
    """What is to be forgotten: whole assets, and paths of assets that also lie elsewhere."""

    assets: tuple[Asset, ...]
    versions: tuple[Version, ...]
    companions: tuple[Companion, ...]
    paths: tuple[str, ...]
    threads: tuple[str, ...]
    plans: tuple[str, ...]
    shared: frozenset[str]

    @property
    def blobs(self) -> list[str]:
        files = [(v.sha256, v.blob) for v in self.versions]
        files += [(c.sha256, c.blob) for c in self.companions]
        return [blob for sha256, blob in files if blob and sha256 not in self.shared]

    @property
    def ids(self) -> list[AssetId]:
        return [asset.id for asset in self.assets]

    @property
    def keys(self) -> list[int]:
        return [asset.key for asset in self.assets]


class Forgetting:
    """Removes assets for good."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        blobs: Blobs,
        indexing: Indexing,
        thumbnails: Thumbnails,
        traces: Traces,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._blobs = blobs
        self._indexing = indexing
        self._thumbnails = thumbnails
        self._traces = traces
        self._jobs = jobs
        self._clock = clock

    def forget(self, targets: Sequence[str], authority: Authority) -> Forgotten:
        """Remove assets by id or path; originals that were left in place are not touched."""
        if not (authority.actor.local_owner or authority.actor.has(Role.ADMIN)):
            raise Refused("Forgetting cannot be taken back: only the owner or an admin may do it.")
        with self._catalogue.reading() as records:
            doomed = self._doomed(records, targets, authority)
        # The rows say what there is to remove, so they go last: a killed run can be run again.
        self._indexing.forget_vectors(doomed.keys)
        for version in doomed.versions:
            if version.sha256 not in doomed.shared:
                self._thumbnails.drop(version.sha256)
        for blob in doomed.blobs:
            self._blobs.delete(blob)
        self._traces.erase([*doomed.threads, *doomed.plans])
        # The plan of an ingest lists the paths of its files.
        self._jobs.forget(KIND)
        with self._catalogue.writing() as records:
            self._erase(records, doomed, authority)
        return Forgotten(len(doomed.assets), CHECKED, self._leftovers(doomed))

    def _doomed(self, records: Records, targets: Sequence[str], authority: Authority) -> _Doomed:
        wanted: dict[AssetId, Asset] = {}
        met: list[KnownFile] = []
        paths: list[str] = []
        for target in targets:
            asset = records.assets.get(target, authority.actor)
            if asset:
                wanted[asset.id] = asset
                continue
            folder = os.path.abspath(Path(target).expanduser())  # noqa: PTH100  (keeps links)
            known = records.files.below(folder)
            if not known:
                raise Fixable(f"Neither an asset nor a path that was taken in: '{target[:80]}'.")
            met += known
            paths += [file.path for file in known]
            for asset_id in {file.asset_id for file in known if file.asset_id}:
                found = records.assets.get(asset_id, EVERYONE)
                elsewhere = [
                    file
                    for file in records.files.of(asset_id)
                    if file.path not in set(paths) and file.status != COMPANION
                ]
                if found and not elsewhere:
                    wanted[asset_id] = found
        assets = self._with_renditions(records, list(wanted.values()))
        self._not_public(records, assets)
        ids = [asset.id for asset in assets]
        versions = [version for one in ids for version in records.assets.versions(one)]
        single = _let_go(records, met, ids)
        companions = [*records.companions.all(ids), *single]
        hashes = {v.sha256 for v in versions} | {c.sha256 for c in companions}
        leaving = {*ids, *(one.asset_id for one in single)}
        shared = {one for one in hashes if set(records.assets.holding(one)) - leaving}
        shared |= _still_held(records, single)
        threads = tuple(_talked_of(records, assets))
        plans = tuple(records.plans.naming(ids))
        return _Doomed(
            tuple(assets),
            tuple(versions),
            tuple(companions),
            tuple(paths),
            threads,
            plans,
            frozenset(shared),
        )

    def _with_renditions(self, records: Records, assets: Sequence[Asset]) -> list[Asset]:
        found = {asset.id: asset for asset in assets}
        waiting = list(assets)
        while waiting:
            for child in records.assets.children(waiting.pop().id):
                if child.id not in found:
                    found[child.id] = child
                    waiting.append(child)
        return list(found.values())

    def _not_public(self, records: Records, assets: Sequence[Asset]) -> None:
        titles = {asset.id: asset.title for asset in assets}
        live = records.publications.live(list(titles))
        if live:
            one = live[0]
            raise Refused(
                f"'{titles[one.asset_id]}' is public on {one.channel}. Withdraw it there first."
            )

    def _erase(self, records: Records, doomed: _Doomed, authority: Authority) -> None:
        ids = doomed.ids
        records.text.drop(doomed.keys)
        records.receipts.erase(ids)
        records.plans.erase(ids)
        records.audit.erase_payloads([*ids, *doomed.threads])
        records.threads.erase(doomed.threads)
        records.companions.drop(doomed.companions)
        records.assets.erase(ids)
        records.files.drop(doomed.paths)
        told = json.dumps({"assets": len(ids), "paths": len(doomed.paths)})
        now = self._clock.now()
        records.audit.append(
            AuditEvent(now, authority.actor.id, "assets.forgotten", "library", told)
        )

    def _leftovers(self, doomed: _Doomed) -> tuple[str, ...]:
        """Look for traces again, and name the places that still have one."""
        with self._catalogue.writing() as records:
            found = {
                "catalogue": bool(records.assets.many(doomed.ids, EVERYONE)),
                "remembered paths": any(records.files.get(path) for path in doomed.paths),
                "audit payloads": records.audit.erase_payloads(doomed.ids) > 0,
                "conversations": bool(_talked_of(records, doomed.assets)),
            }
        own = [v for v in doomed.versions if v.sha256 not in doomed.shared]
        found["vectors"] = bool(set(self._indexing.strays(())) & set(doomed.keys))
        found["files"] = any(self._blobs.exists(blob) for blob in doomed.blobs)
        found["thumbnails"] = any(self._thumbnails.get(v.sha256, 512) for v in own)
        return tuple(place for place in CHECKED if found[place])


def _let_go(
    records: Records, met: Sequence[KnownFile], doomed: Sequence[AssetId]
) -> list[Companion]:
    """List the companions that are forgotten while their assets stay."""
    wanted = {
        (file.asset_id, file.path)
        for file in met
        if file.status == COMPANION and file.asset_id and file.asset_id not in set(doomed)
    }
    owners = list({asset_id for asset_id, _ in wanted if asset_id})
    return [one for one in records.companions.all(owners) if (one.asset_id, one.path) in wanted]


def _still_held(records: Records, single: Sequence[Companion]) -> set[str]:
    """Give the hashes that assets go on holding of which a companion is forgotten."""
    owners = list({one.asset_id for one in single})
    kept = {one.sha256 for one in records.companions.all(owners) if one not in single}
    return kept | {v.sha256 for owner in owners for v in records.assets.versions(owner)}


def _talked_of(records: Records, assets: Sequence[Asset]) -> list[str]:
    """List the conversations that showed the assets or hold an id, a file name or a quoted title.

    A title alone may be an everyday word; replies put it between quotation marks.
    """
    texts = [
        text
        for asset in assets
        for text in (asset.id, asset.file_name, f"'{asset.title}'", f"\u201c{asset.title}\u201d")
    ]
    shown = records.threads.naming([asset.id for asset in assets])
    return sorted({*shown, *records.threads.mentioning(texts)})
