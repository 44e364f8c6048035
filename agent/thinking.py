"""One answer of a brain: asked for with patience, streamed to the person, read strictly."""

import json
import math
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
)
from langchain_core.messages.ai import add_ai_message_chunks

from agent import calls
from agent.events import Event, Progress, Text
from tools.core.spending import Use

# The question that a message of a brain puts to the person, with the assets it is between.
ASKS = "question"
# What a brain writes into its own messages for its next turn.
NOTES = ("step", ASKS)
# The calls of a message whose arguments were no whole JSON.
GARBLED = "garbled"
# Text has four bytes a token or more in most languages; counting fewer errs on the safe side.
BYTES_A_TOKEN = 3.5

Write = Callable[[Event], None]
Wait = Callable[[threading.Event, float], bool]
"""Waits some seconds, or until the event is set; tells whether it was."""


class BrokenOff(Exception):
    """The stream of an answer ended before the answer did."""


class Empty(Exception):
    """The answer holds neither words nor calls."""


class Filtered(Exception):
    """The endpoint's content filter held the answer back."""


class NoEndpoint(Exception):
    """Something answered that does not speak the protocol."""


@dataclass(frozen=True, slots=True)
class Pause:
    """How many seconds to wait before a request is tried again, and why."""

    seconds: float
    why: str


class Remote(Protocol):
    """A model at an endpoint that is paid for and that may fail."""

    @property
    def model(self) -> str:
        """Name the model."""
        ...

    @property
    def host(self) -> str:
        """Name the endpoint."""
        ...

    def pause(self, error: Exception, tries: int) -> Pause | None:
        """Say how long to wait after `tries` failed attempts; None when trying is no use."""
        ...

    def too_long(self, error: Exception) -> bool:
        """Tell whether the conversation did not fit into the model's context."""
        ...


class Streams(Protocol):
    """A model, or one with tools bound to it."""

    def stream(self, input: Any) -> Iterator[Any]:
        """Answer piece by piece."""
        ...


class Stopped(Exception):
    """The person stopped the turn."""


class Asking:
    """Asks a model for one answer and shows the person how it comes.

    `size` is how many tokens its tools take; `use` is what all attempts used.
    """

    def __init__(
        self,
        write: Write,
        stopped: threading.Event,
        size: int = 0,
        wait: Wait = threading.Event.wait,
    ) -> None:
        self._write = write
        self._stopped = stopped
        self._size = size
        self._wait = wait
        self._shown = False
        self.use = Use()

    def ask(
        self, model: Streams, messages: Sequence[BaseMessage], remote: Remote | None
    ) -> AIMessage:
        """Give the answer, after as many attempts as make sense.

        A call is carried out only when its whole answer has come, so a repeated request repeats
        no effect. Raises what the last attempt raised.
        """
        tries = 0
        while True:
            try:
                return self._once(model, messages, remote)
            except Exception as error:
                tries += 1
                pause = remote.pause(error, tries) if remote else None
                if pause is None and remote and remote.too_long(error) and not _bare(messages):
                    messages, pause = bare(messages), Pause(0.0, "Leaving older messages out")
                if pause is None:
                    raise
                self._bide(pause)

    def _once(
        self, model: Streams, messages: Sequence[BaseMessage], remote: Remote | None
    ) -> AIMessage:
        pieces: list[AIMessageChunk] = []
        try:
            self._stream(model, messages, pieces)
        except ValueError as error:
            # What comes is no protocol at all, or stops being one in the middle.
            if remote is None:
                raise
            raise (BrokenOff if pieces else NoEndpoint) from error
        finally:
            whole = add_ai_message_chunks(pieces[0], *pieces[1:]) if pieces else None
            if whole:
                self.use += self._used(whole, messages, remote)
        if remote:
            _checked(whole, messages)
        return AIMessage("") if whole is None else read(whole)

    def _stream(
        self, model: Streams, messages: Sequence[BaseMessage], pieces: list[AIMessageChunk]
    ) -> None:
        begun = False
        for chunk in model.stream(list(messages)):
            assert isinstance(chunk, AIMessageChunk)
            if chunk.text:
                self._show(calls.whole(str(chunk.text)), again=not begun)
                begun = True
            pieces.append(chunk)
            if self._stopped.is_set():
                raise Stopped

    def _used(
        self, answer: AIMessageChunk, messages: Sequence[BaseMessage], remote: Remote | None
    ) -> Use:
        """Count what an answer used; what the endpoint does not say is estimated."""
        usage = answer.usage_metadata
        if usage is None:
            if remote is None:
                return Use(calls=1)
            said = str(answer.content) + "".join(c["args"] or "" for c in answer.tool_call_chunks)
            asked = self._size + estimated(messages)
            return Use(1, asked, tokens_of(said), unreported=1)
        details: Mapping[str, Any] = usage.get("input_token_details") or {}
        return Use(
            1,
            usage["input_tokens"],
            usage["output_tokens"],
            cached=int(details.get("cache_read") or 0),
            written=int(details.get("cache_creation") or 0),
        )

    def _show(self, text: str, *, again: bool) -> None:
        if again and self._shown:
            self._write(Text("\n\nThe answer broke off; once more:\n\n"))
        self._shown = True
        self._write(Text(text))

    def _bide(self, pause: Pause) -> None:
        """Wait, saying so each second, unless the person stops it."""
        for left in range(math.ceil(pause.seconds), 0, -1):
            self._write(Progress(f"{pause.why}; trying again in {left} s"))
            if self._wait(self._stopped, min(1.0, pause.seconds)):
                raise Stopped
        self._write(Progress(f"{pause.why}; trying again"))


def read(chunk: AIMessageChunk) -> AIMessage:
    """Give the whole answer, with arguments only where they are whole JSON.

    The chunks themselves would complete what was cut off, and half a list of tags is a wrong one.
    """
    # Some brains are made to spell half letters, which no checkpoint can hold.
    content = calls.whole(chunk.content) if isinstance(chunk.content, str) else chunk.content
    noted: dict[str, Any] = {
        key: chunk.additional_kwargs[key] for key in NOTES if key in chunk.additional_kwargs
    }
    garbled: list[str] = []
    asked = []
    for number, call in enumerate(chunk.tool_call_chunks):
        name, call_id = call.get("name") or "", call.get("id") or f"call_{number}"
        arguments = _arguments(call.get("args"))
        if arguments is None or not name:
            garbled.append(call_id)
        asked.append({"name": name or "unnamed", "args": arguments or {}, "id": call_id})
    if garbled:
        noted[GARBLED] = garbled
    usage = chunk.usage_metadata
    return AIMessage(content, tool_calls=asked, usage_metadata=usage, additional_kwargs=noted)


def estimated(messages: Sequence[BaseMessage]) -> int:
    """Estimate the tokens of messages from above."""
    return sum(
        tokens_of(str(message.content))
        + (tokens_of(json.dumps(message.tool_calls)) if isinstance(message, AIMessage) else 0)
        for message in messages
    )


def tokens_of(text: str) -> int:
    """Estimate the tokens of a text from above."""
    return math.ceil(len(text.encode("utf-8", "replace")) / BYTES_A_TOKEN)


def bare(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """Keep what the brain is told first, and the last request with what followed it."""
    last = max(i for i, message in enumerate(messages) if isinstance(message, HumanMessage))
    return [m for m in messages[:last] if isinstance(m, SystemMessage)] + [*messages[last:]]


def _bare(messages: Sequence[BaseMessage]) -> bool:
    return len(bare(messages)) == len(messages)


def _checked(whole: AIMessageChunk | None, messages: Sequence[BaseMessage]) -> None:
    """Raise for an answer that is none."""
    ended = whole.response_metadata.get("finish_reason") if whole else None
    if whole is None or not ended:
        raise BrokenOff
    if ended == "content_filter":
        raise Filtered
    # After a tool's reply there may be nothing left to say.
    begins = isinstance(messages[-1], HumanMessage)
    if begins and not whole.text.strip() and not whole.tool_call_chunks:
        raise Empty


def _arguments(written: str | None) -> dict[str, Any] | None:
    try:
        found = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return None
    return calls.encodable(found) if isinstance(found, dict) else None
