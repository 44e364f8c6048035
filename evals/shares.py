"""Shares with their 95 % intervals, and the other statistics of the reports."""

import math
import statistics
from collections.abc import Iterable, Sequence

from tools.core.shares import Share, mcnemar

__all__ = ["Share", "mcnemar", "median", "percentile", "share"]


def share(marks: Iterable[bool]) -> Share:
    """Count marks."""
    known = list(marks)
    return Share(sum(known), len(known))


def median(values: Sequence[float]) -> float:
    """Give the middle value, 0 of none."""
    return statistics.median(values) if values else 0.0


def percentile(values: Sequence[float], part: float) -> float:
    """Give the smallest value that at least that part (0-1) does not exceed, 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else 0.0
