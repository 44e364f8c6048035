"""Errands to the outside, carried out at most once and found again after a crash."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from tools.core.assets import Asset, AssetState, Field
from tools.core.audit import AuditEvent
from tools.core.directory import SYSTEM
from tools.core.errors import DomainError, Fixable, Refused
from tools.core.library import Library
from tools.core.ports import Clock, Delivery, PublicCopy, Publisher
from tools.core.publications import Errand, OutboxEntry, Publication
from tools.core.records import Catalogue
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome, Use, Verdict

LOG = logging.getLogger("dalm")


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of an errand: whether it was done, and one line about it."""

    plan_id: str
    done: bool
    text: str


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

    def carry_out(self, entry: OutboxEntry) -> Carried:
        """Do an open errand and say in one line what came of it."""
        try:
            if entry.errand is Errand.WITHDRAW:
                return Carried(entry.plan_id, done=True, text=self._withdraw(entry))
            return Carried(entry.plan_id, done=True, text=self._deliver(entry))
        except DomainError as error:
            why = str(error)
        except Exception:  # whatever a channel does, no errand stays open to surprise later
            LOG.exception("errand %s to %s", entry.key, entry.channel)
            why = "something went wrong there; the log of this program says what."
        return self._missed(entry, why)

    def reconcile(self) -> list[Carried]:
        """Finish what a crash left open, asking the channel first what has arrived there."""
        with self._catalogue.reading() as records:
            entries = records.publications.unfinished()
        return [self.carry_out(entry) for entry in entries]

    def _deliver(self, entry: OutboxEntry) -> str:
        publisher = self._publisher(entry)
        copy = publisher.find(entry.key)
        if copy is None:
            asset, version, verdict = self._today(entry)
            if asset.state is not AssetState.ACTIVE:
                raise Refused(f"'{asset.title}' is {asset.state}.")
            if verdict.outcome is not Outcome.ALLOWED:
                raise Refused(verdict.clause)
            delivery = self._delivery(entry, asset, version, verdict)
            with self._library.open_file(asset, version) as path:
                copy = publisher.deliver(delivery, path)
        return self._arrived(entry, copy)

    def _withdraw(self, entry: OutboxEntry) -> str:
        payload = json.loads(entry.payload)
        was_there = self._publisher(entry).withdraw(payload["key"])
        now = self._clock.now()
        told = {"channel": entry.channel, "was_there": was_there}
        with self._catalogue.writing() as records:
            records.publications.withdrawn(payload["key"], now)
            records.publications.close(entry.key, "done")
            records.audit.append(
                AuditEvent(now, payload["by"], "asset.withdrawn", entry.asset_id, json.dumps(told))
            )
        return f"{entry.asset_id} is no longer on {entry.channel}"

    def _publisher(self, entry: OutboxEntry) -> Publisher:
        if entry.channel not in self._publishers:
            raise Fixable(f"{entry.channel} is not connected here any more.")
        return self._publishers[entry.channel]

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
            if asset is None:
                raise Fixable(f"{entry.asset_id} is not in the library any more.")
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

    def _arrived(self, entry: OutboxEntry, copy: PublicCopy) -> str:
        now = self._clock.now()
        version: int = json.loads(entry.payload)["version"]
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
            asset = records.assets.get(entry.asset_id, SYSTEM)
        return f"'{asset.title if asset else entry.asset_id}' is at {copy.location}"

    def _missed(self, entry: OutboxEntry, why: str) -> Carried:
        """Close an errand that failed, unless the failure came after the arrival."""
        copy = self._there(entry) if entry.errand is Errand.DELIVER else None
        if copy:
            return Carried(entry.plan_id, done=True, text=self._arrived(entry, copy))
        told = json.dumps({"channel": entry.channel, "why": why, "approval": entry.plan_id})
        with self._catalogue.writing() as records:
            records.publications.close(entry.key, "failed")
            action = f"asset.{entry.errand.value}-failed"
            records.audit.append(
                AuditEvent(self._clock.now(), SYSTEM.id, action, entry.asset_id, told)
            )
        missed = "did not reach" if entry.errand is Errand.DELIVER else "is still on"
        text = f"{entry.asset_id} {missed} {entry.channel}: {why}"
        return Carried(entry.plan_id, done=False, text=text)

    def _there(self, entry: OutboxEntry) -> PublicCopy | None:
        try:
            return self._publisher(entry).find(entry.key)
        except Exception:  # one that cannot even say is told of as failed
            LOG.exception("looking for %s on %s", entry.key, entry.channel)
            return None
