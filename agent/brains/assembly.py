"""Builds the brain that the settings choose, the one piece that knows every kind."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence

from langchain_core.messages import convert_to_messages

from agent.brain_room import BrainRoom
from agent.brains.engine import Engine
from agent.brains.local import build_local_brain
from agent.brains.offering import offered
from agent.graph import Brain
from agent.settings import Settings
from agent.thinking import Asking, Wait, estimated
from agent.usage import ASKER, Meter
from agent.views import Report
from agent.writer import ModelWriter
from prompts import library
from tools.core.channels import Channels
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.ports import Clock, TextEmbedder, Writer

SMALL = "chat-brain-small"
ENOUGH_MEMORY = 4_000_000_000


class Parts:
    """What brains are made from; `engine` raises Fixable when the model file is not there.

    `memory` tells how many bytes are free, or None.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        embedder: TextEmbedder,
        engine: Callable[[], Engine],
        channels: Channels,
        clock: Clock,
        memory: Callable[[], int | None] = lambda: None,
    ) -> None:
        self.settings = settings
        self.memory = memory
        self.embedder = embedder
        self.engine = engine
        self.channels = channels
        self.clock = clock

    def about(self, viewer: Viewer) -> str:
        """Word whom a model serves and on which day, as the day is on this machine."""
        today = self.clock.now().astimezone()
        return library.fill("about", person=viewer.name, today=f"{today:%A, %d %B %Y}")


def brain_of(parts: Parts, report: Report) -> Brain:
    """Build the chosen brain.

    Raises Fixable when it cannot be built, saying what to do.
    """
    settings = parts.settings
    if settings.brain_kind == "openai":
        # Its client library takes longer to import than all the rest together.
        from agent.brains.openai import Endpoint, build_openai_brain  # noqa: PLC0415

        key = settings.openai_api_key
        model = build_openai_brain(
            model=settings.openai_model,
            key=key.get_secret_value() if key else None,
            base_url=settings.openai_base_url,
        )
        remote = Endpoint(settings.openai_model, settings.openai_base_url)
        return Brain(model, offered(), parts.about, system=library.system(), remote=remote)
    return _local(parts, report)


def explain(error: Exception) -> str | None:
    """Word a failure of a remote endpoint in one line; None for any other error."""
    if "openai" not in sys.modules:
        return None
    from agent.brains.openai import explain as in_a_line  # noqa: PLC0415 - see brain_of

    return in_a_line(error)


def writer_of(room: BrainRoom, meter: Meter, wait: Wait = threading.Event.wait) -> Writer:
    """Give a writer that words with the model of the room, once that is built."""
    return ModelWriter(_Voice(room, meter, wait), name="the chat model", available=room.speaks)


def too_little_memory(settings: Settings, free: int | None) -> str:
    """Offer the smaller model where the usual one would crowd the machine; empty otherwise."""
    if settings.brain_kind != "local" or settings.local_model == SMALL or free is None:
        return ""
    if free >= ENOUGH_MEMORY:
        return ""
    return (
        f"Only {free / 1e9:.1f} GB of memory is free: DALM_LOCAL_MODEL={SMALL} needs a third of "
        f"the usual model (dalm models fetch {SMALL})"
    )


def _local(parts: Parts, report: Report) -> Brain:
    report(0, 0, "reading the worked examples")
    if short := too_little_memory(parts.settings, parts.memory()):
        report(0, 0, short)
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
    return Brain(model, offered(), parts.about, model.warm_up, reduced, undone=model.undone)


class _Voice:
    """Lets the writer speak through whatever model is in the room."""

    def __init__(self, room: BrainRoom, meter: Meter, wait: Wait) -> None:
        self._room = room
        self._meter = meter
        self._wait = wait

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        """Answer with at most `limit` tokens, charged to whoever asked for the text.

        Raises Fixable, saying what to do, when the endpoint of the model fails.
        """
        brain = self._room.get()
        model = brain.plain
        engine: Engine | None = getattr(model, "engine", None)
        if engine is not None:
            yield from engine.chat(messages, limit)
            return
        asked = convert_to_messages(list(messages))
        asking = Asking(lambda _: None, threading.Event(), wait=self._wait)
        if brain.remote is None:
            yield asking.ask(model, asked, None).text
            return
        held = self._meter.hold(ASKER.get(), brain.remote, estimated(asked))
        try:
            yield asking.ask(model.bind(max_tokens=limit), asked, brain.remote).text
        except Exception as error:
            if line := explain(error):
                raise Fixable(line) from error
            raise
        finally:
            self._meter.settle(held, asking.use)
