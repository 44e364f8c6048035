"""What came of a change: the receipt and what a person should know besides."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tools.core.people import Authority
from tools.core.receipts import Inverse, Receipt


@dataclass(frozen=True, slots=True)
class Done:
    """A change that happened; `notes` are one line each, for a person."""

    receipt: Receipt
    notes: tuple[str, ...] = ()


def receipt_of(
    tool: str,
    authority: Authority,
    summary: str,
    inverse: Inverse,
    details: Mapping[str, object],
    at: datetime,
    undo_for: timedelta,
) -> Receipt:
    """Write a receipt; an approved plan has exactly one, found again by the plan's id."""
    name = f"of-{authority.approval}" if authority.approval else secrets.token_hex(5)
    return Receipt(
        id=f"receipt-{name}",
        tool=tool,
        actor=authority.actor.id,
        thread=authority.thread,
        summary=summary,
        inverse=inverse,
        details=json.dumps(details),
        at=at,
        undo_until=None if inverse is Inverse.NONE else at + undo_for,
    )
