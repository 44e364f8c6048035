"""A scripted OpenAI-compatible endpoint on loopback: streams text and fragmented tool calls."""

import json
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

FRAGMENT = 7


@dataclass(frozen=True)
class Answer:
    """What the endpoint says next: text, or parallel calls (name, arguments), or an HTTP error.

    Arguments given as text are sent as they are. `ends` is how a stream goes: whole, with an
    error in it, reset or closed in the middle. `page` is what an address answers that is no
    endpoint; `hangs_up` cuts the connection before any answer.
    """

    text: str = ""
    calls: Sequence[tuple[str, dict[str, Any] | str]] = ()
    status: int = 200
    error: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delay: threading.Event | None = None
    ends: Literal["whole", "error", "reset", "closed"] = "whole"
    finish: str = ""
    page: str = ""
    hangs_up: bool = False
    cached: int = 0
    silent: bool = False


class Endpoint:
    """Answers in order and remembers what it was asked; the last answer repeats."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.answers = list(answers)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.url = ""

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    answer: Answer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.endpoint.requests.append(json.loads(body))
        self.endpoint.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        answer = self.answer = self.endpoint.next()
        if answer.delay:
            answer.delay.wait(10)
        if answer.hangs_up:
            self._reset()
        elif answer.page:
            self._send(answer.page.encode(), answer.status, "text/html")
        elif answer.status != 200:
            self._send(json.dumps({"error": answer.error}).encode(), answer.status)
        elif self.endpoint.requests[-1].get("stream"):
            self._stream(answer)
        else:
            message = {"role": "assistant", "content": answer.text, **_whole(answer)}
            choice = {"index": 0, "message": message, "finish_reason": _finish(answer)}
            self._send(json.dumps({**HEAD, "choices": [choice], "usage": _usage(answer)}).encode())

    def _reset(self) -> None:
        """End the connection as a process does that dies."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def _send(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in self.answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, answer: Answer) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for delta in _deltas(answer):
            self._event([{"index": 0, "delta": delta, "finish_reason": None}])
            if answer.ends != "whole" and delta.get("content"):
                self._break_off(answer)
                return
        self._event([{"index": 0, "delta": {}, "finish_reason": _finish(answer)}])
        if not answer.silent:
            self._write({**HEAD, "choices": [], "usage": _usage(answer)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _break_off(self, answer: Answer) -> None:
        if answer.ends == "error":
            self._write({"error": {"message": "boom", "type": "server_error"}})
        elif answer.ends == "reset":
            self._reset()

    def _event(self, choices: list[dict[str, Any]]) -> None:
        self._write({**HEAD, "object": "chat.completion.chunk", "choices": choices})

    def _write(self, event: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def serve(*answers: Answer) -> Iterator[Endpoint]:
    """Run an endpoint on a free loopback port while the block lasts."""
    endpoint = Endpoint(answers)

    handler = type("Handler", (_Handler,), {"endpoint": endpoint})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


HEAD = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "scripted"}
USAGE = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}


def _usage(answer: Answer) -> dict[str, Any]:
    return {**USAGE, "prompt_tokens_details": {"cached_tokens": answer.cached}}


def _written(given: dict[str, Any] | str) -> str:
    return given if isinstance(given, str) else json.dumps(given)


def _finish(answer: Answer) -> str:
    if answer.finish:
        return answer.finish
    return "tool_calls" if answer.calls else "stop"


def _whole(answer: Answer) -> dict[str, Any]:
    if not answer.calls:
        return {}
    return {
        "tool_calls": [_call(i, name, _written(given)) for i, (name, given) in _numbered(answer)]
    }


def _call(place: int, name: str, given: str) -> dict[str, Any]:
    return {
        "index": place,
        "id": f"call_{place}",
        "type": "function",
        "function": {"name": name, "arguments": given},
    }


def _numbered(answer: Answer) -> list[tuple[int, tuple[str, dict[str, Any] | str]]]:
    return list(enumerate(answer.calls))


def _deltas(answer: Answer) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    for word in answer.text.split(" ") if answer.text else ():
        yield {"content": f"{word} "}
    for place, (name, _) in _numbered(answer):
        yield {"tool_calls": [_call(place, name, "")]}
    texts = [_written(given) for _, given in answer.calls]
    # Fragments of parallel calls come interleaved, as real endpoints send them.
    for start in range(0, max((len(text) for text in texts), default=0), FRAGMENT):
        for place, text in enumerate(texts):
            if part := text[start : start + FRAGMENT]:
                yield {"tool_calls": [{"index": place, "function": {"arguments": part}}]}
