"""What every port speaks of: time, pictures, vectors and how far long work is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol


class Clock(Protocol):
    """The time, always aware and in UTC."""

    def now(self) -> datetime:
        """Give the present moment."""
        ...


class Picture(Protocol):
    """An upright decoded RGB or RGBA picture; a Pillow image satisfies this."""

    @property
    def size(self) -> tuple[int, int]:
        """Give width and height in pixels."""
        ...


class Vectors(Protocol):
    """Unit float32 rows, shape (n, dimensions); a numpy array satisfies this."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Give rows and dimensions."""
        ...

    def __len__(self) -> int:
        """Give the number of rows."""
        ...

    def __getitem__(self, index: Any, /) -> Any:
        """Give a row or a block of rows."""
        ...


Report = Callable[[int, int, str], None]
"""Receives done, total and a note while long work goes on."""
