"""Builds the brain that the settings choose, the one piece that knows every kind."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.utils.function_calling import convert_to_openai_tool

from agent.brain_room import BrainRoom
from agent.brains.engine import Engine
from agent.brains.local import build_local_brain
from agent.graph import Brain
from agent.settings import Settings
from agent.views import Report
from agent.writer import ModelWriter
from prompts import library
from tools.core.channels import Channels
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.ports import Clock, TextEmbedder, Writer
from tools.registry import REGISTRY


class Parts:
    """What brains are made from; `engine` raises Fixable when the model file is not there."""

    def __init__(
        self,
        *,
        settings: Settings,
        embedder: TextEmbedder,
        engine: Callable[[], Engine],
        channels: Channels,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.embedder = embedder
        self.engine = engine
        self.channels = channels
        self.clock = clock

    def system(self, viewer: Viewer) -> str:
        """Word what a model is told; it changes with the person and the day only."""
        return library.system(person=viewer.name, today=f"{self.clock.now():%A, %d %B %Y}")


def offered() -> list[Mapping[str, Any]]:
    """Describe every tool as models read it: schemas from the code, words from the prompts."""
    return [_described(convert_to_openai_tool(spec.tool)) for spec in REGISTRY]


def brain_of(parts: Parts, report: Report) -> Brain:
    """Build the chosen brain.

    Raises Fixable when it cannot be built, saying what to do.
    """
    settings = parts.settings
    if settings.brain_kind == "openai":
        # Its client library takes longer to import than all the rest together.
        from agent.brains.openai import build_openai_brain  # noqa: PLC0415

        key = settings.openai_api_key
        model = build_openai_brain(
            model=settings.openai_model,
            key=key.get_secret_value() if key else None,
            base_url=settings.openai_base_url,
        )
        return Brain(model, offered(), parts.system)
    return _local(parts, report)


def explain(error: Exception) -> str | None:
    """Word a failure of a remote endpoint in one line; None for any other error."""
    if "openai" not in sys.modules:
        return None
    from agent.brains.openai import explain as in_a_line  # noqa: PLC0415 - see brain_of

    return in_a_line(error)


def writer_of(room: BrainRoom) -> Writer:
    """Give a writer that words with the model of the room, once that is built."""
    return ModelWriter(_Voice(room), name="the chat model", available=room.speaks)


def _local(parts: Parts, report: Report) -> Brain:
    report(0, 0, "reading the worked examples")
    reduced, engine = "", None
    try:
        engine = parts.engine()
    except Fixable as missing:
        reduced = f"{missing} Until then requests are understood by rules alone."
    model = build_local_brain(
        embedder=parts.embedder,
        engine=engine,
        channels=parts.channels,
        cache=parts.settings.home / "brain",
    )
    return Brain(model, offered(), parts.system, model.warm_up if engine else None, reduced)


def _described(schema: dict[str, Any]) -> Mapping[str, Any]:
    function = schema["function"]
    text = library.tool(function["name"])
    function["description"] = text.description
    for name, shape in function["parameters"]["properties"].items():
        if name in text.arguments:
            shape["description"] = text.arguments[name]
    return schema


class _Voice:
    """Lets the writer speak through whatever model is in the room."""

    def __init__(self, room: BrainRoom) -> None:
        self._room = room

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        """Answer with at most `limit` tokens."""
        model = self._room.get().plain
        engine: Engine | None = getattr(model, "engine", None)
        if engine is not None:
            yield from engine.chat(messages, limit)
            return
        assert isinstance(model, BaseChatModel)
        for chunk in model.stream(list(messages), max_tokens=limit):
            yield str(chunk.text)
