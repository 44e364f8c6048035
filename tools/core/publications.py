"""Where assets are public, and the outbox that makes each outside effect happen at most once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tools.core.assets import AssetId


class Errand(StrEnum):
    """What an outbox row asks of the outside."""

    DELIVER = "deliver"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An outside effect that was decided; `key` is its idempotency key, `payload` its JSON."""

    key: str
    plan_id: str
    errand: Errand
    channel: str
    asset_id: AssetId
    payload: str
    created_at: datetime
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of an asset on a channel, from when until when, and under which approval."""

    key: str
    asset_id: AssetId
    version: int
    channel: str
    location: str
    approval: str
    published_at: datetime
    withdrawn_at: datetime | None = None
