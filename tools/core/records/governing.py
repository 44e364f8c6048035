"""Records of rights, plans, receipts, publications, grants and the audit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from tools.core.assets import (
    Asset,
    AssetId,
)
from tools.core.audit import AuditEvent, AuditRow
from tools.core.cloud.grants import Grant, Sending
from tools.core.plans import Decision, Plan, PlanState
from tools.core.publications import OutboxEntry, Publication
from tools.core.receipts import Receipt
from tools.core.rights.kin import Kin
from tools.core.rights.rules import Rule, Scope


class RightsRecords(Protocol):
    """Rights rules by what they are attached to."""

    def put(self, rule: Rule) -> None:
        """Store or replace a rule."""
        ...

    def get(self, rule_id: str) -> Rule | None:
        """Give a rule."""
        ...

    def covering(self, asset: Asset, creator: str | None) -> list[Rule]:
        """List rules attached to the asset, its folder and parents, its supplier or its creator."""
        ...

    def attached(self, scopes: Iterable[Scope]) -> list[Rule]:
        """List the rules that are attached to any of the scopes and not revoked."""
        ...

    def kin(self, asset_ids: Sequence[AssetId]) -> list[Kin]:
        """List the assets and all their originals, whoever may see them."""
        ...

    def all(self) -> list[Rule]:
        """List every rule that is not revoked."""
        ...


class PlanRecords(Protocol):
    """Plans, their decisions and their single use."""

    def add(self, plan: Plan) -> None:
        """Store a pending plan."""
        ...

    def get(self, plan_id: str) -> Plan | None:
        """Give a plan."""
        ...

    def in_states(self, states: Sequence[PlanState], limit: int = 100) -> list[Plan]:
        """List plans, newest first."""
        ...

    def move(self, plan_id: str, before: PlanState, after: PlanState, outcome: str = "") -> bool:
        """Change the state if it is still `before`; False when somebody was faster."""
        ...

    def decide(self, decision: Decision) -> bool:
        """Record a decision; False when this person has decided already."""
        ...

    def decisions(self, plan_id: str) -> list[Decision]:
        """List decisions, oldest first."""
        ...

    def naming(self, asset_ids: Sequence[AssetId]) -> list[str]:
        """List plans that name any of these assets."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove plans that name any of these assets, with their decisions."""
        ...


class ReceiptRecords(Protocol):
    """Receipts of effects."""

    def add(self, receipt: Receipt) -> None:
        """Store a receipt."""
        ...

    def get(self, receipt_id: str) -> Receipt | None:
        """Give a receipt."""
        ...

    def last(self, actor: str, thread: str | None) -> Receipt | None:
        """Give the newest receipt of the person (in the conversation) that is not undone."""
        ...

    def undone(self, receipt_id: str, at: datetime) -> bool:
        """Mark as undone; False when it was already."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove receipts that name any of these assets."""
        ...


class PublicationRecords(Protocol):
    """Publications and the outbox."""

    def open(self, entry: OutboxEntry) -> bool:
        """Record a decided outside effect; False when its key is known."""
        ...

    def close(self, key: str, state: str) -> None:
        """Mark an outbox row done or failed."""
        ...

    def unfinished(self) -> list[OutboxEntry]:
        """List outbox rows that a crash left open."""
        ...

    def put(self, publication: Publication) -> None:
        """Record where something became public."""
        ...

    def withdrawn(self, key: str, at: datetime) -> None:
        """Record that it is public no longer."""
        ...

    def live(self, asset_ids: Sequence[AssetId]) -> list[Publication]:
        """List where these assets are public now."""
        ...

    def all_live(self) -> list[Publication]:
        """List everything that is public now."""
        ...


class AuditRecords(Protocol):
    """The chain of what happened."""

    def append(self, event: AuditEvent) -> None:
        """Seal an event onto the chain."""
        ...

    def rows(self, subject: str | None = None, limit: int | None = None) -> list[AuditRow]:
        """List rows, oldest first; with a subject only those about it."""
        ...

    def erase_payloads(self, subjects: Sequence[str]) -> int:
        """Erase the payloads about these subjects, leaving the chain whole."""
        ...


class CloudRecords(Protocol):
    """Grants of services elsewhere, and what they were sent."""

    def grant(self, grant: Grant) -> None:
        """Keep a grant."""
        ...

    def standing(self, service: str) -> Grant | None:
        """Give the newest grant of a service that nobody revoked."""
        ...

    def granted(self) -> list[Grant]:
        """List every grant, the newest first."""
        ...

    def revoke(self, grant_id: str, by: str, because: str, at: datetime) -> bool:
        """End a grant; False when it was revoked already."""
        ...

    def spend(self, grant_id: str, amount: int) -> None:
        """Add billionths to what was spent under a grant, or give some back."""
        ...

    def sending(self, service: str, sha256: str) -> Sending | None:
        """Give what is known of a file that was sent to a service."""
        ...

    def keep(self, sending: Sending) -> None:
        """Write down how it stands with sending a file, in place of what was known."""
        ...

    def of_run(self, run: str) -> list[Sending]:
        """List what one run sent."""
        ...

    def counts(self, service: str) -> dict[str, int]:
        """Count what was sent to a service, by state."""
        ...
