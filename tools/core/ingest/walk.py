"""Walking files and folders in a fixed order, with a line for everything that is passed over."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.core.ingest.naming import readable
from tools.core.ingest.outcomes import FileStatus

# What computers leave in folders for themselves.
LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "lost+found"})
# Beside these lie the catalogue and the copies of a library, which change while they are read.
LIBRARY = frozenset({"checkpoints.db", "jobs.db"})
KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take in, or (with `status` and `reason`) something that is not."""

    path: Path
    status: FileStatus | None = None
    reason: str = ""


def walk(paths: Sequence[Path]) -> Iterator[Found]:
    """List files at and below the paths, each once, sorted by name within their folder."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _visit(Path(os.path.abspath(path)), seen, named=True)  # noqa: PTH100  (keeps links)


def _visit(path: Path, seen: set[tuple[int, int]], *, named: bool) -> Iterator[Found]:
    if not named and _hidden(path.name):
        yield Found(path, FileStatus.SKIPPED, "It is hidden.")
        return
    if not readable(path):
        yield Found(path, FileStatus.FAILED, "Its name is not valid UTF-8. Rename it, run again.")
        return
    try:
        facts = path.stat()
    except OSError as error:
        yield _unreachable(path, error)
        return
    mode = stat.S_IFMT(facts.st_mode)
    if mode == stat.S_IFDIR:
        yield from _enter(path, (facts.st_dev, facts.st_ino), seen)
    elif mode == stat.S_IFREG:
        yield Found(path)
    else:
        kind = KINDS.get(mode, "not a regular file")
        yield Found(path, FileStatus.SKIPPED, f"It is {kind}, not a file.")


def _enter(path: Path, identity: tuple[int, int], seen: set[tuple[int, int]]) -> Iterator[Found]:
    if identity in seen:
        yield Found(
            path, FileStatus.SKIPPED, "It leads back into a folder that was visited already."
        )
        return
    seen.add(identity)
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield _unreachable(path, error)
        return
    if LIBRARY.issubset(names):
        reason = "It is the data folder of a library, whose files are in it already."
        yield Found(path, FileStatus.SKIPPED, reason)
        return
    for name in names:
        yield from _visit(path / name, seen, named=False)


def _hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in LITTER


def _unreachable(path: Path, error: OSError) -> Found:
    if isinstance(error, PermissionError):
        reason = "There is no permission to read it. Change its permissions and run again."
        return Found(path, FileStatus.FAILED, reason)
    if path.is_symlink():
        return Found(path, FileStatus.SKIPPED, "It is a link that leads nowhere or to itself.")
    if isinstance(error, FileNotFoundError):
        return Found(
            path, FileStatus.FAILED, "There is nothing at this path. Check it for typing errors."
        )
    return Found(path, FileStatus.FAILED, f"It cannot be reached: {error.strerror}.")
