"""The exiftool program, kept open: one process that is asked again and again."""

import itertools
import os
import resource
import shutil
import subprocess
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tools.core.errors import Fixable

MISSING = "exiftool is not installed (on Debian and Ubuntu: apt install libimage-exiftool-perl)"
DIED = "exiftool broke off at this file"
TOO_LONG = "exiftool took too long with this file"
GIGABYTE = 1 << 30
_CONFIG = Path(__file__).with_name("exiftool.config")
_MOST_SAID = 100_000


class ExifTool:
    """Runs commands one after the other; safe for several threads.

    The program is started when it is first asked, with our configuration in place of the person's,
    which would be code of theirs, and is killed when it takes too long or too much memory.
    """

    def __init__(self, program: str = "exiftool", seconds: int = 120) -> None:
        self._program = program
        self._seconds = seconds
        self._alone = threading.Lock()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._living: list[subprocess.Popen[bytes]] = []
        weakref.finalize(self, _end, self._living)

    @property
    def installed(self) -> bool:
        """Tell whether the program is there."""
        return shutil.which(self._program) is not None

    def run(self, arguments: Sequence[str]) -> str:
        """Give what the program says to arguments, none of which may hold a line end.

        Raises Fixable when the program is missing, dies or takes too long.
        """
        if any("\n" in argument or "\r" in argument for argument in arguments):
            raise ValueError("an argument with a line end would be two")
        with self._alone:
            process = self._started()
            number = next(self._numbers)
            late = threading.Event()
            timer = threading.Timer(self._seconds, _stop, [process, late])
            timer.daemon = True
            timer.start()
            try:
                said = _asked(process, [*arguments, f"-execute{number}"], b"{ready%d}" % number)
            except BaseException:
                self._drop()
                raise
            finally:
                timer.cancel()
            if said is None:
                self._drop()
                raise Fixable(TOO_LONG if late.is_set() else DIED)
            return said

    def close(self) -> None:
        """End the program."""
        with self._alone:
            self._drop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._drop()
        program = shutil.which(self._program)
        if program is None:
            raise Fixable(MISSING)
        # Never -q: it keeps the mark back by which the end of an answer is known.
        self._process = subprocess.Popen(  # noqa: S603  (found on the path, arguments are ours)
            [program, "-config", str(_CONFIG), "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        )
        self._living.append(self._process)
        _limit(self._process.pid)
        return self._process

    def _drop(self) -> None:
        self._process = None
        _end(self._living)


def _asked(process: subprocess.Popen[bytes], lines: Sequence[str], mark: bytes) -> str | None:
    """Write the lines and read up to the mark; None when the program is gone."""
    assert process.stdin is not None
    assert process.stdout is not None
    said: list[bytes] = []
    try:
        process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        process.stdin.flush()
        while line := process.stdout.readline(_MOST_SAID):
            if line.strip() == mark:
                return b"".join(said).decode("utf-8", "replace")
            if len(said) < 1000:
                said.append(line)
    except (OSError, ValueError):
        pass
    return None


def _limit(pid: int) -> None:
    memory = 4 * GIGABYTE
    with suppress(OSError, ValueError):
        resource.prlimit(pid, resource.RLIMIT_AS, (memory, memory))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (64, 64))


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _end(living: list[subprocess.Popen[bytes]]) -> None:
    while living:
        process = living.pop()
        process.kill()
        process.wait()
        for channel in (process.stdin, process.stdout):
            with suppress(OSError):
                if channel is not None:
                    channel.close()
