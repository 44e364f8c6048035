"""Exact neighbours by a scan of the matrix, approximate ones through Chroma when it is large."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tools.adapters.vectors.matrix import Keys, Matrix, Rows
from tools.adapters.vectors.mirror import ChromaMirror
from tools.core.errors import Fixable
from tools.core.ports import Near, Vectors

# Measured on two cores with 384 dimensions: a scan of 20,000 rows costs what Chroma costs.
CHROMA_FROM = 20_000
_TAIL = 500
_BLOCK = 256
_MOST_FROM_CHROMA = 200


class MatrixIndex:
    """Implements ports.VectorIndex; `space` names the embedder, `folder` holds all spaces.

    Unfiltered questions go to Chroma from `chroma_from` rows on (None: never), rows that Chroma has
    not copied yet are scanned beside it, and every score comes from the matrix. Thread-safe; one
    process owns the folder.
    """

    def __init__(
        self, folder: Path, space: str, dimensions: int, chroma_from: int | None = CHROMA_FROM
    ) -> None:
        place = folder / _folder_name(space)
        self._lock = threading.RLock()
        self._matrix = Matrix(place, space, dimensions)
        self._mirror = ChromaMirror(place, self._matrix, self._lock)
        self._chroma_from = chroma_from

    def put(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Store or replace vectors; durable when it returns.

        Raises Fixable when the dimension is another than the space's, or when the disk is full.
        """
        if not len(keys):
            return
        rows = self._rows(vectors)
        if len(rows) != len(keys):
            raise ValueError(f"{len(keys)} keys for {len(rows)} vectors")
        last = {int(key): row for row, key in enumerate(keys)}
        wanted = _keys(list(last))
        if wanted.min() < 0:
            raise ValueError("a key is a catalogue key, never negative")
        try:
            with self._lock:
                self._matrix.put(wanted, rows[list(last.values())])
        except OSError as error:
            raise Fixable("The disk is full: free some space and do it again.") from error

    def drop(self, keys: Sequence[int]) -> None:
        """Forget keys and overwrite their numbers; unknown keys are ignored.

        Chroma keeps deleted numbers in its files, so its copy is thrown away and built anew.
        """
        self._mirror.condemn()
        with self._lock:
            self._matrix.drop(_keys(keys))
        self._mirror.discard()

    def nearest(
        self, vector: Vectors, limit: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        """Give the nearest keys, best first; `among` restricts exactly to these keys."""
        query = self._query(vector)
        if limit < 1:
            return []
        if among is None:
            return self._nearest_of_all(query, limit)
        with self._lock:
            slots = self._matrix.slots_of(_keys(among))
            return self._best(query, _once(slots[slots >= 0]), limit)

    def scores(self, vector: Vectors, among: Sequence[int]) -> list[Near]:
        """Score exactly these keys, in their order, leaving out keys without a vector."""
        query = self._query(vector)
        with self._lock:
            slots = self._matrix.slots_of(_keys(among))
            slots = slots[slots >= 0]
            return _near(self._matrix.slot_keys[slots], self._scores(query, slots))

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Give the stored vectors of these keys, in order; KeyError for one that is not stored."""
        wanted = _keys(keys)
        with self._lock:
            slots = self._matrix.slots_of(wanted)
            if (slots < 0).any():
                raise KeyError(int(wanted[slots < 0][0]))
            rows: Rows = self._matrix.rows[slots]
            return rows

    def keys(self) -> list[int]:
        """List every key that has a vector, ascending."""
        with self._lock:
            found: list[int] = self._matrix.keys().tolist()
            return found

    def clear(self) -> None:
        """Forget everything."""
        self._mirror.condemn()
        with self._lock:
            self._matrix.clear()
        self._mirror.discard()

    def settle(self, timeout: float = 600.0) -> bool:
        """Wait until Chroma has copied what it should have; False when it has not by then."""
        with self._lock:
            if not self._wants_chroma():
                return True
            self._mirror.follow()
        self._mirror.wait(timeout)
        with self._lock:
            return self._mirror.ready and not len(self._matrix.newer_than(self._mirror.synced)[0])

    def close(self) -> None:
        """Stop copying and release the files."""
        self._mirror.close()
        with self._lock:
            self._matrix.close()

    def _nearest_of_all(self, query: Rows, limit: int) -> list[Near]:
        with self._lock:
            large = self._wants_chroma() and limit <= _MOST_FROM_CHROMA
            if large:
                self._follow_when_behind()
        candidates = self._mirror.nearest(query, limit) if large else None
        with self._lock:
            if candidates is None:
                return self._best(query, None, limit)
            unseen = self._matrix.newer_than(self._mirror.synced)[0]
            slots = self._matrix.slots_of(candidates)
            return self._best(query, np.union1d(slots[slots >= 0], unseen), limit)

    def _wants_chroma(self) -> bool:
        return self._chroma_from is not None and len(self._matrix) >= self._chroma_from

    def _follow_when_behind(self) -> None:
        behind = len(self._matrix.newer_than(self._mirror.synced)[0])
        if behind > _TAIL or not self._mirror.ready:
            self._mirror.follow()

    def _best(self, query: Rows, slots: Keys | None, limit: int) -> list[Near]:
        """Rank the slots (None: all), equal scores by key."""
        if slots is None:
            scores = self._matrix.rows @ query
            scores[self._matrix.slot_keys < 0] = -np.inf
            limit = min(limit, len(self._matrix))
            slots = np.arange(len(scores))
        else:
            scores = self._scores(query, slots)
        if limit < len(scores):
            edge = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            kept = np.flatnonzero(scores >= edge)
            slots, scores = slots[kept], scores[kept]
        keys = self._matrix.slot_keys[slots]
        order = np.lexsort((keys, -scores))[:limit]
        return _near(keys[order], scores[order])

    def _scores(self, query: Rows, slots: Keys) -> Rows:
        rows = self._matrix.rows
        if len(slots) * 2 > len(rows):
            whole: Rows = (rows @ query)[slots]
            return whole
        # Block by block through one small buffer: a fourth of what picking all rows at once costs.
        scores = np.empty(len(slots), dtype=np.float32)
        buffer = np.empty((_BLOCK, self._matrix.dimensions), dtype=np.float32)
        for start in range(0, len(slots), _BLOCK):
            block = slots[start : start + _BLOCK]
            picked = buffer[: len(block)]
            np.take(rows, block, axis=0, out=picked, mode="clip")
            np.dot(picked, query, out=scores[start : start + len(block)])
        return scores

    def _query(self, vector: Vectors) -> Rows:
        rows = self._rows(np.asarray(vector, dtype=np.float32).reshape(1, -1))
        query: Rows = rows[0]
        return query

    def _rows(self, vectors: Vectors) -> Rows:
        rows: Rows = np.ascontiguousarray(vectors, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self._matrix.dimensions:
            raise Fixable(
                f"The vectors have {rows.shape[-1]} numbers and this index holds "
                f"{self._matrix.dimensions}: run `dalm reindex` with the present model."
            )
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(lengths).all():
            raise ValueError("a vector has a number that is not finite")
        lengths[lengths == 0] = 1.0
        scaled: Rows = rows / lengths
        return scaled


def _folder_name(space: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-._" else "_" for letter in space)


def _keys(keys: Sequence[int]) -> Keys:
    return np.asarray(keys, dtype=np.int64).reshape(-1)


def _once(slots: Keys) -> Keys:
    ascending = bool((slots[1:] > slots[:-1]).all())
    return slots if ascending else np.unique(slots)


def _near(keys: Keys, scores: Rows) -> list[Near]:
    return [Near(*pair) for pair in zip(keys.tolist(), scores.tolist(), strict=True)]
