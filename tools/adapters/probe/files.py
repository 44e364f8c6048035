"""Opening regular files only: nothing that would wait, answer or act when it is opened."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tools.core.errors import Fixable

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@contextmanager
def opened_regular(path: Path) -> Iterator[BinaryIO]:
    """Lend a regular file for reading.

    Raises Fixable for a missing, unreadable, empty or special file; never waits for a pipe.
    """
    try:
        _check(path.stat())
        # Something else may lie there by now; without blocking, a pipe opens and is refused below.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except PermissionError as error:
        raise Fixable("This file may not be read. Give the account read access to it.") from error
    except FileNotFoundError as error:
        raise Fixable("The file is gone. Check where it was moved to.") from error
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise Fixable(f"The file cannot be opened ({reason}). Check the disk and path.") from error
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(file.fileno())
        _check(facts)
        if facts.st_size == 0:
            raise Fixable("The file is empty (0 bytes). Copy or export it again.")
        yield file


def _check(facts: os.stat_result) -> None:
    if stat.S_ISREG(facts.st_mode):
        return
    kind = next((name for test, name in _KINDS if test(facts.st_mode)), "no ordinary file")
    raise Fixable(f"This is {kind}, not a file with content. Leave it out.")
