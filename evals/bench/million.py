"""Filtered and unfiltered neighbours among a million vectors, against bare scans in numpy."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.measure import Measure, seconds
from evals.bench.vectors import clustered, queries_near
from tools.core.ports import Report, VectorIndex

ROWS = 1_000_000
DIMENSIONS = 384
QUERIES = 50
LIMIT = 10
BATCH = 20_000
AIM = "p95 under 60 ms filtered, recall 0.98, at most twice the bare scan of what is kept"
# One row in twenty, and one in a thousand.
KEPT = {"5 %": 20, "0.1 %": 1000}
_MEGABYTE = 1_000_000


def run(
    report: Report, open_index: Callable[[Path, int], VectorIndex], rows: int = ROWS
) -> list[Measure]:
    """Measure our index without its approximate copy, which takes an hour to build from nothing.

    The vectors lie in memory once for the bare scan and once in the index's file.
    """
    vectors = clustered(rows, seed=1)
    queries = queries_near(vectors, QUERIES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        report(0, 2, f"storing {rows:,} vectors")
        index = open_index(place, DIMENSIONS)
        stored = seconds(lambda: _store(index, vectors))
        _close(index)
        report(1, 2, "asking")
        index = open_index(place, DIMENSIONS)
        opened = seconds(lambda: index.nearest(queries[0], 1, [0]))
        found = [
            _compared(f"{rows:,}, {name} kept", index, vectors, queries, every)
            for name, every in KEPT.items()
        ]
        found.append(_compared(f"{rows:,}, all", index, vectors, queries, 1))
        size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        _close(index)
        report(2, 2, "done")
    bare = vectors.nbytes
    found.append(
        Measure(
            f"size on disk of {rows:,} vectors",
            f"{size / _MEGABYTE:,.0f} MB; stored in {stored:.0f} s, opened in {opened:.2f} s",
            "the bare numbers",
            f"{bare / _MEGABYTE:,.0f} MB",
            f"{size / bare:.2f}",
            "",
        )
    )
    return found


def _store(index: VectorIndex, vectors: Any) -> None:
    for start in range(0, len(vectors), BATCH):
        rows = vectors[start : start + BATCH]
        index.put(range(start, start + len(rows)), rows)


def _compared(name: str, index: VectorIndex, vectors: Any, queries: Any, every: int) -> Measure:
    kept = np.arange(0, len(vectors), every)
    among = kept.tolist() if every > 1 else None
    ours, theirs, hits = [], [], 0
    index.nearest(queries[0], LIMIT, among)

    def picked() -> Any:
        return vectors[kept] if every > 1 else vectors

    for query in queries:
        near: list[Any] = []
        exact: list[Any] = []

        def ask(query: Any = query, near: list[Any] = near) -> None:
            near += index.nearest(query, LIMIT, among)

        def scan(query: Any = query, exact: list[Any] = exact) -> None:
            exact.append(np.argpartition(-(picked() @ query), LIMIT)[:LIMIT])

        ours.append(1000 * seconds(ask))
        theirs.append(1000 * seconds(scan))
        hits += len({one.key for one in near} & set(kept[exact[0]].tolist()))
    p50, p95, p99 = np.percentile(ours, [50, 95, 99])
    scan50, scan95 = np.percentile(theirs, [50, 95])
    recall = hits / (LIMIT * len(queries))
    return Measure(
        f"neighbours among {name}",
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, recall {recall:.3f}",
        "bare numpy: pick what is kept and multiply",
        f"p50 {scan50:.1f} ms, p95 {scan95:.1f} ms",
        f"{p50 / scan50:.2f}",
        AIM,
    )


def _close(index: VectorIndex) -> None:
    close = getattr(index, "close", None)
    if close is not None:
        close()
