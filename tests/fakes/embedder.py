"""A text embedder without a model: hashed words and pieces of words, so that like is near like."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 96


class WordEmbedder:
    """Keeps the contract of TextEmbedder: unit rows, the same text always the same row."""

    @property
    def name(self) -> str:
        return f"words-{DIMENSIONS}"

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([_row(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.queries(texts)


def _row(text: str) -> NDArray[np.float64]:
    row = np.full(DIMENSIONS, 1e-3)
    for word in re.findall(r"\w+", text.lower()):
        for piece in (word, word[:4]):
            row[int(hashlib.md5(piece.encode()).hexdigest(), 16) % DIMENSIONS] += 1
    return row / np.linalg.norm(row)
