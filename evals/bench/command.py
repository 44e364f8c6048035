"""`dalm bench`: measure against bounds and peers, one table."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from agent.bootstrap import open_index
from agent.settings import Settings, load_settings
from evals.bench import flat, ingest, million, moments, retrieval, start, turns, vectors, whole
from evals.bench.measure import Measure, table

RETRIEVAL = "retrieval"
MILLION = "million"
FLAT = "memory"
Bench = Callable[[Settings], list[Measure]]


def main(arguments: Sequence[str]) -> int:
    """Run with command line arguments; gives the exit code."""
    benches: dict[str, Bench] = {
        "turns": turns.run,
        "vectors": _vectors,
        "library": lambda settings: whole.run(settings, _count),
        "ingest": ingest.run,
        "moments": moments.run,
        "start": start.run,
    }
    if arguments[:1] == [RETRIEVAL]:
        return retrieval.main(arguments[1:])
    if arguments[:1] == [MILLION]:
        sys.stdout.write(table(million.run(_say, partial(open_index, exact=True))) + "\n")
        return 0
    if arguments[:1] == [FLAT]:
        return _flat(arguments[1:])
    parser = argparse.ArgumentParser("dalm bench", description="Measure ratios in one run.")
    names = (
        f"some of: {', '.join(benches)}; or `{MILLION}`, which takes minutes and 4 GB of memory; "
        f"or `{FLAT}`, which takes an hour and, behind it, another number of files; "
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


def _flat(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(f"dalm bench {FLAT}", description=flat.__doc__)
    parser.add_argument("files", nargs="?", type=int, default=flat.FILES)
    files = parser.parse_args(list(arguments)).files
    sys.stdout.write(table(flat.run(load_settings(), partial(_count, every=100), files)) + "\n")
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
                    f"p50 {mine.p50:.2f} ms, p95 {mine.p95:.2f} ms, p99 {mine.p99:.2f} ms, "
                    f"recall {mine.recall:.3f}",
                    way,
                    f"p50 {theirs.p50:.2f} ms, p95 {theirs.p95:.2f} ms, p99 {theirs.p99:.2f} ms, "
                    f"recall {theirs.recall:.3f}",
                    f"{theirs.p50 / mine.p50:.1f} times faster",
                    "10 times faster than `where`, recall 0.98",
                )
            )
    return found


def _count(done: int, total: int, note: str, every: int = 10_000) -> None:
    if done == total or done % every == 0:
        _say(done, total, f"{done:,} of {total:,} {note}")


def _say(_done: int, _total: int, note: str) -> None:
    sys.stderr.write(f"{note}\n")
