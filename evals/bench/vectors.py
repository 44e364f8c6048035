"""Filtered and unfiltered neighbours among 100,000 vectors, against peers and a bare scan."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.bench.peers import faiss_flat
from tools.core.ports import Report, VectorIndex

_ROWS = 100_000
_DIMENSIONS = 384
_QUERIES = 100
_WHERE_QUERIES = 20
_LIMIT = 10
_BATCH = 5_000
# One row in twenty carries the first mark, one in a thousand the second.
_KEPT = {"5 %": ("in_20", 20), "0.1 %": ("in_1000", 1000)}

Matrix = npt.NDArray[np.float32]
Ask = Callable[[Matrix], list[int]]


@dataclass(frozen=True, slots=True)
class VectorRow:
    """One way of asking, measured: milliseconds, and recall@10 against an exact scan."""

    kept: str
    way: str
    p50: float
    p95: float
    p99: float
    recall: float


def run(report: Report, open_index: Callable[[Path, int], VectorIndex]) -> list[VectorRow]:
    """Measure our index, a bare numpy scan and a Chroma `where` on the same vectors.

    `open_index` takes a folder and the number of dimensions.
    """
    vectors = clustered(_ROWS, seed=1)
    queries = queries_near(vectors, _QUERIES)
    with tempfile.TemporaryDirectory() as folder:
        report(0, 3, "storing the vectors in our index")
        index = open_index(Path(folder) / "ours", _DIMENSIONS)
        for start in range(0, _ROWS, _BATCH):
            index.put(range(start, start + _BATCH), vectors[start : start + _BATCH])
        report(1, 3, "storing the vectors in Chroma, with marks to filter by")
        collection = _collection(Path(folder) / "chroma", vectors)
        report(2, 3, "asking")
        settle = getattr(index, "settle", None)
        if settle is not None:
            settle()
        rows = [
            row for kept in _KEPT for row in _filtered(kept, index, collection, vectors, queries)
        ]
        rows += _unfiltered(index, collection, vectors, queries)
        report(3, 3, "done")
    return rows


def _filtered(
    kept: str, index: VectorIndex, collection: Any, vectors: Matrix, queries: Matrix
) -> list[VectorRow]:
    name, every = _KEPT[kept]
    among = list(range(0, _ROWS, every))
    mask = np.zeros(_ROWS, dtype=bool)
    mask[among] = True

    def ours(query: Matrix) -> list[int]:
        return [near.key for near in index.nearest(query, _LIMIT, among)]

    def scan(query: Matrix) -> list[int]:
        return _top(np.where(mask, vectors @ query, -np.inf))

    def where(query: Matrix) -> list[int]:
        return _asked(collection, query, {name: True})

    exact = [scan(query) for query in queries]
    return [
        _measured(kept, "ours", ours, queries, exact),
        _measured(kept, "numpy scan", scan, queries, exact),
        _measured(kept, "Chroma where", where, queries[:_WHERE_QUERIES], exact),
        *_peers(kept, vectors, queries, exact, among),
    ]


def _unfiltered(
    index: VectorIndex, collection: Any, vectors: Matrix, queries: Matrix
) -> list[VectorRow]:
    def ours(query: Matrix) -> list[int]:
        return [near.key for near in index.nearest(query, _LIMIT)]

    def scan(query: Matrix) -> list[int]:
        return _top(vectors @ query)

    def chroma(query: Matrix) -> list[int]:
        return _asked(collection, query, None)

    exact = [scan(query) for query in queries]
    return [
        _measured("all", "ours", ours, queries, exact),
        _measured("all", "numpy scan", scan, queries, exact),
        _measured("all", "Chroma", chroma, queries, exact),
        *_peers("all", vectors, queries, exact),
    ]


def _peers(
    kept: str,
    vectors: Matrix,
    queries: Matrix,
    exact: Sequence[Sequence[int]],
    among: Sequence[int] | None = None,
) -> list[VectorRow]:
    flat = faiss_flat(vectors, _LIMIT, among)
    return [_measured(kept, "faiss flat", flat, queries, exact)] if flat else []


def _measured(
    kept: str, way: str, ask: Ask, queries: Matrix, exact: Sequence[Sequence[int]]
) -> VectorRow:
    ask(queries[0])
    times, hits = [], 0
    for query, expected in zip(queries, exact, strict=False):
        began = time.perf_counter()
        found = ask(query)
        times.append((time.perf_counter() - began) * 1000)
        hits += len(set(found) & set(expected))
    p50, p95, p99 = (float(part) for part in np.percentile(times, [50, 95, 99]))
    return VectorRow(kept, way, p50, p95, p99, hits / (_LIMIT * len(times)))


def _top(scores: Matrix) -> list[int]:
    best = np.argpartition(-scores, _LIMIT)[:_LIMIT]
    ordered: list[int] = best[np.argsort(-scores[best])].tolist()
    return ordered


def _asked(collection: Any, query: Matrix, where: dict[str, Any] | None) -> list[int]:
    found = collection.query(
        query_embeddings=query.reshape(1, -1), n_results=_LIMIT, where=where, include=[]
    )
    return [int(key) for key in found["ids"][0]]


def _collection(folder: Path, vectors: Matrix) -> Any:
    import chromadb  # noqa: PLC0415  (a slow import that only this bench pays)
    from chromadb.config import Settings  # noqa: PLC0415

    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.create_collection(
        "bench", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    for start in range(0, _ROWS, _BATCH):
        keys = range(start, start + _BATCH)
        marks = [{name: key % every == 0 for name, every in _KEPT.values()} for key in keys]
        rows = vectors[start : start + _BATCH]
        collection.add(ids=[str(key) for key in keys], embeddings=rows, metadatas=marks)
    return collection


def clustered(count: int, seed: int) -> Matrix:
    """Make unit vectors around centres, as embeddings lie; i.i.d. vectors have no neighbours."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(1, count // 50), _DIMENSIONS)).astype(np.float32)
    rows = centres[random.integers(0, len(centres), count)]
    return _unit(rows + 0.35 * random.normal(size=rows.shape).astype(np.float32))


def queries_near(vectors: Matrix, count: int) -> Matrix:
    """Make queries that lie beside some of the vectors."""
    picked = np.random.default_rng(2).integers(0, len(vectors), count)
    return _unit(vectors[picked] + 0.2 * clustered(count, seed=3))


def _unit(rows: Matrix) -> Matrix:
    scaled: Matrix = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled
