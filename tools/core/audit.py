"""The audit chain: each row seals the row before it, and holds hashes instead of personal data."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What happened, to be sealed; `payload` is JSON, kept apart from the chain to be erasable."""

    at: datetime
    actor: str
    action: str
    subject: str
    payload: str = "{}"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A sealed row as stored: the actor is a pseudonym, the payload may have been erased (None)."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    payload_hash: str
    previous: str
    seal: str
    payload: str | None = None
    actor_name: str | None = None


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The verdict on a chain: how many rows hold, and where it first breaks."""

    rows: int
    broken_at: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        """Tell whether every row holds."""
        return self.broken_at is None


def payload_hash(payload: str) -> str:
    """Hash a payload as the chain records it."""
    return hashlib.sha256(payload.encode()).hexdigest()


def seal(seq: int, previous: str, facts: tuple[str, str, str, str, str]) -> str:
    """Hash a row (at, actor, action, subject, payload hash) together with the seal before it."""
    return hashlib.sha256(json.dumps([seq, previous, *facts]).encode()).hexdigest()


def verify(rows: Iterable[AuditRow]) -> ChainCheck:
    """Walk the chain from its start and locate the first row that does not hold."""
    previous, count = GENESIS, 0
    for row in rows:
        count += 1
        if row.seq != count:
            return ChainCheck(count, count, f"row {count} is missing")
        if row.previous != previous:
            return ChainCheck(count, row.seq, f"row {row.seq} does not follow the row before it")
        facts = (row.at, row.actor, row.action, row.subject, row.payload_hash)
        if seal(row.seq, row.previous, facts) != row.seal:
            return ChainCheck(count, row.seq, f"row {row.seq} was changed")
        if row.payload is not None and payload_hash(row.payload) != row.payload_hash:
            return ChainCheck(count, row.seq, f"the payload of row {row.seq} was changed")
        previous = row.seal
    return ChainCheck(count)
