"""Taking back: each kind of receipt has one inverse; a public inverse is planned like any other."""

import json

from tools.core.assets import AssetId
from tools.core.audit import AuditEvent
from tools.core.done import Done, receipt_of
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.indexing import Indexing
from tools.core.lifecycle import Lifecycle
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft, canonical
from tools.core.policy import Policy
from tools.core.ports import Clock
from tools.core.publishing import Publishing
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Catalogue, Records
from tools.core.rights.service import Rights
from tools.core.tagging import Tagging

TOOL = "undo"


class Undo:
    """Carries out the inverse of a receipt, once and in time."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        tagging: Tagging,
        lifecycle: Lifecycle,
        publishing: Publishing,
        rights: Rights,
        indexing: Indexing,
        policy: Policy,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._tagging = tagging
        self._lifecycle = lifecycle
        self._publishing = publishing
        self._rights = rights
        self._indexing = indexing
        self._policy = policy
        self._clock = clock

    def plan(self, receipt_id: str | None, authority: Authority) -> Draft:
        """Say what taking back would do; putting something back in public is a publication.

        Raises Fixable when there is nothing to take back, Refused when it is too late.
        """
        receipt = self._wanted(receipt_id, authority)
        if receipt.inverse is Inverse.REPUBLISH:
            details = json.loads(receipt.details)
            return self._publishing.plan(
                details["asset_ids"], details["channel"], None, authority.actor
            )
        effect = Effect.PROTECT if receipt.inverse is Inverse.WITHDRAW else Effect.WRITE
        return Draft(
            tool=TOOL,
            arguments=canonical({"receipt": receipt.id}),
            effect=effect,
            summary=f"Take back: {receipt.summary}",
            assets=(),
        )

    def undo(self, receipt_id: str | None, authority: Authority) -> Done:
        """Take back the named or the newest receipt of the person in this conversation."""
        receipt = self._wanted(receipt_id, authority)
        if receipt.inverse is Inverse.REPUBLISH:
            raise Refused("Putting it back in public takes a new approval: ask to publish it.")
        notes: tuple[str, ...] = ()
        if receipt.inverse is Inverse.WITHDRAW:
            keys = json.loads(receipt.details)["keys"]
            notes = self._publishing.take_back(keys, authority).notes
        touched: tuple[AssetId, ...] = ()
        now = self._clock.now()
        with self._catalogue.writing() as records:
            if not records.receipts.undone(receipt.id, now):
                raise Refused("That was taken back already.")
            touched = self._inverse(receipt, records, authority)
            done = receipt_of(
                TOOL,
                Authority(authority.actor, authority.thread),
                f"Took back: {receipt.summary}",
                Inverse.NONE,
                {"receipt": receipt.id},
                now,
                self._policy.undo_for,
            )
            records.receipts.add(done)
            told = json.dumps({"receipt": receipt.id, "assets": list(touched)})
            records.audit.append(
                AuditEvent(now, authority.actor.id, "receipt.undone", receipt.id, told)
            )
        self._indexing.vectors(touched)
        return Done(done, notes)

    def _inverse(
        self, receipt: Receipt, records: Records, authority: Authority
    ) -> tuple[AssetId, ...]:
        match receipt.inverse:
            case Inverse.FIELDS | Inverse.COLLECTION:
                return self._tagging.restore(receipt.details, records, authority)
            case Inverse.STATE:
                return self._lifecycle.restore(receipt.details, records, authority)
            case Inverse.MADE:
                made = json.loads(receipt.details)["asset_ids"]
                return self._lifecycle.discard_made(made, records, authority)
            case Inverse.RULES:
                self._rights.restore(receipt.details, records, authority)
                return ()
            case Inverse.WITHDRAW | Inverse.REPUBLISH | Inverse.NONE:
                return ()

    def _wanted(self, receipt_id: str | None, authority: Authority) -> Receipt:
        actor = authority.actor
        with self._catalogue.reading() as records:
            if receipt_id:
                receipt = records.receipts.get(receipt_id)
            else:
                receipt = records.receipts.last(actor.id, authority.thread)
        if receipt is None or not _may_undo(actor, receipt):
            raise Fixable("There is nothing of yours to take back here.")
        if receipt.undone_at is not None:
            raise Refused("That was taken back already.")
        if receipt.inverse is Inverse.NONE:
            raise Refused("That cannot be taken back.")
        if receipt.undo_until and receipt.undo_until < self._clock.now():
            raise Refused(
                f"It is too late: it could be taken back until {receipt.undo_until:%d %B %Y}."
            )
        return receipt


def _may_undo(actor: Viewer, receipt: Receipt) -> bool:
    return actor.local_owner or actor.id == receipt.actor
