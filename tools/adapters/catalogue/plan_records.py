"""Plans, decisions, receipts, publications and the outbox in SQL."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among, names
from tools.core.assets import AssetId
from tools.core.effects import Effect
from tools.core.plans import Decision, Draft, Plan, PlannedAsset, PlanState
from tools.core.publications import Errand, OutboxEntry, Publication
from tools.core.receipts import Inverse, Receipt


def _plan_body(plan: Plan) -> str:
    body = asdict(plan)
    body["created_at"] = plan.created_at.isoformat()
    body["expires_at"] = plan.expires_at.isoformat()
    body["draft"]["effect"] = int(plan.draft.effect)
    for column in ("state", "outcome"):
        del body[column]
    return json.dumps(body, ensure_ascii=False)


def _plan(row: sa.RowMapping) -> Plan:
    body = json.loads(row["body"])
    draft = body.pop("draft")
    assets = tuple(
        PlannedAsset(**(asset | {"where_used": tuple(asset["where_used"])}))
        for asset in draft.pop("assets")
    )
    excluded = tuple((pair[0], pair[1]) for pair in draft.pop("excluded"))
    offers = tuple((pair[0], pair[1]) for pair in draft.pop("offers", ()))
    terms, effect = tuple(draft.pop("terms", ())), Effect(draft.pop("effect"))
    made = Draft(
        **draft,
        effect=effect,
        assets=assets,
        excluded=excluded,
        offers=offers,
        terms=terms,
    )
    return Plan(
        **body
        | {
            "draft": made,
            "approvers": tuple(body["approvers"]),
            "created_at": datetime.fromisoformat(body["created_at"]),
            "expires_at": datetime.fromisoformat(body["expires_at"]),
            "state": PlanState(row["state"]),
            "outcome": row["outcome"],
        }
    )


class SqlPlans:
    """Implements records.PlanRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, plan: Plan) -> None:
        """Store a pending plan."""
        self._db.execute(
            t.plans.insert().values(
                id=plan.id,
                state=plan.state.value,
                created_at=plan.created_at.isoformat(),
                outcome=plan.outcome,
                body=_plan_body(plan),
            )
        )

    def get(self, plan_id: str) -> Plan | None:
        """Give a plan."""
        query = sa.select(t.plans).where(t.plans.c.id == plan_id)
        row = self._db.execute(query).mappings().first()
        return _plan(row) if row else None

    def in_states(self, states: Sequence[PlanState], limit: int = 100) -> list[Plan]:
        """List plans, newest first."""
        query = sa.select(t.plans).where(t.plans.c.state.in_([state.value for state in states]))
        newest = query.order_by(t.plans.c.created_at.desc(), t.plans.c.id).limit(limit)
        rows = self._db.execute(newest).mappings()
        return [_plan(row) for row in rows]

    def move(self, plan_id: str, before: PlanState, after: PlanState, outcome: str = "") -> bool:
        """Change the state if it is still `before`; False when somebody was faster."""
        change = t.plans.update().where(t.plans.c.id == plan_id, t.plans.c.state == before.value)
        return self._db.execute(change.values(state=after.value, outcome=outcome)).rowcount == 1

    def decide(self, decision: Decision) -> bool:
        """Record a decision; False when this person has decided already."""
        if any(known.by == decision.by for known in self.decisions(decision.plan_id)):
            return False
        values = asdict(decision) | {"at": decision.at.isoformat()}
        self._db.execute(t.decisions.insert().values(**values))
        return True

    def decisions(self, plan_id: str) -> list[Decision]:
        """List decisions, oldest first."""
        query = sa.select(t.decisions).where(t.decisions.c.plan_id == plan_id)
        rows = self._db.execute(query.order_by(t.decisions.c.at)).mappings()
        return [Decision(**dict(row) | {"at": datetime.fromisoformat(row["at"])}) for row in rows]

    def naming(self, asset_ids: Sequence[AssetId]) -> list[str]:
        """List plans that name any of these assets."""
        found: set[str] = set()
        for one in asset_ids:
            query = sa.select(t.plans.c.id).where(names(t.plans.c.body, one))
            found.update(self._db.scalars(query))
        return sorted(found)

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove plans that name any of these assets, with their decisions."""
        for plan_id in self.naming(asset_ids):
            self._db.execute(t.decisions.delete().where(t.decisions.c.plan_id == plan_id))
            self._db.execute(t.plans.delete().where(t.plans.c.id == plan_id))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _receipt(row: sa.RowMapping) -> Receipt:
    values = {key: value for key, value in row.items() if key != "number"}
    return Receipt(
        **values
        | {
            "inverse": Inverse(row["inverse"]),
            "at": datetime.fromisoformat(row["at"]),
            "undo_until": _moment(row["undo_until"]),
            "undone_at": _moment(row["undone_at"]),
        }
    )


class SqlReceipts:
    """Implements records.ReceiptRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, receipt: Receipt) -> None:
        """Store a receipt."""
        values = asdict(receipt) | {
            "inverse": receipt.inverse.value,
            "at": receipt.at.isoformat(),
            "undo_until": receipt.undo_until.isoformat() if receipt.undo_until else None,
            "undone_at": receipt.undone_at.isoformat() if receipt.undone_at else None,
        }
        self._db.execute(t.receipts.insert().values(**values))

    def get(self, receipt_id: str) -> Receipt | None:
        """Give a receipt."""
        query = sa.select(t.receipts).where(t.receipts.c.id == receipt_id)
        row = self._db.execute(query).mappings().first()
        return _receipt(row) if row else None

    def last(self, actor: str, thread: str | None) -> Receipt | None:
        """Give the newest receipt of the person (in the conversation) that is not undone."""
        query = sa.select(t.receipts).where(
            t.receipts.c.actor == actor,
            t.receipts.c.undone_at.is_(None),
            t.receipts.c.inverse != Inverse.NONE.value,
        )
        if thread is not None:
            query = query.where(t.receipts.c.thread == thread)
        row = self._db.execute(query.order_by(t.receipts.c.number.desc()).limit(1)).mappings()
        found = row.first()
        return _receipt(found) if found else None

    def undone(self, receipt_id: str, at: datetime) -> bool:
        """Mark as undone; False when it was already."""
        change = t.receipts.update().where(
            t.receipts.c.id == receipt_id, t.receipts.c.undone_at.is_(None)
        )
        return self._db.execute(change.values(undone_at=at.isoformat())).rowcount == 1

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove receipts that name any of these assets."""
        for one in asset_ids:
            self._db.execute(t.receipts.delete().where(names(t.receipts.c.details, one)))


def _publication(row: sa.RowMapping) -> Publication:
    return Publication(
        **dict(row)
        | {
            "published_at": datetime.fromisoformat(row["published_at"]),
            "withdrawn_at": _moment(row["withdrawn_at"]),
        }
    )


class SqlPublications:
    """Implements records.PublicationRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def open(self, entry: OutboxEntry) -> bool:
        """Record a decided outside effect; False when its key is known."""
        query = sa.select(t.outbox.c.key).where(t.outbox.c.key == entry.key)
        if self._db.scalar(query):
            return False
        values = asdict(entry) | {
            "errand": entry.errand.value,
            "created_at": entry.created_at.isoformat(),
        }
        self._db.execute(t.outbox.insert().values(**values))
        return True

    def close(self, key: str, state: str) -> None:
        """Mark an outbox row done or failed."""
        self._db.execute(t.outbox.update().where(t.outbox.c.key == key).values(state=state))

    def unfinished(self) -> list[OutboxEntry]:
        """List outbox rows that a crash left open."""
        query = (
            sa.select(t.outbox).where(t.outbox.c.state == "open").order_by(t.outbox.c.created_at)
        )
        return [
            OutboxEntry(
                **dict(row)
                | {
                    "errand": Errand(row["errand"]),
                    "created_at": datetime.fromisoformat(row["created_at"]),
                }
            )
            for row in self._db.execute(query).mappings()
        ]

    def put(self, publication: Publication) -> None:
        """Record where something became public."""
        self._db.execute(t.publications.delete().where(t.publications.c.key == publication.key))
        values = asdict(publication) | {
            "published_at": publication.published_at.isoformat(),
            "withdrawn_at": None,
        }
        self._db.execute(t.publications.insert().values(**values))

    def withdrawn(self, key: str, at: datetime) -> None:
        """Record that it is public no longer."""
        change = t.publications.update().where(t.publications.c.key == key)
        self._db.execute(change.values(withdrawn_at=at.isoformat()))

    def live(self, asset_ids: Sequence[AssetId]) -> list[Publication]:
        """List where these assets are public now."""
        return self._live(among(self._db, t.publications.c.asset_id, asset_ids))

    def all_live(self) -> list[Publication]:
        """List everything that is public now."""
        return self._live()

    def _live(self, *conditions: sa.ColumnElement[bool]) -> list[Publication]:
        shown = t.publications.c.withdrawn_at.is_(None)
        query = sa.select(t.publications).where(shown, *conditions)
        rows = self._db.execute(query.order_by(t.publications.c.published_at)).mappings()
        return [_publication(row) for row in rows]
