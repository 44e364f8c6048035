"""Putting finished files into a person's folder: all or nothing, and never over another file."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.core.errors import Fixable, Refused
from tools.core.originals import hash_of

MOST_TRIES = 1000
_CANNOT_LINK = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV})


def target_folder(name: str, guarded: Sequence[Path]) -> Path:
    """Give the folder to write into.

    Raises Fixable for what is no whole path, Refused for a folder that the library keeps for
    itself or publishes from.
    """
    if any(ord(letter) < 32 for letter in name):
        raise Fixable("The name of the folder holds a line break or another control character.")
    path, real = _reached(name)
    if not name.strip() or not path.is_absolute():
        raise Fixable("Name the folder by its whole path, such as ~/Pictures/for-print.")
    for place in guarded:
        inside = place.resolve()
        if real == inside or inside in real.parents:
            raise Refused(
                f"{path} belongs to the library itself, which publishes and keeps files there "
                "in ways of its own. Name a folder outside of it."
            )
    return path


def _reached(name: str) -> tuple[Path, Path]:
    """Give a path with the home folder in it, and where its links lead to in the end."""
    try:
        path = Path(name).expanduser()
        real = path.resolve()
        # A name that is too long, or a folder that may not be entered, shows only when asked for.
        real.exists()
    except RuntimeError as error:
        shown = name[:80]
        raise Fixable(f"{shown} leads nowhere: no such home, or links in a circle.") from error
    except OSError as error:
        raise Fixable(f"{name[:80]} cannot be made: {error.strerror}.") from error
    return path, real


def made(folder: Path) -> Path:
    """Make a folder when it is not there; Fixable when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fixable(f"{folder} cannot be made: {error.strerror}.") from error
    return folder


@contextmanager
def prepared(folder: Path) -> Iterator[Path]:
    """Make a folder for what will be written; what was made for nothing is removed again."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        yield made(folder)
    except BaseException:
        for one in missing:
            # Only what is empty can be removed so.
            with suppress(OSError):
                one.rmdir()
        raise


def place(ready: Path, folder: Path, name: str) -> tuple[Path, bool]:
    """Move a file into a folder under its name, or the next one that is free.

    Gives where it lies now, and whether the very same file lay there already.
    """
    for number in range(1, MOST_TRIES):
        target = folder / _numbered(name, number)
        if _linked(ready, target):
            return target, False
        if target.is_file() and _same(ready, target):
            ready.unlink()
            return target, True
    raise Fixable(f"There are {MOST_TRIES} files of the name {name} there already.")


def _linked(ready: Path, target: Path) -> bool:
    """Move a file to a place that must be free; False when it is taken."""
    try:
        os.link(ready, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        # Some file systems know no second names: the place is taken first, then filled.
        try:
            target.open("xb").close()
        except FileExistsError:
            return False
        ready.replace(target)
        return True
    ready.unlink()
    return True


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and hash_of(one) == hash_of(other)


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}.{ending}" if dot and stem else f"{name}-{number}"
