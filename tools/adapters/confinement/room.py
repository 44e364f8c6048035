"""The room where files are read: a few processes under limits, replaced when one dies."""

import queue
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.adapters.confinement.letters import Letter, receive, send
from tools.core.errors import Fixable

ROOT = Path(__file__).resolve().parents[3]
GIGABYTE = 1 << 30
DIED = (
    "The program that opens such files broke off at this one, so it was left out. "
    "Export it again, then add it once more."
)
TOO_LONG = "It took too long to open, so it was left out. Export it simpler, then add it again."
_CODE = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from tools.adapters.confinement.reader import serve; serve({memory}, {seconds})"
)
# A reader is replaced now and then, so that what decoders leak does not add up.
_LIFE = 500


class ReadingRoom:
    """Lends readers to whoever asks; safe for several threads."""

    def __init__(self, readers: int = 2, memory: int = 4 * GIGABYTE, seconds: int = 120) -> None:
        self._seconds = seconds
        self._code = _CODE.format(root=str(ROOT), memory=memory, seconds=seconds + 5)
        self._living: list[_Reader] = []
        self._free: queue.LifoQueue[_Reader | None] = queue.LifoQueue()
        for _ in range(readers):
            self._free.put(None)
        weakref.finalize(self, _end, self._living)

    def ask(self, call: str, path: Path, **arguments: Any) -> Letter:
        """Let a reader carry out a call on a file.

        Raises Fixable when the file is bad, costs too much or kills its reader, OSError when it
        cannot be reached.
        """
        reader = self._free.get()
        try:
            if reader is None or reader.calls >= _LIFE:
                reader = self._replaced(reader)
            letter = reader.ask(Letter({"call": call, "path": str(path), **arguments}))
        except BaseException:
            # Also when whoever asked was interrupted: the answer on its way fits no later request.
            self._drop(reader)
            reader = None
            raise
        finally:
            self._free.put(reader)
        return _checked(letter)

    def close(self) -> None:
        """End every reader."""
        _end(self._living)

    def _replaced(self, old: "_Reader | None") -> "_Reader":
        self._drop(old)
        fresh = _Reader(self._code, self._seconds)
        self._living.append(fresh)
        return fresh

    def _drop(self, reader: "_Reader | None") -> None:
        if reader is not None:
            reader.end()
            with suppress(ValueError):
                self._living.remove(reader)


class _Reader:
    """One process that reads."""

    def __init__(self, code: str, seconds: int) -> None:
        self._seconds = seconds
        self.calls = 0
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and code)
            [sys.executable, "-P", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, letter: Letter) -> Letter:
        """Send a request and wait for its answer.

        Raises Fixable when the process dies or takes too long; it is no more to be used then.
        """
        self.calls += 1
        late = threading.Event()
        timer = threading.Timer(self._seconds, self._stop, [late])
        timer.daemon = True
        timer.start()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            send(self.process.stdin, letter)
            answer = receive(self.process.stdout)
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            raise Fixable(TOO_LONG if late.is_set() else DIED)
        return answer

    def end(self) -> None:
        """Kill the process and close what led to it."""
        self.process.kill()
        self.process.wait()
        for channel in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if channel is not None:
                    channel.close()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()


def _end(living: list[_Reader]) -> None:
    while living:
        living.pop().end()


def _checked(letter: Letter) -> Letter:
    head = letter.head
    if "fixable" in head:
        raise Fixable(str(head["fixable"]))
    if "errno" in head:
        raise OSError(int(head["errno"]), str(head["why"]))
    if "bug" in head:
        raise RuntimeError(f"a reader failed:\n{head['bug']}")
    return letter
