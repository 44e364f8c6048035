"""Where bytes come from; every source extends the same prefix of a file, so each can go on."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tools.adapters.model_store.manifest import Model

UNPACKED = "unpacked"
"""The folder beside the partial files where a source may keep what it can do without."""

Grown = Callable[[int, str], None]
"""Receives the bytes at hand and a note while a file grows."""


class SourceFailed(Exception):
    """A source cannot deliver; the text is a few words for the asker."""


class Source(Protocol):
    """A place that holds the bytes of models."""

    def holds(self, model: Model) -> bool:
        """Tell whether the manifest names this kind of source for the model."""
        ...

    def extend(self, partial: Path, model: Model, grown: Grown) -> None:
        """Append what is missing to `partial`, a correct prefix of the file, until it is whole.

        Raises SourceFailed, leaving a correct prefix behind, when the bytes cannot be had.
        """
        ...


def length(partial: Path) -> int:
    """Give the bytes at hand, 0 before the first."""
    return partial.stat().st_size if partial.exists() else 0


def cut(partial: Path, size: int) -> None:
    """Shorten a partial file to `size` bytes."""
    if length(partial) > size:
        os.truncate(partial, size)
