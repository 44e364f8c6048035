"""Errands to the outside, carried out at most once and found again after a crash."""

import json
from collections.abc import Mapping

from tools.core.assets import Asset, Field
from tools.core.audit import AuditEvent
from tools.core.directory import SYSTEM
from tools.core.errors import DomainError
from tools.core.library import Library
from tools.core.ports import Clock, Delivery, PublicCopy, Publisher
from tools.core.publications import Errand, OutboxEntry, Publication
from tools.core.records import Catalogue
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome, Use, Verdict


class Deliveries:
    """Works off the outbox."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        rights: Rights,
        library: Library,
        publishers: Mapping[str, Publisher],
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._rights = rights
        self._library = library
        self._publishers = publishers
        self._clock = clock

    def carry_out(self, entry: OutboxEntry) -> str:
        """Do an open errand and say in one line what came of it."""
        try:
            if entry.errand is Errand.WITHDRAW:
                return self._withdraw(entry)
            return self._deliver(entry)
        except DomainError as error:
            self._failed(entry, str(error))
            return f"{entry.asset_id} did not reach {entry.channel}: {error}"

    def reconcile(self) -> list[str]:
        """Finish what a crash left open, asking the channel first what has arrived there."""
        with self._catalogue.reading() as records:
            entries = records.publications.unfinished()
        return [self.carry_out(entry) for entry in entries]

    def _deliver(self, entry: OutboxEntry) -> str:
        publisher = self._publishers[entry.channel]
        asset, version, verdict = self._today(entry)
        copy = publisher.find(entry.key)
        if copy is None:
            if verdict.outcome is not Outcome.ALLOWED:
                self._failed(entry, verdict.clause)
                return f"'{asset.title}' was not published: {verdict.clause}"
            delivery = self._delivery(entry, asset, version, verdict)
            with self._library.open_file(asset, version) as path:
                copy = publisher.deliver(delivery, path)
        self._arrived(entry, version, copy)
        return f"'{asset.title}' is at {copy.location}"

    def _withdraw(self, entry: OutboxEntry) -> str:
        payload = json.loads(entry.payload)
        was_there = self._publishers[entry.channel].withdraw(payload["key"])
        now = self._clock.now()
        told = {"channel": entry.channel, "was_there": was_there}
        with self._catalogue.writing() as records:
            records.publications.withdrawn(payload["key"], now)
            records.publications.close(entry.key, "done")
            records.audit.append(
                AuditEvent(now, payload["by"], "asset.withdrawn", entry.asset_id, json.dumps(told))
            )
        return f"{entry.asset_id} is no longer on {entry.channel}"

    def _today(self, entry: OutboxEntry) -> tuple[Asset, int, Verdict]:
        payload = json.loads(entry.payload)
        arguments = json.loads(payload["arguments"])
        use = Use(
            Action.PUBLISH,
            channel=entry.channel,
            territory=arguments.get("territory"),
            at=self._clock.now(),
        )
        with self._catalogue.reading() as records:
            asset = records.assets.get(entry.asset_id, SYSTEM)
            assert asset is not None
            return asset, payload["version"], self._rights.decide_in(records, asset, use)

    def _delivery(
        self, entry: OutboxEntry, asset: Asset, number: int, verdict: Verdict
    ) -> Delivery:
        with self._catalogue.reading() as records:
            values = {v.field: v.value for v in records.fields.current([asset.id])}
            version = next(v for v in records.assets.versions(asset.id) if v.number == number)
        own = values.get(Field.CREDIT) or values.get(Field.CREATOR) or ""
        return Delivery(
            key=entry.key,
            asset_id=asset.id,
            version=number,
            sha256=version.sha256,
            file_name=asset.file_name,
            mime=version.mime,
            title=asset.title,
            alt_text=values.get(Field.ALT_TEXT, ""),
            credit="; ".join(verdict.duties) or own,
            approval=entry.plan_id,
            published_at=self._clock.now().isoformat(),
        )

    def _arrived(self, entry: OutboxEntry, version: int, copy: PublicCopy) -> None:
        now = self._clock.now()
        told = {"channel": entry.channel, "location": copy.location, "version": version}
        with self._catalogue.writing() as records:
            plan = records.plans.get(entry.plan_id)
            publication = Publication(
                entry.key, entry.asset_id, version, entry.channel, copy.location, entry.plan_id, now
            )
            records.publications.put(publication)
            records.publications.close(entry.key, "done")
            actor = plan.requester if plan else SYSTEM.id
            told |= {"approval": entry.plan_id}
            records.audit.append(
                AuditEvent(now, actor, "asset.published", entry.asset_id, json.dumps(told))
            )

    def _failed(self, entry: OutboxEntry, why: str) -> None:
        told = json.dumps({"channel": entry.channel, "why": why, "approval": entry.plan_id})
        with self._catalogue.writing() as records:
            records.publications.close(entry.key, "failed")
            action = f"asset.{entry.errand.value}-failed"
            records.audit.append(
                AuditEvent(self._clock.now(), SYSTEM.id, action, entry.asset_id, told)
            )
