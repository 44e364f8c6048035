"""Exporting: copies into a folder, within the team at once and beyond it by approval."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetState
from tools.core.audit import AuditEvent
from tools.core.channels import Channels
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Refused
from tools.core.exporting.copying import Copying, Leaving
from tools.core.exporting.metadata import leaving
from tools.core.exporting.outcomes import Carried, Exported, ExportedFile, ExportOrder, attempted
from tools.core.exporting.placing import prepared, target_folder
from tools.core.library import known_assets
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, PlannedAsset, canonical, counted, fingerprint
from tools.core.policy import Policy
from tools.core.ports import Clock
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Catalogue, Records
from tools.core.rights.actions import Action
from tools.core.rights.families import rules_about
from tools.core.rights.service import Rights
from tools.core.rights.territories import territory_code
from tools.core.rights.uses import Outcome, Use, Verdict

TOOL = "export_assets"
NOT_HERE = (
    "Export writes into a folder of this machine, so it is for who sits at it. "
    "The page offers each file for download."
)


class Exporting:
    """Copies assets into folders with what is known of them.

    A copy for the team is like a download: done at once, and told what it may not be used for. A
    copy for somebody outside is sharing, which the rights have to allow and a person to approve.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        copying: Copying,
        approvals: Approvals,
        policy: Policy,
        rights: Rights,
        channels: Channels,
        guarded: Sequence[Path],
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._copying = copying
        self._approvals = approvals
        self._policy = policy
        self._rights = rights
        self._channels = channels
        self._guarded = tuple(guarded)
        self._clock = clock

    def plan(self, order: ExportOrder, viewer: Viewer) -> Draft:
        """Say what exporting would do now.

        Raises Fixable for an unknown asset, folder or channel, Refused when nothing may leave.
        """
        at_hand(viewer)
        target_folder(order.folder, self._guarded)
        with self._catalogue.reading() as records:
            draft = self._draft(records, order, viewer)
        if not draft.assets:
            raise Refused("\n".join(dict.fromkeys(why for _, why in draft.excluded)))
        return draft

    def export(self, order: ExportOrder, authority: Authority) -> Exported:
        """Copy what may leave; raises Refused when nothing could be copied."""
        actor = authority.actor
        if authority.approval is None:
            at_hand(actor)
        with prepared(target_folder(order.folder, self._guarded)) as folder:
            return self._exported(order, folder, authority)

    def _exported(self, order: ExportOrder, folder: Path, authority: Authority) -> Exported:
        actor = authority.actor
        with self._catalogue.writing() as records:
            draft = self._draft(records, order, actor)
            kept, notes = self._agreed(records, authority, draft)
            assets = known_assets(records, kept, actor)
            receipt = self._receipt(authority, draft, len(assets), folder)
            records.receipts.add(receipt)
        files = tuple(
            attempted(asset, partial(self._copied, asset, order, folder, authority))
            for asset in assets
        )
        lines = [one.line for one in files if one.carried is not Carried.FAILED]
        exported = Exported(Done(receipt, (*lines, *notes)), files)
        if len(exported.failed) == len(files):
            with self._catalogue.writing() as records:
                records.receipts.undone(receipt.id, self._clock.now())
            raise Refused("\n".join(["Nothing was exported.", *(one.line for one in files)]))
        return exported

    def _agreed(
        self, records: Records, authority: Authority, draft: Draft
    ) -> tuple[list[str], list[str]]:
        """Spend the approval, where one is needed; gives what may leave, and notes."""
        if not draft.assets:
            raise Refused("\n".join(dict.fromkeys(why for _, why in draft.excluded)))
        if not self._approvals.needs_card(draft):
            return [asset.id for asset in draft.assets], _beware(draft)
        warrant = self._approvals.spend(records, authority, draft)
        dropped = [f"{asset_id} was left out: {why}." for asset_id, why in warrant.dropped]
        return [asset.id for asset in warrant.assets], dropped

    def _copied(
        self, asset: Asset, order: ExportOrder, folder: Path, authority: Authority
    ) -> ExportedFile:
        at, viewer = self._clock.now(), authority.actor
        work = self._copying.sidecar if order.sidecars_only else self._copying.copy
        made = work(gathered(self._catalogue, self._copying, asset, viewer, at), folder)
        self._tell(asset, made, order, folder, authority)
        return made

    def _draft(self, records: Records, order: ExportOrder, viewer: Viewer) -> Draft:
        channel = self._channels.channel(order.channel) if order.channel else None
        place = territory_code(order.territory) if order.territory else None
        action = Action.SHARE if channel else Action.PUBLISH
        use = Use(action, channel=channel, territory=place, at=self._clock.now())
        ready: list[PlannedAsset] = []
        excluded: list[tuple[str, str]] = []
        assets = known_assets(records, order.asset_ids, viewer)
        if order.sidecars_only:
            _not_beside(assets, Path(order.folder).expanduser())
        for asset in assets:
            verdict = self._rights.decide_in(records, asset, use)
            why_not = _obstacle(asset, verdict, channel)
            if why_not:
                excluded.append((asset.id, why_not))
            else:
                ready.append(self._planned(records, asset, verdict, (order.folder, channel)))
        what = f"the metadata of {counted(ready)}" if order.sidecars_only else counted(ready)
        arguments: dict[str, object] = {
            "asset_ids": list(dict.fromkeys(order.asset_ids)),
            "folder": order.folder,
            "channel": channel,
            "territory": place,
            "sidecars_only": order.sidecars_only or None,
        }
        return Draft(
            tool=TOOL,
            arguments=canonical(arguments),
            effect=Effect.PUBLISH if channel else Effect.WRITE,
            summary=f"Export {what} to {order.folder}" + (f" for {channel}" if channel else ""),
            assets=tuple(ready),
            target=order.folder,
            excluded=tuple(excluded),
        )

    def _planned(
        self,
        records: Records,
        asset: Asset,
        verdict: Verdict,
        goal: tuple[str, str | None],
    ) -> PlannedAsset:
        return PlannedAsset(
            id=asset.id,
            version=asset.version.number,
            title=asset.title,
            file_name=asset.file_name,
            fingerprint=fingerprint(
                asset.version.sha256,
                asset.version.number,
                asset.state,
                self._rights.facts(records, asset),
                *goal,
            ),
            outcome=verdict.outcome.value,
            clause=verdict.clause,
        )

    def _receipt(self, authority: Authority, draft: Draft, count: int, folder: Path) -> Receipt:
        what = "1 asset" if count == 1 else f"{count} assets"
        approved = f" (approval {authority.approval})" if draft.effect.gated else ""
        return receipt_of(
            TOOL,
            authority,
            f"Exported {what} to {folder}{approved}.",
            Inverse.NONE,
            {"asset_ids": [asset.id for asset in draft.assets]},
            self._clock.now(),
            self._policy.undo_for,
        )

    def _tell(
        self,
        asset: Asset,
        made: ExportedFile,
        order: ExportOrder,
        folder: Path,
        authority: Authority,
    ) -> None:
        told = {
            "file": str(folder / made.file),
            "version": asset.version.number,
            "metadata": made.carried.value,
            "channel": order.channel,
            "approval": authority.approval,
        }
        payload = json.dumps({key: value for key, value in told.items() if value is not None})
        with self._catalogue.writing() as records:
            records.audit.append(
                AuditEvent(
                    self._clock.now(), authority.actor.id, "asset.exported", asset.id, payload
                )
            )


def gathered(
    catalogue: Catalogue, copying: Copying, asset: Asset, viewer: Viewer, at: datetime
) -> Leaving:
    """Collect what is known of an asset and what belongs to it; Fixable when a file is gone."""
    with catalogue.reading() as records:
        known = records.companions.of(asset.id)
        values = records.fields.current([asset.id])
        rules = rules_about(records, asset, viewer)
    # What was taken away since from beside its file goes along no more.
    companions = tuple(one for one in known if one.blob or Path(one.path).is_file())
    found = copying.found(asset, companions)
    return Leaving(asset, leaving(values, rules, found, at), found, companions)


def at_hand(viewer: Viewer) -> None:
    """Refuse whoever does not sit at this machine."""
    if not (viewer.local_owner or viewer.acting_for):
        raise Refused(NOT_HERE)


def _obstacle(asset: Asset, verdict: Verdict, channel: str | None) -> str:
    """Say why an asset may not leave, "" when it may."""
    if asset.state is AssetState.TRASHED or (channel and asset.state is not AssetState.ACTIVE):
        return f"'{asset.title}' is {asset.state}"
    if channel is None or verdict.outcome is Outcome.ALLOWED:
        return ""
    change = f" {verdict.remedy}" if verdict.remedy else ""
    if verdict.outcome is Outcome.UNKNOWN:
        return f"Whether '{asset.title}' may be shared is unknown: {verdict.clause}{change}"
    return f"'{asset.title}' may not be shared for {channel}: {verdict.clause}{change}"


def _not_beside(assets: Sequence[Asset], folder: Path) -> None:
    """Refuse to put sidecars beside originals, which is a change of what a person keeps there."""
    real = folder.resolve()
    beside = [a for a in assets if a.version.path and Path(a.version.path).parent.resolve() == real]
    if beside:
        what = f"“{beside[0].title}”" if len(beside) == 1 else f"{len(beside)} assets"
        raise Refused(
            f"{folder} holds the originals of {what}, and an XMP file beside an "
            "original counts as its own. To write it there, after you have seen and approved the "
            f"list: dalm write-sidecars {' '.join(one.id for one in beside[:12])}"
        )


def _beware(draft: Draft) -> list[str]:
    """Say of what stays within the team that it may not simply go further."""
    held = [asset for asset in draft.assets if asset.outcome != Outcome.ALLOWED]
    if not held:
        return []
    who = f"“{held[0].title}” is" if len(held) == 1 else f"{len(held)} of these are"
    return [f"For the team only: {who} not cleared to go public ({held[0].clause})"]
