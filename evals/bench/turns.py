"""What a turn costs besides model and tool, against a bare prebuilt agent of langgraph."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.tools import tool
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.prebuilt import ToolRuntime, create_react_agent

from agent.bootstrap import open_app
from agent.brain_room import BrainRoom
from agent.graph import Brain
from agent.settings import Settings
from evals.bench.measure import Measure, median, seconds
from tools import reply
from tools.context import Context
from tools.core.effects import Effect
from tools.spec import ToolSpec

TURNS = 40
WARM = 5


class CallsOnce(BaseChatModel):
    """Calls the tool `nothing` once, and then says a word."""

    @property
    def _llm_type(self) -> str:
        return "calls-once"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "CallsOnce":
        """Stay the same, whatever the tools."""
        del tools, kwargs
        return self

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        del stop, run_manager, kwargs
        done = isinstance(messages[-1], ToolMessage)
        calls = [] if done else [{"name": "nothing", "args": {}, "id": f"call-{len(messages)}"}]
        message = AIMessage("Done." if done else "", tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        message = self._generate(messages, stop, run_manager, **kwargs).generations[0].message
        assert isinstance(message, AIMessage)
        chunks = [
            {"name": call["name"], "args": "{}", "id": call["id"], "index": 0}
            for call in message.tool_calls
        ]
        yield ChatGenerationChunk(
            message=AIMessageChunk(content=message.content, tool_call_chunks=chunks)
        )


@tool(response_format="content_and_artifact")
def nothing(runtime: ToolRuntime[Context]) -> reply.Answer:
    """Do nothing."""
    del runtime
    return "done", reply.Reply("")


@tool("nothing")
def bare_nothing() -> str:
    """Do nothing."""
    return "done"


def run(settings: Settings) -> list[Measure]:
    """Measure one turn after the other, ours and theirs by turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = settings.model_copy(update={"home": Path(folder) / "home", "brain": "none"})
        room = BrainRoom(lambda _report: Brain(CallsOnce(), [], lambda _viewer: "You help."))
        saver = SqliteSaver(sqlite3.connect(Path(folder) / "theirs.db", check_same_thread=False))
        bare = create_react_agent(CallsOnce(), [bare_nothing], checkpointer=saver)
        with open_app(home, brain=room, registry=(ToolSpec(nothing, Effect.READ),)) as app:
            owner = app.admin.person()

            def ours(number: int) -> None:
                list(app.conversation.ask("go", owner, f"t-{number % 4}"))

            def theirs(number: int) -> None:
                config: Any = {"configurable": {"thread_id": f"t-{number % 4}"}}
                list(bare.stream({"messages": [("user", "go")]}, config, durability="sync"))

            times: tuple[list[float], list[float]] = ([], [])
            for number in range(TURNS + WARM):
                pair = seconds(partial(ours, number)), seconds(partial(theirs, number))
                if number >= WARM:
                    times[0].append(pair[0])
                    times[1].append(pair[1])
    mine, bare_time = median(times[0]), median(times[1])
    return [
        Measure(
            f"a turn's own overhead, {TURNS} turns",
            f"{1000 * mine:.1f} ms",
            "bare prebuilt agent of langgraph, SQLite checkpoints",
            f"{1000 * bare_time:.1f} ms",
            f"{mine / bare_time:.2f}",
            "1.5 or less",
        )
    ]
