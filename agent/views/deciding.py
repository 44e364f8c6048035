"""Plans that wait for a person, receipts, and what the audit says of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlanAssetView:
    """An asset in a plan, with its verdict and where it is used now."""

    id: str
    file: str
    title: str
    version: int
    verdict: str
    clause: str
    where_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its approvers read it; `effect` is the name of the effect in lower case.

    `approvers` are roles or names that may decide, `expires` is ISO 8601, `may_decide` tells
    whether the one who looks is among them, `excluded` pairs an asset with the reason;
    `offers` are lines about what is owned already, `terms` those that an approval agrees to.
    """

    id: str
    tool: str
    arguments: str
    effect: str
    summary: str
    target: str
    assets: tuple[PlanAssetView, ...]
    excluded: tuple[tuple[str, str], ...]
    verdict: str
    approvers: tuple[str, ...]
    requester: str
    state: str
    created: str
    expires: str
    thread: str | None = None
    outcome: str = ""
    may_decide: bool = False
    offers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What was done, with the id that `undo` takes."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A row of the audit in words."""

    seq: int
    at: str
    who: str
    action: str
    subject: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainView:
    """Whether the audit chain holds."""

    rows: int
    intact: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class UsageView:
    """What a person used of a model on a day; a model of this machine has no `host` and no price.

    `cost` is None where a price is not known; `estimated` calls did not say what they used.
    """

    day: str
    person: str
    host: str
    model: str
    calls: int
    input: int
    output: int
    cached: int
    cost: float | None
    currency: str
    estimated: int = 0


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A conversation of the person who asks."""

    id: str
    title: str
