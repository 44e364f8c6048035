"""The conversation door: what needs no model, what goes to one, and one turn at a time."""

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
from agent.brains.exporting import ExportWish, read_export
from agent.brains.screens import read_screen
from agent.brains.words import language_of
from agent.calls import whole
from agent.conversation_log import ConversationLog
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
)
from agent.graph import Turns
from agent.present import Present
from agent.screen import ScreenState, pointed
from agent.views import AssetCard, Readiness, ThreadView
from prompts import library
from tools.core.approvals import Approvals
from tools.core.errors import DomainError, Fixable
from tools.core.people import Authority, Viewer
from tools.core.plans import Plan

LOG = logging.getLogger("dalm")
LONGEST = 8000
BUSY = 60.0
EXPORT = "export_assets"
NAMED = 4


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
        log: ConversationLog,
        usage: Callable[[Viewer], str],
        settling: Callable[[], Iterator[Readiness]],
        explain: Callable[[Exception], str | None],
    ) -> None:
        self._turns = turns
        self._actions = actions
        self._approvals = approvals
        self._deciding = deciding
        self._begin_plan = begin_plan
        self._present = present
        self._log = log
        self._usage = usage
        self._settling = settling
        self._explain = explain
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
        thread = self._log.owned(thread or f"t-{secrets.token_hex(6)}", viewer)
        text = whole(text)
        screen = pointed(selection, uploads)
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
        thread = self._log.owned(thread, viewer)
        words = f"/{tool} " + " ".join(f"{k}={json.dumps(v)}" for k, v in arguments.items())
        call = commands.Call(tool, dict(arguments))
        with self._alone(thread):
            yield from self._logged(thread, viewer, words, self._call(call, viewer, thread))

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        """List the person's conversations, newest first."""
        return self._log.threads(viewer)

    def turns(self, thread: str, viewer: Viewer, after: int = 0) -> list[Turn]:
        """List what the conversation showed."""
        self._log.owned(thread, viewer, create=False)
        return [
            Turn(turn.number, self._fresh(turn.event, viewer))
            for turn in self._log.turns(thread, after)
        ]

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
                aimed = self._actions.aimed(call.tool, call.arguments, screen.get("selection", []))
                yield from self._call(commands.Call(call.tool, aimed), viewer, thread)
            case commands.AskUsage():
                yield Text(self._usage(viewer))
            case None:
                yield from self._talked(thread, text, viewer, screen)

    def _talked(
        self, thread: str, text: str, viewer: Viewer, screen: ScreenState
    ) -> Iterator[Event]:
        """Answer what is no command."""
        seen = read_screen(self._turns.seen(thread, screen, viewer))
        if wish := read_export(text, seen):
            yield from self._exported(wish, text, viewer, thread)
            return
        for state in self._settling():
            yield Progress(f"Getting ready: {state.note}", state.done, state.total)
        since = self._log.since(thread)
        yield from self._turns.turn(thread, text, screen, since, Authority(viewer, thread))

    def _exported(
        self, wish: ExportWish, text: str, viewer: Viewer, thread: str
    ) -> Iterator[Event]:
        """Copy into the folder that the person named, or ask; no model has a part in it."""
        if not wish.ask:
            yield from self._call(commands.Call(EXPORT, dict(wish.arguments)), viewer, thread)
            return
        asked = library.wording(language_of(text))[wish.ask]
        cards = self._present.of_ids(wish.candidates, viewer)
        named = ", ".join(f"“{card.title or card.file}”" for card in cards[:NAMED])
        asked = asked.replace("${candidates}", named)
        performed = self._actions.asking(asked, wish.candidates, viewer)
        if wish.candidates:
            self._turns.note(thread, performed)
        yield from performed.events

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
            self._log.keep(thread, [*shown, finished])
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
            replace(
                card,
                why=said[card.id].why,
                score=said[card.id].score,
                band=said[card.id].band,
                page=said[card.id].page,
                seconds=said[card.id].seconds,
            )
            for card in self._present.of_ids([card.id for card in old], viewer)
        )

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


def _quietly(text: str) -> commands.Decide | commands.Call | commands.AskUsage | None:
    try:
        return commands.parse(text)
    except Fixable:
        return None
