"""A conversation as exchanges: what was asked, the steps taken, and what came of it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agent.events import (
    Assets,
    Error,
    Event,
    Finished,
    NeedsApproval,
    Progress,
    Question,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
)
from ui import render
from ui.web import cards
from ui.web.markup import Html, icon, joined, prose, tag, text


@dataclass(slots=True)
class Exchange:
    """A request with all that followed it; `asked` is None for what a plan added later."""

    asked: Started | None
    events: list[Event] = field(default_factory=list)
    running: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A keyed piece of the thread: the page replaces only those whose HTML changed."""

    key: str
    html: str


def exchanges(events: Iterable[Event]) -> list[Exchange]:
    """Group a log into exchanges."""
    grouped: list[Exchange] = []
    for event in events:
        if isinstance(event, Started):
            grouped.append(Exchange(event, running=True))
        elif isinstance(event, Finished):
            if grouped:
                grouped[-1].running = False
        else:
            if not grouped or (grouped[-1].asked and not grouped[-1].running):
                grouped.append(Exchange(None))
            grouped[-1].events.append(event)
    return grouped


def items(events: Iterable[Event], now: datetime) -> list[Item]:
    """Show a whole conversation."""
    grouped = exchanges(events)
    return [Item(f"x{number}", show(one, now)) for number, one in enumerate(grouped)]


def show(exchange: Exchange, now: datetime) -> Html:
    """Show one exchange."""
    answer = tag(
        "div", _steps(exchange.events), _parts(exchange.events, now),
        _busy(exchange) if exchange.running else None,
        class_="answer", aria_busy="true" if exchange.running else None,
    )  # fmt: skip
    asked = exchange.asked
    return tag("article", _asked(asked) if asked else None, answer, class_="turn")


def _asked(started: Started) -> Html:
    return tag("div", tag("p", _request(started.text), dir="auto"), class_="asked")


def _request(words: str) -> str:
    """Say a command that a button sent in the words of the button."""
    if words.startswith("/undo"):
        return "Undo"
    lines = (render.plain(line, 4000) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def _steps(events: Sequence[Event]) -> Html | None:
    used = [(n, event) for n, event in enumerate(events) if isinstance(event, ToolUsed)]
    if not used:
        return None
    return tag("div", [_step(event, events[n + 1 :]) for n, event in used], class_="steps")


def _step(used: ToolUsed, after: Sequence[Event]) -> Html:
    shown = None
    for event in after:
        if isinstance(event, ToolUsed):
            break
        if isinstance(event, Assets):
            shown = len(event.assets)
            break
    failed = used.outcome in {"refused", "error", "fixable", "unavailable"}
    arguments = json.dumps(dict(used.arguments), ensure_ascii=False)
    return tag(
        "details",
        tag("summary", icon("alert" if failed else "step"), render.step(used, shown)),
        tag("pre", tag("code", text(f"{used.name} {arguments}", 2000))),
        class_="step",
    )


def _parts(events: Sequence[Event], now: datetime) -> list[Html]:
    parts: list[Html] = []
    for said in _joined(events):
        if isinstance(said, Text):
            words = _unsaid(said.text, events)
            if words.strip():
                parts.append(tag("div", prose(words), class_="prose", dir="auto"))
        else:
            parts.append(_part(said, now))
    return parts


def _unsaid(words: str, events: Sequence[Event]) -> str:
    """Leave out lines that a receipt or a plan card below says as well."""
    receipts = {render.plain(e.text).rstrip(".") for e in events if isinstance(e, ReceiptGiven)}
    plans = tuple(
        f"{render.plain(e.plan.summary)} waits for approval"
        for e in events
        if isinstance(e, NeedsApproval)
    )
    kept = []
    for line in words.splitlines():
        said = render.plain(line).rstrip(".")
        if said not in receipts and not (plans and said.startswith(plans)):
            kept.append(line)
    return "\n".join(kept)


def _part(event: Event, now: datetime) -> Html:  # noqa: PLR0911 - one arm a kind
    match event:
        case Assets() if event.assets:
            return cards.gallery(event.assets, event.note, natural=event.role == "made")
        case Question():
            asked = tag("p", text(event.text), class_="question")
            return joined(asked, cards.gallery(event.assets) if event.assets else None)
        case NeedsApproval():
            return cards.plan(event.plan, now)
        case ReceiptGiven():
            return cards.receipt(event)
        case RefusedCall():
            return _notice("refused", "cross", "Not possible", event.text)
        case Error():
            return _notice("error", "alert", "Something went wrong", event.text, event.id)
        case _:
            return Html("")


def _notice(kind: str, mark: str, head: str, words: str, number: str = "") -> Html:
    named = number and number not in words
    body = tag(
        "div",
        None if words.startswith(head) else tag("strong", head),
        tag("p", text(words, 800)),
        tag("p", "Error id ", tag("code", text(number)), class_="note") if named else None,
    )
    return tag("div", icon(mark), body, class_=f"notice {kind}", role="note")


def _busy(exchange: Exchange) -> Html:
    last = exchange.events[-1] if exchange.events else None
    words, share = "Thinking", None
    if isinstance(last, Progress):
        words = render.progress(last)
        share = f"{last.done / last.total:.2f}" if last.total else None
    elif last is not None:
        words = "Working"
    bar = tag("progress", value=share, max="1", aria_label=words) if share else None
    return tag("div", tag("span", class_="dots"), tag("span", words), bar, class_="busy",
               role="status")  # fmt: skip


def _joined(events: Iterable[Event]) -> list[Event]:
    """Join the pieces of a streamed answer."""
    joined_: list[Event] = []
    for event in events:
        last = joined_[-1] if joined_ else None
        if isinstance(event, Text) and isinstance(last, Text):
            joined_[-1] = Text(last.text + event.text)
        elif not isinstance(event, Progress | ToolUsed):
            joined_.append(event)
    return joined_
