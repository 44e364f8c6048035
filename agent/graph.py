"""The conversation graph: think -> act -> think ..., and an answer where more is to be said."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypedDict

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AnyMessage,
    HumanMessage,
    RemoveMessage,
    SystemMessage,
)
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages

from agent import screen as screens
from agent.acting import Acting, updated
from agent.actions import Actions, Performed
from agent.checkpoints import Checkpoints
from agent.events import Event, RefusedCall, Text
from agent.screen import ScreenState
from agent.telling import Request, surplus, told
from agent.thinking import ASKS, Asking, Remote, Stopped, Wait, estimated, tokens_of
from agent.usage import HERE, Meter
from agent.views import Report
from agent.wary import Wary
from tools.core.assets import Asset
from tools.core.errors import Refused
from tools.core.people import Authority, Viewer
from tools.core.plans import Plan
from tools.core.spending import Use

ROUNDS = 8


class TurnState(TypedDict, total=False):
    """What a checkpoint of a conversation keeps: messages of ids and short text, and the screen.

    `began` is the screen as the turn found it; `slips` counts calls that could not be read.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    screen: ScreenState
    began: ScreenState
    final: bool
    rounds: int
    slips: int


class Brain:
    """A model with its tools bound, and what it is told.

    `system` never changes, so that prompt caches hit; `about` words whom it serves and the day.
    `warm` makes it better or faster after it can be used already; `reduced` says why it is not all
    that it could be; `undone` words what of the last request is left when a turn ends; `remote`
    is the endpoint of a model that is paid for and that may fail.
    """

    def __init__(
        self,
        model: BaseChatModel,
        tools: Sequence[Mapping[str, Any]],
        about: Callable[[Viewer], str],
        warm: Callable[[Report], None] | None = None,
        reduced: str = "",
        undone: Callable[[Sequence[AnyMessage]], str] = lambda _: "",
        system: str = "",
        remote: Remote | None = None,
    ) -> None:
        self.plain = model
        self.model = model.bind_tools([dict(tool) for tool in tools])
        self.names = frozenset(str(tool["function"]["name"]) for tool in tools)
        self.size = tokens_of(json.dumps([dict(tool) for tool in tools]))
        self.system = system
        self.about = about
        self.warm = warm
        self.reduced = reduced
        self.undone = undone
        self.remote = remote


@dataclass(slots=True)
class Turn:
    """What a turn that goes on needs beside its state: it ends when `stopped` is set."""

    stopped: threading.Event = field(default_factory=threading.Event)
    use: Use = field(default_factory=Use)


class Turns:
    """Runs turns of conversations; one instance serves every thread."""

    def __init__(
        self,
        *,
        brain: Callable[[], Brain],
        actions: Actions,
        assets: Callable[[Sequence[str], Viewer], list[Asset]],
        begin_plan: Callable[[Plan], None],
        checkpoints: Checkpoints,
        meter: Meter,
        wait: Wait = threading.Event.wait,
    ) -> None:
        self._checkpoints = checkpoints
        self._brain = brain
        self._actions = actions
        self._assets = assets
        self._begin_plan = begin_plan
        self._meter = meter
        self._wait = wait
        graph = StateGraph(TurnState)
        graph.add_node("think", self._think)
        graph.add_node("act", self._act)
        graph.add_node("answer", self._answer)
        graph.add_edge(START, "think")
        graph.add_conditional_edges("think", self._after_thinking, ["act", "answer", END])
        graph.add_conditional_edges("act", self._after_acting, ["think", "answer", END])
        graph.add_edge("answer", END)
        self._graph = graph.compile(checkpointer=checkpoints.saver)

    def turn(
        self, thread: str, text: str, screen: ScreenState, since: str, authority: Authority
    ) -> Iterator[Event]:
        """Answer one message, giving events as they happen; `since` tells what came meanwhile."""
        turn = Turn()
        config = _config(thread, authority, turn)
        state = self._graph.get_state(config).values
        known: ScreenState = {**state.get("screen", {}), **screen}
        human = HumanMessage(text, additional_kwargs={"since": since})
        start: TurnState = {
            "messages": [human],
            "screen": known,
            "began": known,
            "final": False,
            "rounds": 0,
            "slips": 0,
        }
        running = self._graph.stream(start, config, stream_mode="custom", durability="sync")
        try:
            yield from self._counted(running, turn, authority.actor)  # type: ignore[arg-type]
        finally:
            # Whoever stops a turn does not wait for an endpoint that is slow or asks for patience.
            turn.stopped.set()
            running.close()  # type: ignore[attr-defined]
        self._checkpoints.prune(thread)

    def screen(self, thread: str) -> ScreenState:
        """Give what a thread has on its screen."""
        state = self._graph.get_state({"configurable": {"thread_id": thread}}).values
        found: ScreenState = state.get("screen", {})
        return found

    def seen(self, thread: str, brought: ScreenState, viewer: Viewer) -> dict[str, object]:
        """Write what a person has in front of them, with what they bring along, for rules."""
        known: ScreenState = {**self.screen(thread), **brought}
        return screens.described(known, self._assets(screens.ids(known), viewer))

    def note(self, thread: str, performed: Performed) -> None:
        """Put what a command without a model found or made on the thread's screen."""
        screen = updated(self.screen(thread), performed)
        config: RunnableConfig = {"configurable": {"thread_id": thread}}
        self._graph.update_state(config, {"screen": screen}, as_node="answer")

    def _counted(self, running: Iterator[Event], turn: Turn, person: Viewer) -> Iterator[Event]:
        """Pass events on, and say in the end what the turn used, also when it failed."""
        failure: Exception | None = None
        try:
            # Not `yield from`, which would close the run, and wait for it, before it is stopped.
            for event in running:  # noqa: UP028
                yield event
        except Exception as error:  # noqa: BLE001 - raised again below
            failure = error
        if turn.use.calls:
            remote = self._brain().remote
            if remote is None:
                self._meter.count(person, turn.use)
            yield self._meter.event(turn.use, remote.model if remote else HERE)
        if failure:
            raise failure

    def _think(self, state: TurnState, config: RunnableConfig) -> TurnState:
        authority: Authority = config["configurable"]["authority"]
        turn: Turn = config["configurable"]["turn"]
        brain = self._brain()
        began = state.get("began", state["screen"])
        named = dict.fromkeys([*screens.ids(state["screen"]), *screens.ids(began)])
        request = Request(
            brain.about(authority.actor),
            began,
            state["screen"],
            self._assets(list(named), authority.actor),
        )
        first = [SystemMessage(brain.system)] if brain.system else []
        messages = [*first, *told(state["messages"], request)]
        try:
            answer = self._ask(brain, messages, authority.actor, turn)
        except Refused as spent:
            get_stream_writer()(RefusedCall(str(spent)))
            answer = AIMessage("(Stopped: the budget of the day is used up.)")
        except Stopped:
            answer = AIMessage("(Stopped by the person.)")
        screen = state["screen"]
        if put := answer.additional_kwargs.get(ASKS):
            # Words of its own make the message one that any other brain can read later.
            answer = answer.model_copy(update={"content": put["text"]})
            asked = self._actions.asking(put["text"], put["candidates"], authority.actor)
            for event in asked.events:
                get_stream_writer()(event)
            screen = updated(screen, asked)
        return {"messages": [answer], "screen": screen, "rounds": state.get("rounds", 0) + 1}

    def _ask(
        self, brain: Brain, messages: list[AnyMessage], person: Viewer, turn: Turn
    ) -> AIMessage:
        """Ask the brain, and count what that uses, at an endpoint also when it fails."""
        remote = brain.remote
        asking = Asking(get_stream_writer(), turn.stopped, brain.size, self._wait)
        if remote is None:
            message = asking.ask(brain.model, messages, None)
            turn.use += asking.use
            return message
        held = self._meter.hold(person, remote, brain.size + estimated(messages))
        try:
            return asking.ask(brain.model, messages, remote)
        finally:
            turn.use += self._meter.settle(held, asking.use)

    def _act(self, state: TurnState, config: RunnableConfig) -> TurnState:
        authority: Authority = config["configurable"]["authority"]
        acting = Acting(
            actions=self._actions,
            begin_plan=self._begin_plan,
            write=get_stream_writer(),
            names=self._brain().names,
            screen=state["screen"],
            wary=self._wary(state, authority.actor),
            slips=state.get("slips", 0),
        )
        last = state["messages"][-1]
        assert isinstance(last, AIMessage)
        acting.carry_out(last, authority)
        return {
            "messages": acting.replies,
            "screen": acting.screen,
            "final": acting.final,
            "slips": acting.slips,
        }

    def _wary(self, state: TurnState, person: Viewer) -> Wary | None:
        """Watch a remote model, which reads what files say; the local one reads requests only."""
        if self._brain().remote is None:
            return None
        messages = state["messages"]
        last = max(i for i, message in enumerate(messages) if isinstance(message, HumanMessage))
        read = any(message.additional_kwargs.get("doubted") for message in messages[last:])
        shown = self._actions.doubts(screens.ids(state["screen"]), person)
        return Wary(str(messages[last].text), shown, read)

    def _after_thinking(self, state: TurnState) -> str:
        last = state["messages"][-1]
        return "act" if isinstance(last, AIMessage) and last.tool_calls else self._ending(state)

    def _after_acting(self, state: TurnState) -> str:
        ends = state.get("final") or state.get("rounds", 0) >= ROUNDS
        return self._ending(state) if ends else "think"

    def _ending(self, state: TurnState) -> str:
        """End at once unless something is left to say or forget: a step costs a checkpoint."""
        messages = state["messages"]
        return "answer" if surplus(messages) or self._brain().undone(messages) else END

    def _answer(self, state: TurnState) -> TurnState:
        if left := self._brain().undone(state["messages"]):
            get_stream_writer()(Text(left))
        removed: list[Any] = [
            RemoveMessage(id=message.id or "") for message in surplus(state["messages"])
        ]
        return {"messages": removed}


def _config(thread: str, authority: Authority, turn: Turn) -> RunnableConfig:
    return {
        "configurable": {"thread_id": thread, "authority": authority, "turn": turn},
        "recursion_limit": 40,
    }
