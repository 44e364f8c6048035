"""How well a ranking finds what was asked for: recall, reciprocal rank, and what is shown."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from evals.shares import Share, share
from tools.core.shares import Z

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it stands in an answer; `right` tells that its picture has the caption."""

    picture: str
    right: bool
    strong: bool
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its answer, weak hits included; `wanted` is how many pictures it names.

    `group` is the kind of pictures it was written for, or `absent` for what no picture shows.
    """

    query: str
    language: str
    group: str
    wanted: int
    hits: tuple[Shown, ...]

    @property
    def rank(self) -> int | None:
        """Give the place of the first right hit, from 1, or None."""
        return next((n for n, hit in enumerate(self.hits, start=1) if hit.right), None)

    @property
    def strong(self) -> tuple[Shown, ...]:
        """Give what a person sees without asking for weak hits."""
        return tuple(hit for hit in self.hits if hit.strong)


@dataclass(frozen=True, slots=True)
class Mean:
    """An average with its 95 % interval by the normal approximation."""

    value: float
    half: float

    def __str__(self) -> str:
        """Write the average with its interval."""
        return f".{round(self.value * 100):02d} ± .{round(self.half * 100):02d}"


def recall(asked: Sequence[Asked], depth: int, *, weak: bool = True) -> Share:
    """Give the share of queries with a right picture among the first `depth`."""
    return share(
        any(hit.right for hit in (one.hits if weak else one.strong)[:depth]) for one in asked
    )


def reciprocal(asked: Sequence[Asked]) -> Mean:
    """Give the mean reciprocal rank of the first right picture, 0 where there is none."""
    values = [1.0 / one.rank if one.rank else 0.0 for one in asked]
    if len(values) < len(("one", "other")):
        return Mean(sum(values), 0.0)
    half = Z * statistics.stdev(values) / len(values) ** 0.5
    return Mean(statistics.fmean(values), half)


def precision_shown(asked: Sequence[Asked]) -> Share:
    """Give the share of shown hits that are right."""
    return share(hit.right for one in asked for hit in one.strong)


def recall_shown(asked: Sequence[Asked]) -> Share:
    """Give the share of right pictures that are shown."""
    found = sum(hit.right for one in asked for hit in one.strong)
    return Share(found, sum(one.wanted for one in asked))


def answered(asked: Sequence[Asked]) -> Share:
    """Give the share of queries that show anything at all."""
    return share(bool(one.strong) for one in asked)


def confidently_wrong(asked: Sequence[Asked], most: int) -> list[tuple[Asked, Shown]]:
    """Give the surest wrong hits, one a query, the surest first."""
    found = [
        (one, next(hit for hit in one.strong if not hit.right))
        for one in asked
        if any(not hit.right for hit in one.strong)
    ]
    return sorted(found, key=lambda pair: -pair[1].score)[:most]
