"""Archive and trash: planned with where each asset is used, approved, and restorable."""

import json
from collections.abc import Sequence

from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetId, AssetState
from tools.core.audit import AuditEvent
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, PlannedAsset, canonical, counted, fingerprint
from tools.core.policy import Policy
from tools.core.ports import Clock
from tools.core.receipts import Inverse
from tools.core.records import Catalogue, Records
from tools.core.rights.service import Rights

WORDS = {AssetState.ARCHIVED: "Archive {}", AssetState.TRASHED: "Move {} to the trash"}
TOOLS = {AssetState.ARCHIVED: "archive_assets", AssetState.TRASHED: "delete_assets"}


class Lifecycle:
    """Moves assets out of active life and back."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        approvals: Approvals,
        policy: Policy,
        rights: Rights,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._approvals = approvals
        self._policy = policy
        self._rights = rights
        self._clock = clock

    def plan_archive(self, asset_ids: Sequence[str], viewer: Viewer) -> Draft:
        """Say what archiving would do now."""
        return self._plan(asset_ids, AssetState.ARCHIVED, viewer)

    def plan_delete(self, asset_ids: Sequence[str], viewer: Viewer) -> Draft:
        """Say what deleting would do now, and where each asset is used."""
        return self._plan(asset_ids, AssetState.TRASHED, viewer)

    def archive(self, asset_ids: Sequence[str], authority: Authority) -> Done:
        """Spend the approval and archive what it covers."""
        return self._move(asset_ids, AssetState.ARCHIVED, authority)

    def delete(self, asset_ids: Sequence[str], authority: Authority) -> Done:
        """Spend the approval and move what it covers to the trash."""
        return self._move(asset_ids, AssetState.TRASHED, authority)

    def restore(self, details: str, records: Records, authority: Authority) -> tuple[AssetId, ...]:
        """Put assets back into the states they had, inside a transaction.

        Raises Refused when one was moved again since: that was another decision.
        """
        now, read = self._clock.now(), json.loads(details)
        states: dict[str, str] = read["states"]
        assets = records.assets.many(list(states), authority.actor)
        for asset in assets:
            if asset.state != read.get("goal", asset.state):
                raise Refused(f"'{asset.title}' is {asset.state} since; take that back first.")
        for asset in assets:
            records.assets.set_state(asset.id, AssetState(states[asset.id]), now)
            self._tell(records, authority, asset, states[asset.id])
        return tuple(asset.id for asset in assets)

    def discard_made(
        self, asset_ids: Sequence[str], records: Records, authority: Authority
    ) -> tuple[AssetId, ...]:
        """Move renditions that are being taken back to the trash, inside a transaction.

        Raises Refused when one is public or something was made from it.
        """
        now = self._clock.now()
        assets = records.assets.many(asset_ids, authority.actor)
        for asset in assets:
            why_not = self._obstacle(records, asset, AssetState.TRASHED)
            if why_not or _living(records.assets.children(asset.id)):
                raise Refused(why_not or f"Something was made from '{asset.title}' since.")
        for asset in assets:
            records.assets.set_state(asset.id, AssetState.TRASHED, now)
            self._tell(records, authority, asset, AssetState.TRASHED)
        return tuple(asset.id for asset in assets)

    def _plan(self, asset_ids: Sequence[str], goal: AssetState, viewer: Viewer) -> Draft:
        with self._catalogue.reading() as records:
            draft = self._draft(records, asset_ids, goal, viewer)
        if not draft.assets:
            raise Refused("\n".join(dict.fromkeys(why for _, why in draft.excluded)))
        return draft

    def _move(self, asset_ids: Sequence[str], goal: AssetState, authority: Authority) -> Done:
        now = self._clock.now()
        with self._catalogue.writing() as records:
            draft = self._draft(records, asset_ids, goal, authority.actor)
            warrant = self._approvals.spend(records, authority, draft)
            assets = records.assets.many([a.id for a in warrant.assets], authority.actor)
            for asset in assets:
                records.assets.set_state(asset.id, goal, now)
                self._tell(records, authority, asset, goal)
            names = ", ".join(asset.title for asset in assets[:3])
            more = f" and {len(assets) - 3} more" if len(assets) > 3 else ""
            what = "Archived" if goal is AssetState.ARCHIVED else "Moved to the trash:"
            receipt = receipt_of(
                TOOLS[goal],
                authority,
                f"{what} {names}{more} (approval {warrant.plan_id}).",
                Inverse.STATE,
                {
                    "states": {asset.id: asset.state.value for asset in assets},
                    "goal": goal.value,
                },
                now,
                self._policy.undo_for,
            )
            records.receipts.add(receipt)
        return Done(receipt, tuple(f"{i} was left out: {why}." for i, why in warrant.dropped))

    def _draft(
        self, records: Records, asset_ids: Sequence[str], goal: AssetState, viewer: Viewer
    ) -> Draft:
        wanted = list(dict.fromkeys(asset_ids))
        assets = records.assets.many(wanted, viewer)
        missing = sorted(set(wanted) - {asset.id for asset in assets})
        if missing or not assets:
            name = missing[0] if missing else ""
            raise Fixable(f"No asset '{name}'. Search first, then use an id from the results.")
        ready, excluded = [], []
        for asset in assets:
            why_not = self._obstacle(records, asset, goal)
            if why_not:
                excluded.append((asset.id, why_not))
            else:
                ready.append(self._planned(records, asset, viewer))
        return Draft(
            tool=TOOLS[goal],
            arguments=canonical({"asset_ids": wanted}),
            effect=Effect.DESTRUCTIVE,
            summary=WORDS[goal].format(counted(ready)),
            assets=tuple(ready),
            target=goal.value,
            excluded=tuple(excluded),
        )

    def _obstacle(self, records: Records, asset: Asset, goal: AssetState) -> str | None:
        if asset.state in {goal, AssetState.TRASHED}:
            return f"'{asset.title}' is {asset.state} already"
        live = sorted({p.channel for p in records.publications.live([asset.id])})
        if live:
            return f"'{asset.title}' is public on {', '.join(live)}; withdraw it there first"
        return None

    def _planned(self, records: Records, asset: Asset, viewer: Viewer) -> PlannedAsset:
        children = _living(records.assets.children(asset.id))
        seen = {child.id for child in records.assets.many([c.id for c in children], viewer)}
        used = [f"collection {name}" for name in records.collections.of(asset.id)]
        for child in children:
            title = child.title if child.id in seen else "an asset that the asker may not see"
            places = records.publications.live([child.id])
            used += [f"parent of {title}", *(f"{title} is public on {p.channel}" for p in places)]
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
                sorted(used),
            ),
            where_used=tuple(used),
        )

    def _tell(self, records: Records, authority: Authority, asset: Asset, goal: str) -> None:
        told = {"from": asset.state.value, "to": goal, "approval": authority.approval}
        event = AuditEvent(
            self._clock.now(),
            authority.actor.id,
            f"asset.{AssetState(goal).value}",
            asset.id,
            json.dumps(told),
        )
        records.audit.append(event)


def _living(assets: Sequence[Asset]) -> list[Asset]:
    return [asset for asset in assets if asset.state is not AssetState.TRASHED]
