"""Delimited tables: the separator, the columns, the number of rows and a harmless sample."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 30
_FORMULA = re.compile(r"\s*[=+@\t\r-]")
_NUMBER = re.compile(r"\s*[+-]?[\d.,\s]+%?\s*")
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Table:
    """The head of a table, some rows of it and how many rows there are below the head."""

    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int


def separator_of(text: str) -> str | None:
    """Find the separator that gives the first lines the same number of cells, or None."""
    best: tuple[int, str] | None = None
    lines = text.splitlines(keepends=True)[:_LOOKED_AT]
    for separator in _SEPARATORS:
        widths = _widths(lines, separator)
        # The last line may be torn, and one odd line does not spoil a table.
        steady = sum(width == widths[0] for width in widths) if widths else 0
        if widths and widths[0] > 1 and steady >= max(2, len(widths) - 1):
            best = max(best or (0, ""), (widths[0], separator))
    return best[1] if best else None


def read_table(lines: Iterable[str], separator: str, sample: int) -> Table:
    """Read the head and a sample, and count the rows; cells are inert text."""
    reader = _rows(lines, separator)
    columns = tuple(inert(cell) for cell in next(reader, []))
    first: list[tuple[str, ...]] = []
    count = 0
    for row in reader:
        if count < sample:
            first.append(tuple(inert(cell) for cell in row))
        count += 1
    return Table(columns, tuple(first), count)


def inert_rows(lines: Iterable[str], separator: str) -> Iterator[tuple[str, ...]]:
    """Give the rows one by one, cells as inert text."""
    return (tuple(inert(cell) for cell in row) for row in _rows(lines, separator))


def inert(cell: str) -> str:
    """Shorten a cell, and quote what a spreadsheet would run as a formula (OWASP)."""
    text = " ".join(cell.split())[:_LONGEST_CELL]
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def _widths(lines: list[str], separator: str) -> list[int]:
    return [len(row) for row in _rows(lines, separator)]


def _rows(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Give rows with content up to the first that cannot be read."""
    try:
        yield from (row for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return
