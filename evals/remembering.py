"""An embedder that keeps what it embedded, because folds of a bank share most of their rows."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.core.ports import TextEmbedder, Vectors

BATCH = 256


class Remembering:
    """Implements ports.TextEmbedder; single texts are embedded anew, so that their time is real."""

    def __init__(self, embedder: TextEmbedder, folder: Path) -> None:
        self._embedder = embedder
        self._path = (
            folder / f"vectors-{hashlib.sha256(embedder.name.encode()).hexdigest()[:12]}.npz"
        )
        self._known = self._read()

    @property
    def name(self) -> str:
        """Name the model."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        return self._embedder.dimensions

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        if len(texts) == 1:
            return self._embedder.queries(texts)
        new = sorted(set(texts) - set(self._known))
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            vectors = np.asarray(self._embedder.queries(batch))
            self._known.update(zip(batch, vectors, strict=True))
        if new:
            self._write()
        found: Vectors = np.stack([self._known[text] for text in texts])
        return found

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what assets say."""
        return self._embedder.passages(texts)

    def _read(self) -> dict[str, NDArray[Any]]:
        if not self._path.is_file():
            return {}
        with np.load(self._path, allow_pickle=False) as kept:
            return dict(zip(map(str, kept["texts"]), kept["vectors"], strict=True))

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".part.npz")
        np.savez(
            draft, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values()))
        )
        draft.replace(self._path)
