"""Tokens and cost of a conversation, as far as its events tell them."""

from collections.abc import Sequence
from typing import Any

from agent.events import Event
from evals.results import Used


def used(events: Sequence[Event]) -> Used:
    """Add up what events of the kind `usage` tell; a local model tells no tokens."""
    return sum((_of(event) for event in events if event.event == "usage"), Used())


def _of(event: Any) -> Used:
    tokens = getattr(event, "input", 0), getattr(event, "output", 0)
    if not any(tokens):
        return Used()
    return Used(*tokens, getattr(event, "cost", None))
