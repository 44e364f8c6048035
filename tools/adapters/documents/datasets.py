"""Datasets as text: columns, how many rows, and a sample whose formulas are inert."""

from collections.abc import Iterator
from pathlib import Path

from tools.adapters.documents.encoding import decoded
from tools.adapters.documents.tables import Table, inert_rows, read_table, separator_of
from tools.core.datasets.profiling import profiled
from tools.core.datasets.schema import Schema
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

_HEAD = 65_536
_MOST_LINES = 2_000_000
_SAMPLE = 20
_MOST_BYTES = 400_000


def dataset_text(path: Path) -> DocumentText:
    """Describe a table in words: its columns, its size and its first rows."""
    table = dataset(path, _SAMPLE)
    lines = [
        f"Columns: {', '.join(table.columns)}",
        f"Rows: {table.rows}",
        *(" | ".join(row) for row in table.sample),
    ]
    return DocumentText(
        ("\n".join(lines),), truncated=table.rows > len(table.sample), asides=_cells(path)
    )


def _cells(path: Path) -> tuple[tuple[str, str], ...]:
    """Give the cells as they stand, up to a limit."""
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES)
    plain = decoded(content, cut=len(content) == _MOST_BYTES)
    if plain is None:
        return ()
    return (("cell", plain.text),)


def dataset(path: Path, sample: int) -> Table:
    """Read a delimited file line by line.

    Raises Fixable for a file in an unknown encoding.
    """
    encoding, separator = _form(path)
    return read_table(_lines(path, encoding), separator, sample)


def dataset_schemas(path: Path) -> tuple[Schema, ...]:
    """Describe the columns of a delimited file.

    Raises Fixable for a file in an unknown encoding.
    """
    encoding, separator = _form(path)
    rows = inert_rows(_lines(path, encoding), separator)
    columns = next(rows, ())
    return (profiled(columns, rows),)


def _form(path: Path) -> tuple[str, str]:
    """Tell the encoding and the separator of a delimited file."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    plain = decoded(head, cut=len(head) == _HEAD)
    if plain is None:
        raise Fixable("The table is in an unknown encoding. Save it as CSV in UTF-8.")
    return plain.encoding, separator_of(plain.text) or ","


def _lines(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        for number, line in enumerate(file):
            if number >= _MOST_LINES:
                return
            yield line.replace("\0", "")
