"""The little arithmetic of vectors that normalising needs; rows are numpy arrays at run time."""

import math
from collections.abc import Sequence
from typing import Any

from tools.core.ports import Vectors

Row = Any
"""A vector that can be added, scaled and multiplied (`@`); a row of `Vectors`."""


class Stack(list[Row]):
    """Rows as a block; satisfies `Vectors`."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Give rows and dimensions."""
        return (len(self), len(self[0]) if self else 0)


def rows(vectors: Vectors) -> list[Row]:
    """Give the rows one by one."""
    return [vectors[index] for index in range(len(vectors))]


def total(some: Sequence[Row]) -> Row:
    """Add rows, of which there is at least one."""
    summed = some[0] * 1.0
    for row in some[1:]:
        summed = summed + row
    return summed


def mean(some: Sequence[Row]) -> Row:
    """Average rows, of which there is at least one."""
    return total(some) * (1.0 / len(some))


def dot(one: Row, other: Row) -> float:
    """Multiply two rows."""
    return float(one @ other)


def unit(row: Row) -> Row:
    """Scale a row to length 1; a row of zeros stays."""
    length = math.sqrt(dot(row, row))
    return row * (1.0 / length) if length else row


def median(values: Sequence[float]) -> float:
    """Give the middle value, 0 of none."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def spread(values: Sequence[float]) -> float:
    """Give the standard deviation as the median deviation tells it, at least a hundredth.

    A few values far out, which are what a search is after, do not widen it.
    """
    middle = median(values)
    return max(1.4826 * median([abs(value - middle) for value in values]), 0.01)
