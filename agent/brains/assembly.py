"""Builds the brain that the settings choose, the one piece that knows every kind."""

from collections.abc import Callable, Sequence
from typing import Any

from agent.brain_room import BrainRoom
from agent.graph import Brain
from agent.settings import Settings
from agent.views import Report
from tools.core.ports import TextEmbedder, Writer


def brain_of(
    settings: Settings,
    tools: Sequence[Any],
    llama: Callable[[str], Any],
    embedder: Callable[[], TextEmbedder],
    report: Report,
) -> Brain:
    """Build it."""
    raise NotImplementedError


def writer_of(brain: BrainRoom) -> Writer | None:
    """Give a writer."""
    return None


def explain(error: Exception) -> str | None:
    """Word."""
    return None
