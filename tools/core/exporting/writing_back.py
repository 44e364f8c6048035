"""Writing what is known of assets into sidecars beside a person's own files, once they agree."""

import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetState, Companion
from tools.core.audit import AuditEvent
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Refused
from tools.core.exporting.copying import Copying
from tools.core.exporting.outcomes import Carried, Exported, ExportedFile, attempted
from tools.core.exporting.service import at_hand, gathered
from tools.core.ingest.grouping import role_of
from tools.core.library import known_assets
from tools.core.originals import hash_of
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, PlannedAsset, canonical, counted, fingerprint
from tools.core.policy import Policy
from tools.core.ports import Clock
from tools.core.receipts import Inverse
from tools.core.records import Catalogue, Records

TOOL = "write_sidecars"
ELSEWHERE = "its file lies in the library and not in a folder of yours: export it instead"


class WritingBack:
    """Changes files beside originals that were left in place; the originals themselves never."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        copying: Copying,
        approvals: Approvals,
        policy: Policy,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._copying = copying
        self._approvals = approvals
        self._policy = policy
        self._clock = clock

    def plan(self, asset_ids: Sequence[str], viewer: Viewer) -> Draft:
        """Say which sidecars would be written or changed.

        Raises Fixable for an unknown asset, Refused when none lies in place.
        """
        at_hand(viewer)
        with self._catalogue.reading() as records:
            draft = self._draft(records, asset_ids, viewer)
        if not draft.assets:
            raise Refused("\n".join(dict.fromkeys(why for _, why in draft.excluded)))
        return draft

    def write(self, asset_ids: Sequence[str], authority: Authority) -> Exported:
        """Spend the approval and write; raises Refused when nothing could be written."""
        with self._catalogue.writing() as records:
            draft = self._draft(records, asset_ids, authority.actor)
            warrant = self._approvals.spend(records, authority, draft)
            assets = known_assets(records, [one.id for one in warrant.assets], authority.actor)
            receipt = receipt_of(
                TOOL,
                authority,
                f"Wrote sidecars of {counted(warrant.assets)} (approval {warrant.plan_id}).",
                Inverse.NONE,
                {"asset_ids": [asset.id for asset in assets]},
                self._clock.now(),
                self._policy.undo_for,
            )
            records.receipts.add(receipt)
        files = tuple(
            attempted(asset, partial(self._written, asset, authority)) for asset in assets
        )
        notes = [f"{asset_id} was left out: {why}." for asset_id, why in warrant.dropped]
        lines = [one.line for one in files if one.carried is not Carried.FAILED]
        exported = Exported(Done(receipt, (*lines, *notes)), files)
        if len(exported.failed) == len(files):
            raise Refused("\n".join(["Nothing was written.", *(one.line for one in files)]))
        return exported

    def _written(self, asset: Asset, authority: Authority) -> ExportedFile:
        out = gathered(self._catalogue, self._copying, asset, authority.actor, self._clock.now())
        target = _target(asset, out.companions)
        if not out.fields:
            return ExportedFile(asset.id, asset.title, target.name, Carried.NOTHING)
        with self._copying.room(target.parent) as scratch:
            ready = self._copying.renewed(target, out.fields, scratch)
            # All or nothing: whatever happens, the sidecar is whole, the old or the new one.
            ready.replace(target)
        told = json.dumps({"file": str(target), "approval": authority.approval})
        with self._catalogue.writing() as records:
            now, actor = self._clock.now(), authority.actor.id
            records.audit.append(AuditEvent(now, actor, "asset.sidecar-written", asset.id, told))
        names = tuple(out.fields)
        return ExportedFile(asset.id, asset.title, target.name, Carried.BESIDE, names)

    def _draft(self, records: Records, asset_ids: Sequence[str], viewer: Viewer) -> Draft:
        ready: list[PlannedAsset] = []
        excluded: list[tuple[str, str]] = []
        for asset in known_assets(records, asset_ids, viewer):
            if asset.state is AssetState.TRASHED or not _in_place(asset):
                excluded.append((asset.id, f"'{asset.title}': {ELSEWHERE}"))
            else:
                ready.append(_planned(asset, _target(asset, records.companions.of(asset.id))))
        return Draft(
            tool=TOOL,
            arguments=canonical({"asset_ids": list(dict.fromkeys(asset_ids))}),
            effect=Effect.DESTRUCTIVE,
            summary=f"Write sidecars of {counted(ready)} beside their files",
            assets=tuple(ready),
            target="the folders of these files",
            excluded=tuple(excluded),
        )


def _in_place(asset: Asset) -> bool:
    return bool(asset.version.path) and asset.version.blob is None


def _target(asset: Asset, companions: Sequence[Companion]) -> Path:
    """Say where the sidecar of an asset is, or would be: as Adobe calls it where there is a RAW."""
    there = [one for one in companions if one.role == "sidecar" and Path(one.path).is_file()]
    if there:
        return Path(there[0].path)
    path = Path(asset.version.path or "")
    raw = role_of(path) == "raw" or any(one.role == "raw" for one in companions)
    return path.with_suffix(".xmp") if raw else path.with_name(f"{path.name}.xmp")


def _planned(asset: Asset, target: Path) -> PlannedAsset:
    there = target.is_file()
    return PlannedAsset(
        id=asset.id,
        version=asset.version.number,
        title=asset.title,
        file_name=asset.file_name,
        fingerprint=fingerprint(
            asset.version.sha256, os.fspath(target), hash_of(target) if there else ""
        ),
        clause=f"{'changes' if there else 'makes'} {target}",
    )
