"""A receipt: what was done, and the change that takes it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Inverse(StrEnum):
    """The kinds of change that take something back; REPUBLISH is public and therefore gated."""

    FIELDS = "fields"
    COLLECTION = "collection"
    MADE = "made"
    STATE = "state"
    RULES = "rules"
    WITHDRAW = "withdraw"
    REPUBLISH = "republish"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Evidence of an effect; `details` is the JSON that the inverse needs."""

    id: str
    tool: str
    actor: str
    thread: str | None
    summary: str
    inverse: Inverse
    details: str
    at: datetime
    undo_until: datetime | None
    undone_at: datetime | None = None
