"""Audit, ingested files and conversations in SQL."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among, names
from tools.core.assets import AssetId
from tools.core.audit import GENESIS, AuditEvent, AuditRow, payload_hash, seal
from tools.core.records import KnownFile


class SqlAudit:
    """Implements records.AuditRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def append(self, event: AuditEvent) -> None:
        """Seal an event onto the chain."""
        newest = sa.select(t.audit_chain).order_by(t.audit_chain.c.seq.desc()).limit(1)
        last = self._db.execute(newest).mappings().first()
        seq, previous = (last["seq"] + 1, last["seal"]) if last else (1, GENESIS)
        actor = self._pseudonym(event.actor)
        hashed = payload_hash(event.payload)
        facts = (event.at.isoformat(), actor, event.action, event.subject, hashed)
        self._db.execute(
            t.audit_chain.insert().values(
                seq=seq,
                at=facts[0],
                actor=actor,
                action=event.action,
                subject=event.subject,
                payload_hash=hashed,
                previous=previous,
                seal=seal(seq, previous, facts),
            )
        )
        self._db.execute(t.audit_payloads.insert().values(seq=seq, payload=event.payload))

    def rows(self, subject: str | None = None, limit: int | None = None) -> list[AuditRow]:
        """List rows, oldest first; with a subject only those about it."""
        chain, payloads, people = t.audit_chain, t.audit_payloads, t.pseudonyms
        joined = chain.outerjoin(payloads, payloads.c.seq == chain.c.seq).outerjoin(
            people, people.c.pseudonym == chain.c.actor
        )
        query = sa.select(chain, payloads.c.payload, people.c.person.label("actor_name"))
        query = query.select_from(joined).order_by(chain.c.seq.desc()).limit(limit)
        if subject is not None:
            named = names(payloads.c.payload, subject)
            query = query.where(sa.or_(chain.c.subject == subject, named))
        rows = list(self._db.execute(query).mappings())
        return [AuditRow(**dict(row)) for row in reversed(rows)]

    def erase_payloads(self, subjects: Sequence[str]) -> int:
        """Erase the payloads about these subjects, leaving the chain whole."""
        erased = 0
        for subject in subjects:
            about = sa.select(t.audit_chain.c.seq).where(t.audit_chain.c.subject == subject)
            named = names(t.audit_payloads.c.payload, subject)
            gone = t.audit_payloads.delete().where(sa.or_(t.audit_payloads.c.seq.in_(about), named))
            erased += self._db.execute(gone).rowcount
        return erased

    def _pseudonym(self, person: str) -> str:
        query = sa.select(t.pseudonyms.c.pseudonym).where(t.pseudonyms.c.person == person)
        known: str | None = self._db.scalar(query)
        if known:
            return known
        fresh = "p-" + secrets.token_hex(6)
        self._db.execute(t.pseudonyms.insert().values(person=person, pseudonym=fresh))
        return fresh


class SqlFiles:
    """Implements records.FileRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def get(self, path: str) -> KnownFile | None:
        """Give what is known of a path."""
        found = (
            self._db.execute(sa.select(t.files).where(t.files.c.path == path)).mappings().first()
        )
        return self._known(found) if found else None

    def put(self, known: KnownFile) -> None:
        """Remember a path."""
        self._db.execute(t.files.delete().where(t.files.c.path == known.path))
        self._db.execute(t.files.insert().values(**asdict(known)))

    def below(self, folder: str) -> list[KnownFile]:
        """List files at or below a path."""
        prefix = folder.rstrip("/") + "/"
        inside = sa.func.substr(t.files.c.path, 1, len(prefix)) == prefix
        query = sa.select(t.files).where(sa.or_(t.files.c.path == folder, inside))
        return [
            self._known(row) for row in self._db.execute(query.order_by(t.files.c.path)).mappings()
        ]

    def of(self, asset_id: AssetId) -> list[KnownFile]:
        """List the paths an asset came from."""
        query = sa.select(t.files).where(t.files.c.asset_id == asset_id)
        return [self._known(row) for row in self._db.execute(query).mappings()]

    def in_status(self, status: str) -> list[KnownFile]:
        """List files of which an ingest said this."""
        query = sa.select(t.files).where(t.files.c.status == status).order_by(t.files.c.path)
        return [self._known(row) for row in self._db.execute(query).mappings()]

    def drop(self, paths: Sequence[str]) -> None:
        """Forget that these paths were met."""
        for path in paths:
            self._db.execute(t.files.delete().where(t.files.c.path == path))

    def _known(self, row: sa.RowMapping) -> KnownFile:
        return KnownFile(**dict(row))


class SqlThreads:
    """Implements records.ThreadRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def own(self, thread: str, owner: str, at: datetime) -> str:
        """Make the thread the owner's if it is nobody's, and give its owner."""
        known = self.owner(thread)
        if known is None:
            self._db.execute(t.threads.insert().values(id=thread, owner=owner, at=at.isoformat()))
        return known or owner

    def owner(self, thread: str) -> str | None:
        """Give whose thread it is, or None when it does not exist."""
        return self._db.scalar(sa.select(t.threads.c.owner).where(t.threads.c.id == thread))

    def shown(self, thread: str, asset_ids: Sequence[AssetId]) -> None:
        """Remember that the thread names these assets."""
        query = sa.select(t.thread_assets.c.asset_id).where(t.thread_assets.c.thread == thread)
        known = set(self._db.scalars(query))
        for asset_id in set(asset_ids) - known:
            self._db.execute(t.thread_assets.insert().values(thread=thread, asset_id=asset_id))

    def log(self, thread: str, events: Sequence[str], at: datetime) -> None:
        """Append what the conversation showed, each event as JSON."""
        rows = [{"thread": thread, "at": at.isoformat(), "event": event} for event in events]
        if rows:
            self._db.execute(t.thread_events.insert(), rows)

    def events(self, thread: str, after: int = 0) -> list[tuple[int, str]]:
        """List numbered events of a thread, oldest first."""
        query = sa.select(t.thread_events.c.number, t.thread_events.c.event).where(
            t.thread_events.c.thread == thread, t.thread_events.c.number > after
        )
        rows = self._db.execute(query.order_by(t.thread_events.c.number))
        return [(number, event) for number, event in rows]

    def naming(self, asset_ids: Sequence[AssetId]) -> list[str]:
        """List threads that name any of these assets."""
        query = sa.select(t.thread_assets.c.thread).where(
            among(self._db, t.thread_assets.c.asset_id, asset_ids)
        )
        return sorted(set(self._db.scalars(query)))

    def mentioning(self, texts: Sequence[str]) -> list[str]:
        """List threads in whose events one of these texts stands by itself, as a whole word."""
        written = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
        query = sa.select(t.thread_events.c.thread, t.thread_events.c.event)
        found: set[str] = set()
        for thread, event in self._db.execute(query):
            if thread not in found and any(_stands(text, event) for text in written):
                found.add(thread)
        return sorted(found)

    def of(self, owner: str) -> list[str]:
        """List a person's threads, newest first."""
        query = sa.select(t.threads.c.id).where(t.threads.c.owner == owner)
        return list(self._db.scalars(query.order_by(t.threads.c.at.desc())))

    def erase(self, threads: Sequence[str]) -> None:
        """Forget threads."""
        for table in (t.thread_assets, t.thread_events):
            self._db.execute(table.delete().where(table.c.thread.in_(threads)))
        self._db.execute(t.threads.delete().where(t.threads.c.id.in_(threads)))


def _stands(text: str, event: str) -> bool:
    """Tell whether a text is in an event without being a part of a longer word."""
    return text in event and bool(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", event))
