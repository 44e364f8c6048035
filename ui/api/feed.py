"""Streams: what blocking work gives, line by line, until it ends or nobody listens any more."""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import suppress
from typing import TypeVar

from fastapi import Response
from fastapi.responses import StreamingResponse

from agent.views import Report
from ui.api.wire import Failure, encoded, failure

AHEAD = 32

Item = TypeVar("Item")
Put = Callable[[bytes | Failure], None]
Work = Callable[[Put], None]


class Gone(BaseException):
    """Nobody listens any more; not an Exception, so that no step swallows it and goes on."""


async def stream(work: Work) -> Response:
    """Answer with the lines of the work; a failure before the first is an answer of its own."""
    lines = feed(work)
    first = await anext(lines, b"")
    if isinstance(first, Failure):
        return first.response()
    return StreamingResponse(_after(first, lines), media_type="application/x-ndjson")


def each(items: Callable[[], Iterator[Item]], document: Callable[[Item], object]) -> Work:
    """Make work out of an iterator, which is closed when nobody listens any more."""

    def work(put: Put) -> None:
        found = items()
        try:
            for item in found:
                put(encoded(document(item)) + b"\n")
        finally:
            if isinstance(found, Generator):
                found.close()

    return work


def reported(task: Callable[[Report], object]) -> Work:
    """Make work out of a task that reports its progress; its result is the last line."""

    def work(put: Put) -> None:
        def report(done: int, total: int, note: str) -> None:
            put(encoded({"done": done, "total": total, "note": note}) + b"\n")

        put(encoded({"result": task(report)}) + b"\n")

    return work


async def feed(work: Work) -> AsyncGenerator[bytes | Failure]:
    """Run the work in one thread from first to last, at most AHEAD lines before its reader."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[bytes | Failure | None] = asyncio.Queue()
    room = threading.Semaphore(AHEAD)
    gone = threading.Event()

    def hand_over(line: bytes | Failure | None) -> None:
        with suppress(RuntimeError):  # the loop has been closed: nobody is left to tell
            loop.call_soon_threadsafe(waiting.put_nowait, line)

    def put(line: bytes | Failure) -> None:
        room.acquire()
        if gone.is_set():
            raise Gone
        hand_over(line)

    def run() -> None:
        try:
            work(put)
        except Gone:
            pass
        except Exception as error:  # noqa: BLE001 - this is the edge: it is worded and logged
            hand_over(failure(error))
        hand_over(None)

    threading.Thread(target=run, name="dalm-stream", daemon=True).start()
    try:
        while (line := await waiting.get()) is not None:
            room.release()
            yield line
    finally:
        gone.set()
        room.release()


async def _after(first: bytes, rest: AsyncGenerator[bytes | Failure]) -> AsyncIterator[bytes]:
    try:
        yield first
        async for line in rest:
            yield line.line() if isinstance(line, Failure) else line
    finally:
        await rest.aclose()
