"""Where a conversation stands: the request, what was done of it, what is left, what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import ToolCall

from agent.brains.earlier import Carried, Earlier
from agent.brains.intents import MAKERS
from agent.thinking import ASKS

NOTE = "step"
GOES_ON = frozenset({"done", "pending"})
LOOKING = frozenset({"search_assets", "find_similar"})


@dataclass(frozen=True, slots=True)
class Step:
    """One request of several: its text, its place from 1, and what comes after it.

    `language` is that of the whole request, which tells more than a few words do.
    """

    text: str
    left: tuple[str, ...] = ()
    number: int = 1
    language: str = ""

    @property
    def total(self) -> int:
        """Count the steps of the whole request."""
        return self.number + len(self.left)

    @property
    def next(self) -> "Step":
        """Give the step after this one; IndexError when it is the last."""
        return replace(self, text=self.left[0], left=self.left[1:], number=self.number + 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: which tool was meant, with which arguments, and for which step.

    `key` names the question in the wording; it is empty when the tool itself asked.
    """

    key: str
    tool: str
    arguments: Mapping[str, Any]
    step: Step


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the person: its key in the wording, for which tool, its words, between what."""

    key: str
    tool: str
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a brain knows when it is its turn."""

    request: str = ""
    screen: object = None
    earlier: Earlier | None = None
    step: Step | None = None
    asked: Asked | None = None
    carried: Carried | None = None
    stopped: bool = False
    acted: bool = False


def noted(step: Step, question: Question | None = None) -> dict[str, Any]:
    """Write what a later turn has to know into a message of the brain."""
    note: dict[str, Any] = {
        "text": step.text,
        "left": list(step.left),
        "number": step.number,
        "language": step.language,
    }
    if question is None:
        return {NOTE: note}
    put = {"text": question.text, "candidates": list(question.candidates)}
    return {NOTE: note | {"asked": question.key, "tool": question.tool}, ASKS: put}


def read_standing(messages: Sequence[BaseMessage]) -> Standing:
    """Read the messages of a conversation; the last is a request or the answer to a call."""
    place = next(
        (i for i in reversed(range(len(messages))) if isinstance(messages[i], HumanMessage)), -1
    )
    if place < 0:
        return Standing()
    human, before, since = messages[place], messages[:place], messages[place + 1 :]
    here = Standing(_said(human), human.additional_kwargs.get("screen"), _earlier(messages))
    last = messages[-1]
    if not isinstance(last, ToolMessage):
        return replace(here, asked=_open_question(before))
    called = next(message for message in reversed(since) if isinstance(message, AIMessage))
    return replace(
        here,
        step=_step(called),
        carried=_carried(since),
        stopped=_stopped(called, last),
        acted=True,
    )


def left_over(messages: Sequence[BaseMessage]) -> Step | None:
    """Give the step that a turn ended on when it leaves others undone."""
    said = list(messages)
    while said and isinstance(said[-1], AIMessage) and not (said[-1].text or said[-1].tool_calls):
        # With nothing the brain ended the turn.
        said.pop()
    standing = read_standing(said)
    if not standing.acted or _is_question(said[-1]):
        return None
    return standing.step if standing.step and standing.step.left else None


def _said(message: BaseMessage) -> str:
    """Give what the person typed, without the screen that may be written below it."""
    return str(message.additional_kwargs.get("request") or message.text)


def _step(message: AIMessage) -> Step | None:
    note = message.additional_kwargs.get(NOTE)
    if not isinstance(note, Mapping):
        return None
    left = tuple(str(text) for text in note["left"])
    language = str(note.get("language") or "")
    return Step(str(note["text"]), left, int(note["number"]), language)


def _earlier(messages: Sequence[BaseMessage]) -> Earlier | None:
    """Give the last call."""
    answered: dict[str, ToolMessage] = {}
    for message in reversed(messages):
        if isinstance(message, ToolMessage):
            answered[message.tool_call_id] = message
        if isinstance(message, AIMessage) and message.tool_calls:
            call = message.tool_calls[-1]
            if call["name"] == "undo":
                # What was taken back is no more; before it stands what is spoken of.
                continue
            return _call(call, answered.get(str(call["id"])))
    return None


def _call(call: ToolCall, answer: ToolMessage | None) -> Earlier:
    about = answer.additional_kwargs.get("about", ()) if answer else ()
    return Earlier(call["name"], call["args"], tuple(str(name) for name in about))


def _open_question(before: Sequence[BaseMessage]) -> Asked | None:
    """Give the question that the message before the request ended in."""
    last = before[-1] if before else None
    if isinstance(last, AIMessage) and last.additional_kwargs.get(NOTE, {}).get("asked"):
        note, step = last.additional_kwargs[NOTE], _step(last)
        return Asked(note["asked"], note["tool"], {}, step) if step else None
    if isinstance(last, ToolMessage) and _is_question(last):
        called = next(one for one in reversed(before) if isinstance(one, AIMessage))
        step, call = _step(called), called.tool_calls[-1]
        return Asked("", call["name"], call["args"], step) if step else None
    return None


def _is_question(message: BaseMessage) -> bool:
    return message.additional_kwargs.get("outcome") == "question"


def _found(message: ToolMessage) -> tuple[str, ...]:
    return tuple(str(name) for name in message.additional_kwargs.get("assets", ()))


def _stopped(called: AIMessage, answer: ToolMessage) -> bool:
    outcome = answer.additional_kwargs.get("outcome", "done")
    nothing = called.tool_calls[-1]["name"] in LOOKING and not _found(answer)
    return outcome not in GOES_ON or nothing


def _carried(since: Sequence[BaseMessage]) -> Carried:
    """Give the assets that this turn is about so far, and the words that they were found by."""
    ids: tuple[str, ...] = ()
    query = ""
    sources: tuple[str, ...] = ()
    calls = [message for message in since if isinstance(message, AIMessage) and message.tool_calls]
    answers = [message for message in since if isinstance(message, ToolMessage)]
    for called, answer in zip(calls, answers, strict=False):
        earlier = _call(called.tool_calls[-1], answer)
        found = _found(answer) or earlier.ids
        if found:
            ids = found
            looked = earlier.tool in LOOKING
            query = str(earlier.arguments.get("query") or "") if looked else ""
            sources = earlier.ids if earlier.tool in MAKERS else ()
    return Carried(ids, query, sources)
