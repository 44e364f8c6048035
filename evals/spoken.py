"""What the agent said in its answers, put together from the pieces that events carry."""

from collections.abc import Sequence

from agent.events import Event, Question, ReceiptGiven, RefusedCall, Text


def answers(events: Sequence[Event]) -> list[str]:
    """List what was said; pieces of a text that follow each other are one."""
    found: list[str] = []
    going_on = False
    for event in events:
        match event:
            case Text():
                found[-1:] = [found[-1] + event.text] if going_on else [*found[-1:], event.text]
            case Question() | RefusedCall() | ReceiptGiven():
                found.append(event.text)
            case _:
                pass
        going_on = isinstance(event, Text)
    return found
