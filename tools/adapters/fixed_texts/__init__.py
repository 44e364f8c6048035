"""Vectors of texts that never change (class names, background queries), kept on disk.

Those of the long vocabularies come along beside this file for the model that comes along.
"""

import hashlib
import io
import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.core.ports import TextEmbedder, Vectors

# A list this long is a vocabulary; shorter ones are what somebody asked, and are not kept.
VOCABULARY = 8
# A list this long takes seconds to embed, so that its vectors should come along.
LONG = 500
COME_ALONG = Path(__file__).parent
_STEPS = 127


class FixedTexts:
    """A TextEmbedder that computes a vocabulary once; everything else goes to `embedder`."""

    def __init__(self, embedder: TextEmbedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder

    @property
    def name(self) -> str:
        """Name model, version and dimension."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        return self._embedder.dimensions

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        return self._kept("queries", texts, self._embedder.queries)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what assets say."""
        return self._kept("passages", texts, self._embedder.passages)

    def _kept(
        self, manner: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        if len(texts) < VOCABULARY:
            return embed(texts)
        mark = _mark(self.name, manner, texts)
        path = self._folder / f"{mark}.npy"
        known = _come_along(mark) if len(texts) >= LONG else None
        known = self._read(path, len(texts)) if known is None else known
        if known is not None:
            return known
        rows = np.asarray(embed(texts), dtype=np.float32)
        self._write(path, rows)
        return rows

    def _read(self, path: Path, count: int) -> NDArray[np.float32] | None:
        """Give kept rows; a damaged file counts as none."""
        try:
            rows: NDArray[np.float32] = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return rows if rows.shape == (count, self.dimensions) else None

    def _write(self, path: Path, rows: NDArray[np.float32]) -> None:
        """Keep rows; on a full disk they are computed again next time."""
        fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                np.save(file, rows)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()


def keep_along(embedder: TextEmbedder, vocabularies: Sequence[Sequence[str]]) -> None:
    """Embed long vocabularies as passages and let them come along, in place of all before.

    A row is kept as bytes with a scale: 384 numbers of unit length lose less than a hundredth.
    """
    for old in COME_ALONG.glob("*.npz"):
        old.unlink()
    for texts in vocabularies:
        rows = np.asarray(embedder.passages(texts), dtype=np.float32)
        scales = np.abs(rows).max(axis=1, keepdims=True) / _STEPS
        path = COME_ALONG / f"{_mark(embedder.name, 'passages', texts)}.npz"
        np.savez_compressed(path, rows=np.rint(rows / scales).astype(np.int8), scales=scales)


def comes_along(embedder_name: str, texts: Sequence[str]) -> bool:
    """Tell whether the vectors of a vocabulary come along for a model."""
    return (COME_ALONG / f"{_mark(embedder_name, 'passages', texts)}.npz").is_file()


def _mark(name: str, manner: str, texts: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([name, manner, *texts]).encode()).hexdigest()


def _come_along(mark: str) -> NDArray[np.float32] | None:
    path = COME_ALONG / f"{mark}.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        rows: NDArray[np.float32] = kept["rows"].astype(np.float32) * kept["scales"]
    scaled: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled
