"""The conversation door: whose thread it is, what needs no model, and the log of what was shown."""

import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

from agent import commands
from agent.actions import Actions
from agent.approving import ApprovalsDoor
from agent.events import (
    Assets,
    Error,
    Event,
    Finished,
    NeedsApproval,
    Progress,
    Question,
    RefusedCall,
    Started,
    Text,
    Turn,
    as_json,
    from_json,
)
from agent.graph import Turns
from agent.present import Present
from agent.screen import ScreenState
from agent.views import AssetCard, ThreadView
from tools.core.approvals import Approvals
from tools.core.directory import SYSTEM
from tools.core.errors import DomainError, Fixable
from tools.core.people import Authority, Viewer
from tools.core.plans import Plan
from tools.core.ports import Clock
from tools.core.records import Catalogue

LOG = logging.getLogger("dalm")
LONGEST = 8000
BUSY = 60.0


class Talk:
    """Implements app.Conversation."""

    def __init__(
        self,
        *,
        turns: Turns,
        actions: Actions,
        approvals: Approvals,
        deciding: ApprovalsDoor,
        begin_plan: Callable[[Plan], None],
        present: Present,
        catalogue: Catalogue,
        explain: Callable[[Exception], str | None],
        clock: Clock,
    ) -> None:
        self._turns = turns
        self._actions = actions
        self._approvals = approvals
        self._deciding = deciding
        self._begin_plan = begin_plan
        self._present = present
        self._catalogue = catalogue
        self._explain = explain
        self._clock = clock
        self._busy: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def ask(
        self,
        text: str,
        viewer: Viewer,
        thread: str | None = None,
        selection: Sequence[str] = (),
        uploads: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Answer a request."""
        thread = self._own(thread or f"t-{secrets.token_hex(6)}", viewer)
        screen: ScreenState = {"selection": list(selection), "uploads": list(uploads)}
        with self._alone(thread):
            answer = self._answer(thread, text, viewer, screen)
            yield from self._logged(thread, viewer, text, answer)

    def run(
        self,
        tool: str,
        arguments: Mapping[str, object],
        viewer: Viewer,
        thread: str | None = None,
    ) -> Iterator[Event]:
        """Call one tool through the same gate, without any model."""
        if thread is None:
            yield Started("", tool, viewer.name)
            yield from self._call(commands.Call(tool, dict(arguments)), viewer, None)
            yield Finished("")
            return
        thread = self._own(thread, viewer)
        words = f"/{tool} " + " ".join(f"{k}={json.dumps(v)}" for k, v in arguments.items())
        call = commands.Call(tool, dict(arguments))
        with self._alone(thread):
            yield from self._logged(thread, viewer, words, self._call(call, viewer, thread))

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        """List the person's conversations, newest first."""
        with self._catalogue.reading() as records:
            names = records.threads.of(viewer.id)
            return [
                ThreadView(name, _title([json.loads(e) for _, e in records.threads.events(name)]))
                for name in names[:50]
            ]

    def turns(self, thread: str, viewer: Viewer, after: int = 0) -> list[Turn]:
        """List what the conversation showed."""
        self._own(thread, viewer, create=False)
        with self._catalogue.reading() as records:
            rows = records.threads.events(thread, after)
        turns = []
        for number, row in rows:
            event = from_json(json.loads(row))
            if event is not None:
                turns.append(Turn(number, self._fresh(event, viewer)))
        return turns

    def told(self, plan: Plan, events: Sequence[Event]) -> None:
        """Append what a plan came to to the conversation that asked for it."""
        if plan.thread:
            self._log(plan.thread, events)

    def _answer(
        self, thread: str, text: str, viewer: Viewer, screen: ScreenState
    ) -> Iterator[Event]:
        if not text.strip():
            yield Text("Ask for something, for example: show me animals")
            return
        if len(text) > LONGEST:
            yield Text(f"That is {len(text):,} characters long; please keep it under {LONGEST:,}.")
            return
        match commands.parse(text):
            case commands.Decide() as decision:
                yield from self._deciding.events(decision, viewer)
            case commands.Call() as call:
                yield from self._call(call, viewer, thread)
            case None:
                since = self._since(thread)
                yield from self._turns.turn(thread, text, screen, since, Authority(viewer, thread))

    def _call(self, call: commands.Call, viewer: Viewer, thread: str | None) -> Iterator[Event]:
        authority = Authority(viewer, thread)
        performed = self._actions.perform(call.tool, call.arguments, authority)
        if performed.plan:
            self._begin_plan(performed.plan)
        if thread:
            self._turns.note(thread, performed)
        yield from performed.events

    def _logged(
        self, thread: str, viewer: Viewer, text: str, events: Iterator[Event]
    ) -> Iterator[Event]:
        """Pass events on and keep them; a stopped or failed turn is kept as far as it came."""
        started = Started(thread, text[:LONGEST], viewer.name)
        shown: list[Event] = [started]
        # What a decision brings about is logged by its plan run, in the thread that asked.
        elsewhere = isinstance(_quietly(text), commands.Decide)
        yield started
        try:
            for event in self._safely(events):
                if not elsewhere or isinstance(event, RefusedCall):
                    shown.append(event)
                yield event
        except GeneratorExit:
            shown.append(Text("\n\n(stopped)"))
            raise
        finally:
            finished = Finished(thread)
            self._log(thread, [*_joined(shown), finished])
        yield finished

    def _safely(self, events: Iterator[Event]) -> Iterator[Event]:
        try:
            with closing(events) as running:  # type: ignore[type-var]
                yield from running
        except DomainError as error:
            yield Text(str(error))
        except Exception as error:
            known = self._explain(error)
            number = secrets.token_hex(4)
            LOG.exception("error %s in a turn", number)
            yield Error(known or f"Something went wrong here. Error {number}.", number)

    def _log(self, thread: str, events: Sequence[Event]) -> None:
        rows = [
            json.dumps(as_json(e), ensure_ascii=False)
            for e in events
            if not isinstance(e, Progress)
        ]
        named = _named(events)
        with self._catalogue.writing() as records:
            records.threads.log(thread, rows, self._clock.now())
            known = records.assets.many(named, SYSTEM)
            records.threads.shown(thread, [asset.id for asset in known])

    def _since(self, thread: str) -> str:
        """Say what plans added to the conversation after its last turn."""
        with self._catalogue.reading() as records:
            rows = [json.loads(event) for _, event in records.threads.events(thread)]
        last = max((i for i, r in enumerate(rows) if r["event"] == "finished"), default=-1)
        texts = [r["text"] for r in rows[last + 1 :] if r["event"] in {"text", "refused"}]
        return "\n".join(texts)[:1000]

    def _fresh(self, event: Event, viewer: Viewer) -> Event:
        """Show today's state of what an old event was about."""
        match event:
            case Assets() | Question():
                return replace(event, assets=self._cards(event.assets, viewer))
            case NeedsApproval():
                plan = self._approvals.get(event.approval)
                return NeedsApproval(event.approval, self._present.plan(plan, viewer))
            case _:
                return event

    def _cards(self, old: Sequence[AssetCard], viewer: Viewer) -> tuple[AssetCard, ...]:
        said = {card.id: card for card in old}
        return tuple(
            replace(card, why=said[card.id].why, score=said[card.id].score, band=said[card.id].band)
            for card in self._present.of_ids([card.id for card in old], viewer)
        )

    def _own(self, thread: str, viewer: Viewer, *, create: bool = True) -> str:
        with self._catalogue.reading() as records:
            owner = records.threads.owner(thread)
        if owner is None and create:
            with self._catalogue.writing() as records:
                owner = records.threads.own(thread, viewer.id, self._clock.now())
        if owner != viewer.id:
            raise Fixable("There is no such conversation of yours. Begin a new one.")
        return thread

    @contextmanager
    def _alone(self, thread: str) -> Iterator[None]:
        with self._guard:
            lock = self._busy.setdefault(thread, threading.Lock())
        if not lock.acquire(timeout=BUSY):
            raise Fixable("The last request of this conversation is still being answered.")
        try:
            yield
        finally:
            lock.release()


def _quietly(text: str) -> commands.Decide | commands.Call | None:
    try:
        return commands.parse(text)
    except Fixable:
        return None


def _joined(events: Sequence[Event]) -> list[Event]:
    """Join the pieces of a streamed answer."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + event.text)
        else:
            joined.append(event)
    return joined


def _named(events: Sequence[Event]) -> list[str]:
    named: list[str] = []
    for event in events:
        match event:
            case Assets() | Question():
                named += [card.id for card in event.assets]
            case NeedsApproval():
                named += [asset.id for asset in event.plan.assets]
            case _:
                pass
    return list(dict.fromkeys(named))


def _title(events: Sequence[Mapping[str, object]]) -> str:
    first = next((str(e["text"]) for e in events if e.get("event") == "started"), "")
    return first[:60] or "New conversation"
