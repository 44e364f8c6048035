"""Explains an empty list: which filter emptied it, and what taking filters away would bring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tools.core.search.filters.reading import Clause

MOST = 8
Count = Callable[[Sequence[Clause]], int]
"""Counts what is found when only these filters hold."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Filters that would be taken away, by their words, and how many hits that would bring."""

    without: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The filter that emptied the list, alone or together with others, and the ways out."""

    emptied: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    without_any: int


def explain(clauses: Sequence[Clause], count: Count) -> Emptiness:
    """Find out why nothing is found; single filters first, pairs where no single one helps."""
    clauses = clauses[:MOST]
    lone = [clause.label for clause in clauses if count([clause]) == 0]
    for size in (1, 2, len(clauses)):
        found = [
            Relaxation(tuple(clause.label for clause in gone), number)
            for gone in combinations(clauses, size)
            if (number := count([clause for clause in clauses if clause not in gone]))
        ]
        if found:
            break
    ordered = sorted(found, key=lambda one: -one.count)
    emptied = lone or [label for one in ordered if len(one.without) == 1 for label in one.without]
    return Emptiness(tuple(emptied), tuple(ordered), count([]))


def told(emptiness: Emptiness, clauses: Sequence[Clause], about: str) -> str:
    """Word it in one line."""
    listed = ", ".join(clause.label for clause in clauses)
    subject = f"“{about}”" if about else "assets"
    if not emptiness.without_any:
        nothing = f"Nothing good found for {subject}" if about else "The library is empty"
        return f"{nothing}, with or without the filters ({listed})."
    if len(emptiness.emptied) == 1 and len(clauses) > 1:
        head = f"Nothing meets all filters ({listed}); “{emptiness.emptied[0]}” leaves nothing."
    else:
        head = f"Nothing meets {'all filters' if len(clauses) > 1 else 'the filter'} ({listed})."
    ways = [f"without {_and(one.without)}: {one.count}" for one in emptiness.relaxations[:4]]
    return f"{head} W{'; '.join(ways)[1:]}." if ways else head


def _and(labels: Sequence[str]) -> str:
    return " and ".join(f"“{label}”" for label in labels)
