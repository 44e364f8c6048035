"""Grants of services elsewhere, and what they were sent, in SQL."""

import json
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import cloud_tables as t
from tools.core.assets import AssetId
from tools.core.cloud.grants import Grant, Sending
from tools.core.cloud.statement import Statement


class SqlCloud:
    """Implements records.CloudRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def grant(self, grant: Grant) -> None:
        """Keep a grant."""
        self._db.execute(
            t.cloud_grants.insert().values(
                id=grant.id,
                service=grant.statement.service,
                statement=grant.statement.to_json(),
                by=json.dumps(grant.by),
                by_names=json.dumps(grant.by_names, ensure_ascii=False),
                at=grant.at.isoformat(),
                spent=grant.spent,
                revoked_by="",
                revoked_because="",
            )
        )

    def standing(self, service: str) -> Grant | None:
        """Give the newest grant of a service that nobody revoked."""
        grants = [one for one in self.granted() if one.statement.service == service]
        return next((one for one in grants if one.revoked_at is None), None)

    def granted(self) -> list[Grant]:
        """List every grant, the newest first."""
        query = sa.select(t.cloud_grants).order_by(t.cloud_grants.c.number.desc())
        return [_grant(row) for row in self._db.execute(query).mappings()]

    def revoke(self, grant_id: str, by: str, because: str, at: datetime) -> bool:
        """End a grant; False when it was revoked already."""
        standing = (t.cloud_grants.c.id == grant_id, t.cloud_grants.c.revoked_at.is_(None))
        change = t.cloud_grants.update().where(*standing)
        values = {"revoked_at": at.isoformat(), "revoked_by": by, "revoked_because": because}
        return self._db.execute(change.values(**values)).rowcount == 1

    def spend(self, grant_id: str, amount: int) -> None:
        """Add billionths to what was spent under a grant, or give some back."""
        change = t.cloud_grants.update().where(t.cloud_grants.c.id == grant_id)
        self._db.execute(change.values(spent=t.cloud_grants.c.spent + amount))

    def sending(self, service: str, sha256: str) -> Sending | None:
        """Give what is known of a file that was sent to a service."""
        row = self._db.execute(sa.select(t.cloud_sendings).where(*_of(service, sha256)))
        found = row.mappings().first()
        return _sending(found) if found else None

    def keep(self, sending: Sending) -> None:
        """Write down how it stands with sending a file, in place of what was known."""
        row = asdict(sending) | {
            "asked": json.dumps(sending.asked),
            "at": sending.at.isoformat(),
        }
        known = t.cloud_sendings.update().where(*_of(sending.service, sending.sha256))
        if self._db.execute(known.values(**row)).rowcount == 0:
            self._db.execute(t.cloud_sendings.insert().values(**row))

    def of_run(self, run: str) -> list[Sending]:
        """List what one run sent."""
        query = sa.select(t.cloud_sendings).where(t.cloud_sendings.c.run == run)
        rows = self._db.execute(query.order_by(t.cloud_sendings.c.at)).mappings()
        return [_sending(row) for row in rows]

    def counts(self, service: str) -> dict[str, int]:
        """Count what was sent to a service, by state."""
        state = t.cloud_sendings.c.state
        query = sa.select(state, sa.func.count()).where(t.cloud_sendings.c.service == service)
        return {row[0]: row[1] for row in self._db.execute(query.group_by(state))}


def _of(service: str, sha256: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (t.cloud_sendings.c.service == service, t.cloud_sendings.c.sha256 == sha256)


def _grant(row: sa.RowMapping) -> Grant:
    ended = row["revoked_at"]
    return Grant(
        id=row["id"],
        statement=Statement.from_json(row["statement"]),
        by=tuple(json.loads(row["by"])),
        by_names=tuple(json.loads(row["by_names"])),
        at=datetime.fromisoformat(row["at"]),
        spent=row["spent"],
        revoked_at=datetime.fromisoformat(ended) if ended else None,
        revoked_by=row["revoked_by"],
        revoked_because=row["revoked_because"],
    )


def _sending(row: sa.RowMapping) -> Sending:
    return Sending(
        **{
            **row,
            "asset_id": AssetId(row["asset_id"]),
            "asked": tuple(json.loads(row["asked"])),
            "at": datetime.fromisoformat(row["at"]),
        }
    )
