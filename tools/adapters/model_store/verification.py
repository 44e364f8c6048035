"""Whether a model file is the pinned one: hashed once, then known by its size and time."""

import hashlib
from pathlib import Path

from tools.adapters.model_store.manifest import Model


class Verification:
    """Remembers in a stamp beside each file that its hash was right; changed files count anew."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def holds(self, path: Path, model: Model) -> bool:
        """Tell whether the file has the pinned hash."""
        if path.stat().st_size != model.size:
            return False
        mark = _mark(path, model)
        if mark in (self._known.get(path), _read(stamp_of(path))):
            return True
        if hash_of(path) != model.sha256:
            return False
        self.remember(path, model)
        return True

    def remember(self, path: Path, model: Model) -> None:
        """Note that the file was hashed and is right; a read-only folder keeps no stamp."""
        mark = _mark(path, model)
        self._known[path] = mark
        try:
            stamp_of(path).write_text(mark, encoding="utf-8")
        except OSError:
            return


def stamp_of(path: Path) -> Path:
    """Name the stamp of a file."""
    return path.with_name(f"{path.name}.verified")


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file, read in small pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(path: Path, model: Model) -> str:
    facts = path.stat()
    return f"{model.sha256} {facts.st_size} {facts.st_mtime_ns}"


def _read(stamp: Path) -> str | None:
    try:
        return stamp.read_text(encoding="utf-8")
    except OSError:
        return None
