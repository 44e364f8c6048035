"""The conversation graph: think -> act -> think ... -> answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, TypedDict

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    AnyMessage,
    HumanMessage,
    RemoveMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages

from agent import calls
from agent import screen as screens
from agent.actions import Actions, Performed
from agent.checkpoints import Checkpoints
from agent.events import Event, Text
from agent.screen import ScreenState
from agent.views import Report
from tools.core.assets import Asset
from tools.core.people import Authority, Viewer
from tools.core.plans import Plan

KEPT_MESSAGES = 40
ROUNDS = 8


class TurnState(TypedDict, total=False):
    """What a checkpoint of a conversation keeps: messages of ids and short text, and the screen."""

    messages: Annotated[list[AnyMessage], add_messages]
    screen: ScreenState
    final: bool
    rounds: int


class Brain:
    """A model with its tools bound, and what it is told about the person it serves.

    `warm` makes it better or faster after it can be used already; `reduced` says why it is not all
    that it could be; `undone` words what of the last request is left when a turn ends.
    """

    def __init__(
        self,
        model: BaseChatModel,
        tools: Sequence[Mapping[str, Any]],
        system: Callable[[Viewer], str],
        warm: Callable[[Report], None] | None = None,
        reduced: str = "",
        undone: Callable[[Sequence[AnyMessage]], str] = lambda _: "",
    ) -> None:
        self.plain = model
        self.model = model.bind_tools([dict(tool) for tool in tools])
        self.system = system
        self.warm = warm
        self.reduced = reduced
        self.undone = undone


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
    ) -> None:
        self._checkpoints = checkpoints
        self._brain = brain
        self._actions = actions
        self._assets = assets
        self._begin_plan = begin_plan
        graph = StateGraph(TurnState)
        graph.add_node("think", self._think)
        graph.add_node("act", self._act)
        graph.add_node("answer", self._answer)
        graph.add_edge(START, "think")
        graph.add_conditional_edges("think", _wants_tools, ["act", "answer"])
        graph.add_conditional_edges("act", _goes_on, ["think", "answer"])
        graph.add_edge("answer", END)
        self._graph = graph.compile(checkpointer=checkpoints.saver)

    def turn(
        self, thread: str, text: str, screen: ScreenState, since: str, authority: Authority
    ) -> Iterator[Event]:
        """Answer one message, giving events as they happen; `since` tells what came meanwhile."""
        config = _config(thread, authority)
        state = self._graph.get_state(config).values
        known: ScreenState = {**state.get("screen", {}), **screen}
        human = HumanMessage(text, additional_kwargs={"since": since})
        start: TurnState = {
            "messages": [human],
            "screen": known,
            "final": False,
            "rounds": 0,
        }
        yield from self._graph.stream(  # type: ignore[misc]
            start, config, stream_mode="custom", durability="sync"
        )
        self._checkpoints.prune(thread)

    def screen(self, thread: str) -> ScreenState:
        """Give what a thread has on its screen."""
        state = self._graph.get_state({"configurable": {"thread_id": thread}}).values
        found: ScreenState = state.get("screen", {})
        return found

    def note(self, thread: str, performed: Performed) -> None:
        """Put what a command without a model found or made on the thread's screen."""
        screen = _updated(self.screen(thread), performed)
        config: RunnableConfig = {"configurable": {"thread_id": thread}}
        self._graph.update_state(config, {"screen": screen}, as_node="answer")

    def _think(self, state: TurnState, config: RunnableConfig) -> TurnState:
        authority: Authority = config["configurable"]["authority"]
        brain = self._brain()
        assets = self._assets(screens.ids(state["screen"]), authority.actor)
        messages = [
            SystemMessage(brain.system(authority.actor)),
            *_told(state["messages"], state["screen"], assets),
        ]
        write = get_stream_writer()
        whole: AIMessageChunk | None = None
        for chunk in brain.model.stream(messages):
            assert isinstance(chunk, AIMessageChunk)
            if chunk.text:
                write(Text(calls.whole(str(chunk.text))))
            whole = chunk if whole is None else whole + chunk
        answer = AIMessage("") if whole is None else _message(whole)
        return {"messages": [answer], "rounds": state.get("rounds", 0) + 1}

    def _act(self, state: TurnState, config: RunnableConfig) -> TurnState:
        authority: Authority = config["configurable"]["authority"]
        write = get_stream_writer()
        screen, final = state["screen"], False
        answers: list[AnyMessage] = []
        last = state["messages"][-1]
        assert isinstance(last, AIMessage)
        for call in last.tool_calls:
            if final:
                answers.append(
                    ToolMessage(
                        "Not done: an earlier step ended the turn.", tool_call_id=call["id"]
                    )
                )
                continue
            performed = self._actions.perform(
                call["name"], call["args"], authority, screens.ids(screen)
            )
            if performed.plan:
                self._begin_plan(performed.plan)
            for event in performed.events:
                write(event)
            screen = _updated(screen, performed)
            final = performed.final and performed.outcome != "pending"
            came = {"outcome": performed.outcome, "assets": [*performed.results, *performed.made]}
            answers.append(
                ToolMessage(performed.told, tool_call_id=call["id"], additional_kwargs=came)
            )
        return {"messages": answers, "screen": screen, "final": final}

    def _answer(self, state: TurnState) -> TurnState:
        if left := self._brain().undone(state["messages"]):
            get_stream_writer()(Text(left))
        surplus = state["messages"][:-KEPT_MESSAGES]
        removed: list[Any] = [RemoveMessage(id=message.id or "") for message in surplus]
        return {"messages": removed}


def _wants_tools(state: TurnState) -> str:
    last = state["messages"][-1]
    return "act" if isinstance(last, AIMessage) and last.tool_calls else "answer"


def _goes_on(state: TurnState) -> str:
    return "answer" if state.get("final") or state.get("rounds", 0) >= ROUNDS else "think"


def _message(chunk: AIMessageChunk) -> AIMessage:
    # Some brains are made to spell half letters, which no checkpoint can hold.
    content = calls.whole(chunk.content) if isinstance(chunk.content, str) else chunk.content
    asked = [{**call, "args": calls.encodable(call["args"])} for call in chunk.tool_calls]
    return AIMessage(content, tool_calls=asked, usage_metadata=chunk.usage_metadata)


def _told(
    messages: Sequence[AnyMessage], screen: ScreenState, assets: Sequence[Asset]
) -> list[AnyMessage]:
    """Give the recent messages, the last request with the screen that its words point at."""
    recent = _answered(messages[-KEPT_MESSAGES:])
    while recent and not isinstance(recent[0], HumanMessage):
        recent.pop(0)
    last = max(i for i, message in enumerate(recent) if isinstance(message, HumanMessage))
    human = recent[last]
    since = str(human.additional_kwargs.get("since", ""))
    around = f"\n\nOn the screen:\n{screens.in_words(screen, assets)}"
    if since:
        around += f"\nSince the last message:\n{since}"
    recent[last] = HumanMessage(
        f"{human.text}{around}",
        additional_kwargs={
            "screen": screens.described(screen, assets),
            "request": str(human.text),
        },
    )
    return recent


def _answered(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Answer calls that a stopped turn left open, because endpoints reject them otherwise."""
    done = {m.tool_call_id for m in messages if isinstance(m, ToolMessage)}
    whole: list[AnyMessage] = []
    for message in messages:
        whole.append(message)
        if isinstance(message, AIMessage):
            whole += [
                ToolMessage("Stopped by the person before it was done.", tool_call_id=call["id"])
                for call in message.tool_calls
                if call["id"] not in done
            ]
    return whole


def _updated(screen: ScreenState, performed: Performed) -> ScreenState:
    changed: ScreenState = {**screen}
    if performed.results:
        changed["results"] = list(performed.results[: screens.KEPT])
        changed["made"] = []
    if performed.made:
        changed["made"] = list(performed.made[: screens.KEPT])
    return changed


def _config(thread: str, authority: Authority) -> RunnableConfig:
    return {
        "configurable": {"thread_id": thread, "authority": authority},
        "recursion_limit": 40,
    }
