"""The local brain as a chat model: one tool call or one sentence for each request."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from string import Template
from typing import Annotated, Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
)
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict, SkipValidation

from agent.brains.arguments import Filler
from agent.brains.choosing import Chooser
from agent.brains.deciding import Decider, Decision
from agent.brains.engine import Engine
from agent.brains.likeness import TitleLikeness
from agent.brains.prefix import ROUNDS, Prefix
from agent.brains.probe import kept, trained
from agent.brains.screens import Screen, read_screen
from agent.brains.standing import (
    Question,
    Standing,
    Step,
    left_over,
    noted,
    read_standing,
)
from agent.brains.words import language_of
from prompts import examples, library
from prompts.examples import Example
from tools.core.channels import Channels
from tools.core.ports import Report, TextEmbedder

CHAT_LIMIT = 70
# About so many worked requests are fitted in ten seconds, and make a probe to begin with.
QUICK = 1500
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
        """Learn from all worked requests, and read the examples; usable meanwhile, but worse."""
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
            content=whole.content if whole else "",
            tool_calls=whole.tool_calls if whole else [],
            additional_kwargs=whole.additional_kwargs if whole else {},
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
        standing = read_standing(messages)
        screen = read_screen(standing.screen)
        if not standing.acted:
            yield from self._begin(standing, screen)
        elif standing.step and standing.step.left and not standing.stopped:
            yield from self._go_on(standing, standing.step.next, screen)
        else:
            # Results are worded by the tools' replies; this brain adds nothing to them.
            yield _chunk("")

    def undone(self, messages: Sequence[BaseMessage]) -> str:
        """Word which steps a turn that has ended leaves undone; empty when there are none."""
        step = left_over(messages)
        return self._stopped(step) if step else ""

    def _begin(self, standing: Standing, screen: Screen) -> Iterator[ChatGenerationChunk]:
        """Answer the open question, or begin with the first step of a new request."""
        if standing.asked:
            answer = self.decider.answer(standing.asked, standing.request, screen)
            if answer:
                yield from self._carry_out(answer, standing.asked.step)
                return
        first, *left = self.decider.steps(standing.request)
        language = language_of(standing.request)
        decision = self.decider.decide(first, screen, standing.earlier, language=language)
        yield from self._carry_out(decision, Step(first, tuple(left), language=language))

    def _go_on(
        self, standing: Standing, step: Step, screen: Screen
    ) -> Iterator[ChatGenerationChunk]:
        decision = self.decider.decide(
            step.text, screen, standing.earlier, standing.carried, language=step.language
        )
        yield from self._carry_out(decision, step)

    def _carry_out(self, decision: Decision, step: Step) -> Iterator[ChatGenerationChunk]:
        if decision.tool:
            if step.total > 1:
                yield _chunk(_announced(step, decision.language))
            yield self._call(decision, step)
            return
        if decision.asked:
            yield self._question(decision, step)
            return
        for piece in self._worded(step.text, decision):
            yield _chunk(piece)
        if step.left:
            yield _chunk(" " + self._stopped(step))

    def _question(self, decision: Decision, step: Step) -> ChatGenerationChunk:
        """Ask the person back, in a note that is shown as a question and not as talk."""
        question = Question(decision.asked, decision.chosen, decision.sentence, decision.candidates)
        note = noted(step, question)
        return ChatGenerationChunk(message=AIMessageChunk(content="", additional_kwargs=note))

    def _stopped(self, step: Step) -> str:
        steps = ", ".join(f"“{text}”" for text in step.left)
        words = library.wording(step.language or language_of(step.left[0]))["stopped"]
        return Template(words).substitute(steps=steps) + "\n"

    def _call(self, decision: Decision, step: Step) -> ChatGenerationChunk:
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
        message = AIMessageChunk(content="", tool_call_chunks=[call], additional_kwargs=noted(step))
        return ChatGenerationChunk(message=message)

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
    """Build the brain from the bank, or from other `rows`.

    `cache` is a folder for what is computed once; `engine` may be None to go without a model. A
    probe that is new is fitted to a part of the rows, and to all of them by `warm_up`.
    """
    known = tuple(rows) or examples.bank()
    fitted = kept(known, embedder, cache)
    if fitted is None and len(known) < QUICK:
        fitted = trained(known, embedder, cache)
    first = fitted or trained(known[:: 1 + len(known) // QUICK], embedder)
    centre = first.tool.centre[: embedder.dimensions]
    chooser = Chooser(
        probes=first,
        better=None if fitted else partial(trained, known, embedder, cache),
        embedder=embedder,
        engine=engine,
        prefix=Prefix(known, rounds),
    )
    filler = Filler(channels=channels, likeness=TitleLikeness(embedder, centre))
    decider = Decider(chooser=chooser, filler=filler)
    return LocalBrain(decider=decider, chooser=chooser, engine=engine)


def _chunk(text: str) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text))


def _announced(step: Step, language: str) -> str:
    """Say which step begins."""
    said = Template(library.wording(language)["step"])
    return said.substitute(number=step.number, total=step.total, step=step.text) + "\n"


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
