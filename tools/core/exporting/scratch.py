"""Rooms for unfinished files in a person's folder, noted so that a killed program leaves none."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

PREFIX = ".dalm-"
LOG = logging.getLogger("dalm")


class Scratch:
    """Makes rooms beside where files will lie; `notes` is a folder of the library's own.

    Only the process that owns the library may sweep: what is noted then belongs to nobody.
    """

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    @contextmanager
    def room(self, folder: Path) -> Iterator[Path]:
        """Lend a new empty folder in a folder; OSError when that cannot be made."""
        self._notes.mkdir(parents=True, exist_ok=True)
        note = self._notes / uuid4().hex
        path = folder / f"{PREFIX}{note.name[:12]}"
        note.write_text(str(path.absolute()), encoding="utf-8")
        try:
            path.mkdir(mode=0o700)
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                note.unlink(missing_ok=True)

    def sweep(self) -> list[Path]:
        """Remove the rooms that are noted and still there; gives them.

        A folder that cannot be reached now, as on a drive that is away, stays noted.
        """
        swept: list[Path] = []
        for note in sorted(self._notes.glob("*")) if self._notes.is_dir() else ():
            path = Path(note.read_text(encoding="utf-8"))
            if not path.parent.is_dir():
                continue
            if path.name.startswith(PREFIX) and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
                if path.exists():
                    LOG.warning("%s is left of an export and cannot be removed", path)
                    continue
                swept.append(path)
            note.unlink(missing_ok=True)
        return swept
