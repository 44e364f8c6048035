"""The events of a turn: what every front door shows while and after the agent works."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar

from agent.views import AssetCard, PlanView, read


@dataclass(frozen=True, slots=True)
class Started:
    """A turn has begun."""

    event: ClassVar[str] = "started"
    thread: str
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Something is going on; `done` of `total` steps when they are known."""

    event: ClassVar[str] = "progress"
    text: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the answer; pieces of one answer are joined as they are."""

    event: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class ToolUsed:
    """A tool was called; `outcome` is done, pending, refused, fixable, unavailable or error."""

    event: ClassVar[str] = "tool"
    name: str
    arguments: Mapping[str, object]
    outcome: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Assets:
    """Assets to show: what was found (`results`) or what was made (`made`)."""

    event: ClassVar[str] = "assets"
    role: str
    assets: tuple[AssetCard, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The agent asks back; `assets` are the candidates, if it is about assets."""

    event: ClassVar[str] = "question"
    text: str
    assets: tuple[AssetCard, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """A plan waits for a decision; nothing has happened yet."""

    event: ClassVar[str] = "needs_approval"
    approval: str
    plan: PlanView


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """Something was done; `undo`: it can be taken back; `follow_up` offers a next request."""

    event: ClassVar[str] = "receipt"
    receipt: str
    tool: str
    text: str
    undo: bool
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """The request is final as it stands; the text says why."""

    event: ClassVar[str] = "refused"
    text: str
    approval: str | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What a turn used of a chat model: calls and tokens, `cached` of them from a prompt cache.

    `cost` is None where no price is known; `estimated` tells that the endpoint did not say it all.
    """

    event: ClassVar[str] = "usage"
    model: str
    calls: int
    input: int = 0
    output: int = 0
    cached: int = 0
    cost: float | None = 0.0
    currency: str = "USD"
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """A bug or an outage; `id` finds it in the log."""

    event: ClassVar[str] = "error"
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The turn has ended."""

    event: ClassVar[str] = "finished"
    thread: str


Event = (
    Started
    | Progress
    | Text
    | ToolUsed
    | Assets
    | Question
    | NeedsApproval
    | ReceiptGiven
    | RefusedCall
    | Used
    | Error
    | Finished
)

KINDS: dict[str, type[Event]] = {kind.event: kind for kind in Event.__args__}


@dataclass(frozen=True, slots=True)
class Turn:
    """A numbered event of a conversation's log."""

    number: int
    event: Event


def as_json(event: Event) -> dict[str, object]:
    """Write an event as the JSON object that scripts read."""
    return {"event": event.event, **asdict(event)}


def from_json(document: Mapping[str, object]) -> Event | None:
    """Read an event back; an unknown kind gives None, unknown keys are ignored."""
    kind = KINDS.get(str(document.get("event")))
    return read(kind, dict(document)) if kind else None
