"""Publishing: planned, approved, decided in one transaction and delivered at most once."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.core.approvals import Approvals
from tools.core.assets import Asset, AssetId, AssetState
from tools.core.channels import Channels
from tools.core.deliveries import Deliveries
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.owned import Owned
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, PlannedAsset, Warrant, canonical, counted, fingerprint
from tools.core.policy import Policy
from tools.core.ports import Clock, Publisher
from tools.core.publications import Errand, OutboxEntry, Publication
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Catalogue, Records
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.territories import territory_code
from tools.core.rights.uses import Outcome, Use, Verdict

TOOL = "publish_assets"


class Publishing:
    """Makes assets public on channels and takes them down again."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        approvals: Approvals,
        policy: Policy,
        rights: Rights,
        channels: Channels,
        publishers: Mapping[str, Publisher],
        deliveries: Deliveries,
        clock: Clock,
        owned: Owned | None = None,
    ) -> None:
        self._owned = owned
        self._catalogue = catalogue
        self._approvals = approvals
        self._policy = policy
        self._rights = rights
        self._channels = channels
        self._publishers = publishers
        self._deliveries = deliveries
        self._clock = clock

    def plan(
        self, asset_ids: Sequence[str], channel: str, territory: str | None, viewer: Viewer
    ) -> Draft:
        """Say what publishing would do now.

        Raises Fixable for an unknown asset, channel or territory, Refused when nothing of it may go
        public, with the deciding clauses and what would change them.
        """
        with self._catalogue.reading() as records:
            draft = self._draft(records, asset_ids, channel, territory, viewer)
        draft = replace(draft, offers=self._offers(draft, territory, viewer))
        if not draft.assets:
            lines = [why for _, why in (*draft.excluded, *draft.offers)]
            raise Refused("\n".join(dict.fromkeys(lines)))
        return draft

    def publish(
        self, asset_ids: Sequence[str], channel: str, territory: str | None, authority: Authority
    ) -> Done:
        """Spend the approval and deliver what it covers and rights still allow."""
        with self._catalogue.writing() as records:
            draft = self._draft(records, asset_ids, channel, territory, authority.actor)
            warrant = self._approvals.spend(records, authority, draft)
            entries = [self._entry(warrant, draft, asset) for asset in warrant.assets]
            for entry in entries:
                records.publications.open(entry)
            names = ", ".join(asset.title for asset in warrant.assets[:3])
            more = f" and {len(entries) - 3} more" if len(entries) > 3 else ""
            receipt = receipt_of(
                TOOL,
                authority,
                f"Published {names}{more} to {draft.target} (approval {warrant.plan_id}).",
                Inverse.WITHDRAW,
                {"keys": [entry.key for entry in entries]},
                self._clock.now(),
                self._policy.undo_for,
            )
            records.receipts.add(receipt)
        notes = [f"{asset_id} was left out: {why}." for asset_id, why in warrant.dropped]
        return self._carried_out(entries, receipt, notes)

    def withdraw(self, asset_ids: Sequence[str], channel: str | None, authority: Authority) -> Done:
        """Take assets down, at once, for those entitled.

        Raises Fixable when none of them is public there.
        """
        wanted = self._channels.channel(channel) if channel else None
        with self._catalogue.reading() as records:
            assets = self._visible(records, asset_ids, authority.actor)
            live = [
                publication
                for publication in records.publications.live([asset.id for asset in assets])
                if wanted in {None, publication.channel}
            ]
        where = f" on {wanted}" if wanted else ""
        if not live:
            raise Fixable(f"Nothing to take down: none of these is public{where}.")
        titles = {asset.id: asset.title for asset in assets}
        return self._take_down(live, titles, authority)

    def take_back(self, keys: Sequence[str], authority: Authority) -> Done:
        """Take down what a receipt says was published."""
        with self._catalogue.reading() as records:
            live = [p for p in records.publications.all_live() if p.key in set(keys)]
            found = records.assets.many([p.asset_id for p in live], authority.actor)
        if not live:
            raise Fixable("It is not public any more.")
        return self._take_down(live, {asset.id: asset.title for asset in found}, authority)

    def _take_down(
        self, live: Sequence[Publication], titles: Mapping[AssetId, str], authority: Authority
    ) -> Done:
        if not self._policy.entitled(authority.actor, Effect.PROTECT):
            raise Refused(f"{authority.actor.name} may not take assets down.")
        now = self._clock.now()
        names = ", ".join(titles.get(p.asset_id, p.asset_id) for p in live[:3])
        entries = []
        with self._catalogue.writing() as records:
            for publication in live:
                # One that failed before must not keep people from trying again.
                key = f"withdraw-{publication.key}-{secrets.token_hex(4)}"
                payload = json.dumps({"key": publication.key, "by": authority.actor.id})
                entry = OutboxEntry(
                    key,
                    publication.approval,
                    Errand.WITHDRAW,
                    publication.channel,
                    publication.asset_id,
                    payload,
                    now,
                )
                records.publications.open(entry)
                entries.append(entry)
            receipt = receipt_of(
                "withdraw_assets",
                authority,
                f"Took {names} down from {', '.join(sorted({p.channel for p in live}))}.",
                Inverse.REPUBLISH,
                {
                    "asset_ids": sorted({p.asset_id for p in live}),
                    "channel": live[0].channel,
                },
                now,
                self._policy.undo_for,
            )
            records.receipts.add(receipt)
        return self._carried_out(entries, receipt, [])

    def _carried_out(
        self, entries: Sequence[OutboxEntry], receipt: Receipt, notes: Sequence[str]
    ) -> Done:
        """Do the errands of a receipt; Refused, and no receipt to take back, when all failed."""
        carried = [self._deliveries.carry_out(entry) for entry in entries]
        told = [*notes, *(one.text for one in carried)]
        if not any(one.done for one in carried):
            with self._catalogue.writing() as records:
                records.receipts.undone(receipt.id, self._clock.now())
            raise Refused("\n".join(["It did not work.", *told]))
        return Done(receipt, tuple(told))

    def _draft(
        self,
        records: Records,
        asset_ids: Sequence[str],
        channel: str,
        territory: str | None,
        viewer: Viewer,
    ) -> Draft:
        name = self._connected(channel)
        place = territory_code(territory) if territory else None
        use = Use(Action.PUBLISH, channel=name, territory=place, at=self._clock.now())
        ready: list[PlannedAsset] = []
        excluded: list[tuple[str, str]] = []
        for asset in self._visible(records, asset_ids, viewer):
            verdict = self._rights.decide_in(records, asset, use)
            live = [p for p in records.publications.live([asset.id]) if p.channel == name]
            why_not = _obstacle(asset, verdict, live, name)
            if why_not:
                excluded.append((asset.id, why_not))
            else:
                ready.append(self._planned(records, asset, verdict, name))
        count = counted(ready)
        arguments: dict[str, object] = {
            "asset_ids": list(dict.fromkeys(asset_ids)),
            "channel": name,
            "territory": place,
        }
        return Draft(
            tool=TOOL,
            arguments=canonical(arguments),
            effect=Effect.PUBLISH,
            summary=f"Publish {count} to {name}" + (f" for {place}" if place else ""),
            assets=tuple(ready),
            target=name,
            excluded=tuple(excluded),
        )

    def _offers(
        self, draft: Draft, territory: str | None, viewer: Viewer
    ) -> tuple[tuple[str, str], ...]:
        """Name what is owned already and close to what is to be published."""
        if self._owned is None:
            return ()
        place = territory_code(territory) if territory else None
        use = Use(Action.PUBLISH, channel=draft.target, territory=place, at=self._clock.now())
        excluded = [AssetId(name) for name, _ in draft.excluded]
        with self._catalogue.reading() as records:
            ready = records.assets.many([asset.id for asset in draft.assets], viewer)
            refused = records.assets.many(excluded, viewer)
        offers = self._owned.for_use(ready, refused, use, viewer)
        return tuple((offer.asset.id, offer.line) for offer in offers)

    def _planned(
        self, records: Records, asset: Asset, verdict: Verdict, channel: str
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
                channel,
            ),
            outcome=verdict.outcome.value,
            clause=verdict.clause,
            where_used=tuple(
                f"{p.channel}: {p.location}" for p in records.publications.live([asset.id])
            ),
        )

    def _entry(self, warrant: Warrant, draft: Draft, asset: PlannedAsset) -> OutboxEntry:
        facts = f"{warrant.plan_id}|{asset.id}|{asset.version}|{draft.target}"
        return OutboxEntry(
            key=f"pub-{hashlib.sha256(facts.encode()).hexdigest()[:24]}",
            plan_id=warrant.plan_id,
            errand=Errand.DELIVER,
            channel=draft.target,
            asset_id=asset.id,
            payload=json.dumps({"version": asset.version, "arguments": draft.arguments}),
            created_at=self._clock.now(),
        )

    def _connected(self, channel: str) -> str:
        name = self._channels.channel(channel)
        if name not in self._publishers:
            here = ", ".join(sorted(self._publishers)) or "none"
            raise Fixable(
                f"Publishing to {name} is not connected here. Connected channels: {here}. "
                "Renditions for it can be made and downloaded."
            )
        return name

    def _visible(self, records: Records, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        assets = records.assets.many(list(dict.fromkeys(asset_ids)), viewer)
        missing = set(asset_ids) - {asset.id for asset in assets}
        if missing or not assets:
            name = sorted(missing)[0] if missing else ""
            raise Fixable(f"No asset '{name}'. Search first, then use an id from the results.")
        return assets


def _obstacle(
    asset: Asset, verdict: Verdict, live: Sequence[Publication], channel: str
) -> str | None:
    """Say why an asset may not go to the channel, or None."""
    if asset.state is not AssetState.ACTIVE:
        return f"'{asset.title}' is {asset.state}"
    if any(p.version == asset.version.number for p in live):
        return f"'{asset.title}' is on {channel} already"
    if verdict.outcome is Outcome.ALLOWED:
        return None
    change = f" {verdict.remedy}" if verdict.remedy else ""
    if verdict.outcome is Outcome.UNKNOWN:
        return f"Whether '{asset.title}' may go public is unknown: {verdict.clause}{change}"
    return f"'{asset.title}' may not go to {channel}: {verdict.clause}{change}"
