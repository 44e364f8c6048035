"""The local brain as a chat model: one tool call or one sentence for each request."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolMessage,
)
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict, SkipValidation

from agent.brains.arguments import Earlier, Filler
from agent.brains.choosing import Chooser
from agent.brains.deciding import Decider, Decision, is_question
from agent.brains.engine import Engine
from agent.brains.likeness import TitleLikeness
from agent.brains.prefix import ROUNDS, Prefix
from agent.brains.probe import trained
from agent.brains.screens import read_screen
from prompts import examples, library
from prompts.examples import Example
from tools.core.channels import Channels
from tools.core.ports import Report, TextEmbedder

CHAT_LIMIT = 70
SHORT_ANSWER = 4
WORDED_BY_MODEL = frozenset({"explain"})
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "ja": "Japanese",
}


class LocalBrain(BaseChatModel):
    """Chooses a tool by a cached prefix, a probe and rules; never words facts about assets.

    `schemas` are the bound tools in the OpenAI form; arguments they do not name are left out.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    decider: Decider
    chooser: Chooser
    engine: Annotated[Engine | None, SkipValidation] = None
    schemas: tuple[Mapping[str, Any], ...] = ()

    @property
    def _llm_type(self) -> str:
        return "dalm-local"

    def warm_up(self, report: Report, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Read the worked examples, or restore them; usable meanwhile, by the probe alone."""
        self.chooser.warm_up(report, stop=stop)

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Give a brain that may call these tools; it chooses freely, whatever `tool_choice`."""
        del tool_choice, kwargs
        schemas = tuple(convert_to_openai_tool(one) for one in tools)
        return self.model_copy(update={"schemas": schemas})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        whole: AIMessageChunk | None = None
        for piece in self._stream(messages, stop, run_manager, **kwargs):
            chunk = piece.message
            assert isinstance(chunk, AIMessageChunk)
            whole = chunk if whole is None else whole + chunk
        message = AIMessage(
            content=whole.content if whole else "", tool_calls=whole.tool_calls if whole else []
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        del stop, run_manager, kwargs
        if not messages or isinstance(messages[-1], ToolMessage):
            # Results are worded by the tools' replies; this brain adds nothing to them.
            yield _chunk("")
            return
        last = _last_request(messages)
        request = _whole_request(messages, last)
        decision = self.decider.decide(
            request, read_screen(last.additional_kwargs.get("screen")), _earlier(messages)
        )
        if decision.tool:
            yield self._call(decision)
            return
        for piece in self._worded(request, decision):
            yield _chunk(piece)

    def _call(self, decision: Decision) -> ChatGenerationChunk:
        assert decision.tool is not None
        known = self._known(decision.tool)
        arguments = {
            name: value
            for name, value in decision.arguments.items()
            if known is None or name in known
        }
        call = tool_call_chunk(
            name=decision.tool,
            args=json.dumps(arguments, ensure_ascii=False),
            id=f"call_{uuid4().hex[:16]}",
            index=0,
        )
        return ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=[call]))

    def _known(self, tool: str) -> frozenset[str] | None:
        """Give the argument names of a bound tool, or None when no tools were bound."""
        if not self.schemas:
            return None
        for schema in self.schemas:
            function = schema["function"]
            if function["name"] == tool:
                return frozenset(function.get("parameters", {}).get("properties", {}))
        return frozenset()

    def _worded(self, request: str, decision: Decision) -> Iterator[str]:
        """Give a sentence piece by piece; only what explains a word is left to the model."""
        free = self.engine is not None and self.decider.warm
        if decision.topic in WORDED_BY_MODEL and free:
            assert self.engine is not None
            system = library.fill("chat", language=_LANGUAGES[decision.language])
            messages = (("system", system), ("user", request))
            yield from _sentences(self.engine.chat(messages, CHAT_LIMIT))
            return
        yield from re.findall(r"\S+\s*|\s+", decision.sentence)


def build_local_brain(
    *,
    embedder: TextEmbedder,
    engine: Engine | None,
    channels: Channels,
    cache: Path | None,
    rows: Sequence[Example] = (),
    rounds: int = ROUNDS,
) -> LocalBrain:
    """Build the brain from the bank (or from other `rows`); fits the probe when it is new.

    `cache` is a folder for what is computed once; `engine` may be None to go without a model.
    """
    known = tuple(rows) or examples.bank()
    probes = trained(known, embedder, cache)
    centre = probes.tool.centre[: embedder.dimensions]
    chooser = Chooser(probes=probes, embedder=embedder, engine=engine, prefix=Prefix(known, rounds))
    filler = Filler(channels=channels, likeness=TitleLikeness(embedder, centre))
    decider = Decider(chooser=chooser, filler=filler)
    return LocalBrain(decider=decider, chooser=chooser, engine=engine)


def _chunk(text: str) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text))


def _last_request(messages: Sequence[BaseMessage]) -> HumanMessage:
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            return message
    return HumanMessage("")


def _request(message: HumanMessage) -> str:
    """Give what the person typed, without the screen that may be written below it."""
    return str(message.additional_kwargs.get("request") or message.text)


def _whole_request(messages: Sequence[BaseMessage], last: HumanMessage) -> str:
    """Put a short answer behind the request that this brain asked back about."""
    said = _request(last)
    before = [message for message in messages if message is not last]
    asked = before[-1] if before else None
    if not isinstance(asked, AIMessage) or asked.tool_calls or len(said.split()) > SHORT_ANSWER:
        return said
    requests = [message for message in before if isinstance(message, HumanMessage)]
    return f"{_request(requests[-1])} {said}" if requests and is_question(asked.text) else said


def _earlier(messages: Sequence[BaseMessage]) -> Earlier | None:
    """Give the last call of an earlier turn."""
    for message in reversed(messages):
        if isinstance(message, AIMessage) and message.tool_calls:
            call = message.tool_calls[-1]
            return Earlier(call["name"], call["args"])
    return None


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Pass on whole sentences only, so that the limit never cuts one in the middle."""
    waiting, said = "", False
    for piece in pieces:
        waiting += piece
        while end := re.search(r"[.!?。！？](?:\s+|(?<=[。！？]))", waiting):
            said = True
            yield waiting[: end.end()]
            waiting = waiting[end.end() :]
    if waiting and (not said or waiting.rstrip().endswith((".", "!", "?", "。", "！", "？"))):
        yield waiting
