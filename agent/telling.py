"""What a brain is told: the messages of a conversation, in an order that only ever grows."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from agent import screen as screens
from agent.screen import ScreenState
from agent.thinking import estimated
from prompts import library
from tools.core.assets import Asset

# A conversation is cut to half of this at once and not a little each turn, because each cut makes
# an endpoint read all of it anew.
KEPT_MESSAGES = 40
KEPT_TOKENS = 12_000


@dataclass(frozen=True, slots=True)
class Request:
    """The last request: whom the brain serves, the screen as it was then, and as it is now."""

    about: str
    began: ScreenState
    screen: ScreenState
    assets: Sequence[Asset]


def told(messages: Sequence[AnyMessage], request: Request) -> list[AnyMessage]:
    """Give the recent messages, the last request with the screen that its words point at.

    Within a turn the words stay as they were, so that a prompt cache goes on from there.
    """
    recent = fitting(_answered(messages), KEPT_MESSAGES, KEPT_TOKENS)
    last = max(i for i, message in enumerate(recent) if isinstance(message, HumanMessage))
    human = recent[last]
    since = str(human.additional_kwargs.get("since", ""))
    around = library.fill(
        "around", about=request.about, screen=screens.in_words(request.began, request.assets)
    )
    if since:
        around += f"\nSince the last message:\n{since}"
    recent[last] = HumanMessage(
        f"{human.text}\n\n{around}",
        additional_kwargs={
            "screen": screens.described(request.screen, request.assets),
            "request": str(human.text),
        },
    )
    return recent


def surplus(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Give what a conversation that has become too long may forget."""
    if len(messages) <= KEPT_MESSAGES and estimated(messages) <= KEPT_TOKENS:
        return []
    kept = fitting(messages, KEPT_MESSAGES // 2, KEPT_TOKENS // 2)
    return list(messages[: len(messages) - len(kept)])


def fitting(messages: Sequence[AnyMessage], number: int, tokens: int) -> list[AnyMessage]:
    """Give the newest turns that fit, whole; the last one always, however long it is."""
    starts = [i for i, message in enumerate(messages) if isinstance(message, HumanMessage)]
    for start in starts:
        kept = messages[start:]
        if len(kept) <= number and estimated(kept) <= tokens:
            return list(kept)
    return list(messages[starts[-1] if starts else 0 :])


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
