"""A grant: what a named person agreed to for one service, and what was sent under it."""

from dataclasses import dataclass
from datetime import datetime

from tools.core.assets import AssetId
from tools.core.cloud.statement import Statement


@dataclass(frozen=True, slots=True)
class Grant:
    """A statement as it was agreed to; `id` is the approval, amounts are billionths.

    `by` are the ids and `by_names` the names of those who approved it, `spent` what was sent under
    it comes to. It stands until somebody revokes it.
    """

    id: str
    statement: Statement
    by: tuple[str, ...]
    by_names: tuple[str, ...]
    at: datetime
    spent: int = 0
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_because: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """What one version of an asset was sent to a service for, and what came back.

    `state` is sending while an answer is awaited (and stays so when none came), open between calls,
    done, or refused when the service cannot read the picture. `asked` are the features that were
    answered, `remarks` what was said so far, as JSON; `cost` is in billionths.
    """

    service: str
    sha256: str
    asset_id: AssetId
    grant_id: str
    run: str
    state: str
    at: datetime
    asked: tuple[str, ...] = ()
    remarks: str = "[]"
    cost: int = 0
    note: str = ""
