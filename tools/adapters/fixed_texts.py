"""Vectors of texts that never change (class names, background queries), kept on disk."""

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
        facts = json.dumps([self.name, manner, *texts]).encode()
        path = self._folder / f"{hashlib.sha256(facts).hexdigest()}.npy"
        known = self._read(path, len(texts))
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
