"""`dalm bench`: measure against bounds and peers, one table."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from agent.bootstrap import open_index
from agent.settings import Settings, load_settings
from evals.bench import ingest, million, moments, retrieval, start, turns, vectors
from evals.bench.measure import Measure, table

RETRIEVAL = "retrieval"
MILLION = "million"
Bench = Callable[[Settings], list[Measure]]


def main(arguments: Sequence[str]) -> int:
    """Run with command line arguments; gives the exit code."""
    benches: dict[str, Bench] = {
        "turns": turns.run,
        "vectors": _vectors,
        "ingest": ingest.run,
        "moments": moments.run,
        "start": start.run,
    }
    if arguments[:1] == [RETRIEVAL]:
        return retrieval.main(arguments[1:])
    if arguments[:1] == [MILLION]:
        sys.stdout.write(table(million.run(_say, partial(open_index, exact=True))) + "\n")
        return 0
    parser = argparse.ArgumentParser("dalm bench", description="Measure ratios in one run.")
    names = (
        f"some of: {', '.join(benches)}; or `{MILLION}`, which takes minutes and 4 GB of memory; "
        f"or `{RETRIEVAL}`, which has options of its own"
    )
    parser.add_argument("names", nargs="*", help=names)
    chosen = parser.parse_args(list(arguments))
    unknown = sorted(set(chosen.names) - set(benches))
    if unknown:
        sys.stderr.write(f"No bench '{unknown[0]}'. There are: {', '.join(benches)}.\n")
        return 2
    settings = load_settings()
    rows: list[Measure] = []
    for name in chosen.names or benches:
        _say(0, 0, name)
        rows += benches[name](settings)
    sys.stdout.write(table(rows) + "\n")
    return 0


def _vectors(_settings: Settings) -> list[Measure]:
    rows = vectors.run(_say, open_index)
    found = []
    for kept in dict.fromkeys(row.kept for row in rows):
        ways = {row.way: row for row in rows if row.kept == kept}
        mine = ways.pop("ours", next(iter(ways.values())))
        for way, theirs in ways.items():
            found.append(
                Measure(
                    f"neighbours among 100,000, {kept} kept",
                    f"p50 {mine.p50:.2f} ms, p95 {mine.p95:.2f} ms, recall {mine.recall:.3f}",
                    way,
                    f"p50 {theirs.p50:.2f} ms, p95 {theirs.p95:.2f} ms, recall {theirs.recall:.3f}",
                    f"{theirs.p50 / mine.p50:.1f} times faster",
                    "10 times faster than `where`, recall 0.98",
                )
            )
    return found


def _say(_done: int, _total: int, note: str) -> None:
    sys.stderr.write(f"{note}\n")
