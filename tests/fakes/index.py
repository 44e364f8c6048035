"""A vector index in memory; passes the contract of tests/storage/test_vectors.py."""

from collections.abc import Sequence

import numpy as np

from tools.core.errors import Fixable
from tools.core.ports import Near, Vectors


class FakeIndex:
    """Implements ports.VectorIndex with a dictionary."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions
        self._rows: dict[int, np.ndarray] = {}

    def put(self, keys: Sequence[int], vectors: Vectors) -> None:
        if not len(keys):
            return
        rows = np.asarray(vectors, dtype=np.float32)
        if rows.shape[1] != self._dimensions:
            raise Fixable(
                f"The vectors have {rows.shape[1]} numbers instead of {self._dimensions}."
            )
        for key, row in zip(keys, rows, strict=True):
            self._rows[int(key)] = row / (np.linalg.norm(row) or 1.0)

    def drop(self, keys: Sequence[int]) -> None:
        for key in keys:
            self._rows.pop(int(key), None)

    def nearest(
        self, vector: Vectors, limit: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        keys = self.keys() if among is None else sorted({int(key) for key in among})
        found = self.scores(vector, keys)
        return sorted(found, key=lambda near: (-near.score, near.key))[: max(0, limit)]

    def scores(self, vector: Vectors, among: Sequence[int]) -> list[Near]:
        query = np.asarray(vector, dtype=np.float32).reshape(-1)
        if len(query) != self._dimensions:
            raise Fixable(f"The vector has {len(query)} numbers instead of {self._dimensions}.")
        query = query / (np.linalg.norm(query) or 1.0)
        known = [int(key) for key in among if int(key) in self._rows]
        return [Near(key, float(self._rows[key] @ query)) for key in known]

    def vectors(self, keys: Sequence[int]) -> Vectors:
        rows = [self._rows[int(key)] for key in keys]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._dimensions)

    def keys(self) -> list[int]:
        return sorted(self._rows)

    def clear(self) -> None:
        self._rows.clear()
