"""A Parquet file as a described table: the footer, and the first pages of its flat columns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from struct import error
from typing import BinaryIO

from tools.adapters.documents.parquet.thrift import BROKEN, Compact, Struct
from tools.adapters.documents.parquet.unpacking import LARGEST, unpacked
from tools.adapters.documents.parquet.values import BOOLEAN, hybrid, kind_of, plain, spread
from tools.adapters.documents.tables import inert
from tools.core.datasets.profiling import MOST_COLUMNS, MOST_VALUES, profiled
from tools.core.datasets.schema import Column, Kind, Schema
from tools.core.errors import Fixable

MAGIC = b"PAR1"
PARQUET = "application/vnd.apache.parquet"
MOST_READ = 2000
_LARGEST_FOOTER = 32 * 1024 * 1024
_MOST_PAGES = 40
# Numbers in parquet.thrift.
_PLAIN, _DICTIONARIES, _RUNS = 0, {2, 8}, 3
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
_REQUIRED, _REPEATED = 0, 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column that holds values; `flat` ones have at most one value a row."""

    name: str
    element: Struct
    flat: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Parquet:
    """What the beginning of a file holds: texts by column, None for what is not read here."""

    leaves: tuple[Leaf, ...]
    rows: int
    cells: tuple[list[str] | None, ...]
    known: tuple[list[str], ...]
    licence: str = ""


def read_parquet(path: Path) -> Parquet:
    """Read columns and their first values.

    Raises Fixable for a damaged, encrypted or oversized file.
    """
    with path.open("rb") as file, _whole():
        footer = _footer(file)
        leaves = tuple(_leaves(footer.get(2, [])))[:MOST_COLUMNS]
        groups = footer.get(4, [])
        chunks = groups[0].get(1, [])[: len(leaves)] if groups else []
        read = [_column(file, leaf, chunk) for leaf, chunk in zip(leaves, chunks, strict=False)]
        read += [(None, [])] * (len(leaves) - len(read))
        cells, known = tuple(cells for cells, _ in read), tuple(known for _, known in read)
        return Parquet(leaves, max(0, int(footer.get(3, 0))), cells, known, _licence(footer))


def parquet_schemas(path: Path) -> tuple[Schema, ...]:
    """Describe the columns by what the file declares and by its first values."""
    read = read_parquet(path)
    with _whole():
        return (_described(read),)


def _described(read: Parquet) -> Schema:
    schema = profiled([leaf.name for leaf in read.leaves], _rows(read), count=read.rows)
    columns = tuple(
        _declared(column, leaf, cells, known)
        for column, leaf, cells, known in zip(
            schema.columns, read.leaves, read.cells, read.known, strict=True
        )
    )
    return replace(schema, columns=columns, licence=schema.licence or read.licence)


def sample_of(read: Parquet, count: int) -> list[tuple[str, ...]]:
    """Give the first rows as inert texts; a column that is not read here is empty."""
    return list(_rows(read))[:count]


def _rows(read: Parquet) -> Iterator[tuple[str, ...]]:
    longest = min(max((len(c) for c in read.cells if c), default=0), read.rows, MOST_READ)
    for row in range(longest):
        yield tuple(inert(c[row]) if c and row < len(c) else "" for c in read.cells)


def _declared(column: Column, leaf: Leaf, cells: list[str] | None, known: list[str]) -> Column:
    """Let the declared type count, and the whole dictionary of values where there is one."""
    kind = kind_of(leaf.element)
    if cells is None:
        return replace(column, kind=kind if leaf.flat else Kind.TEXT, filled=1.0, values=())
    ordered = kind in {Kind.WHOLE, Kind.NUMBER, Kind.DATE}
    values = tuple(dict.fromkeys([*column.values, *(inert(text)[:80] for text in known)]))
    return replace(
        column,
        kind=kind if column.kind is Kind.EMPTY or ordered else column.kind,
        values=values[:MOST_VALUES],
    )


def _licence(footer: Struct) -> str:
    """Give the licence that the file says of itself, as pyarrow and others write it."""
    said = {(pair.get(1) or b"").lower(): pair.get(2) or b"" for pair in footer.get(5, [])}
    words: bytes = said.get(b"license") or said.get(b"licence") or b""
    return " ".join(words.decode("utf-8", "replace").split())[:200]


def _footer(file: BinaryIO) -> Struct:
    size = file.seek(0, 2)
    if size < 12:
        raise Fixable(BROKEN)
    file.seek(size - 8)
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] == b"PARE":
        raise Fixable("The Parquet file is encrypted. Write a copy without a key, then add it.")
    if tail[4:] != MAGIC or not 0 < length <= min(size - 12, _LARGEST_FOOTER):
        raise Fixable(BROKEN)
    file.seek(size - 8 - length)
    return Compact(file.read(length)).struct()


def _leaves(elements: list[Struct]) -> Iterator[Leaf]:
    """Walk the schema, which is a tree in depth-first order."""
    open_: list[tuple[int, str, bool]] = []
    for place, element in enumerate(elements):
        name = (element.get(4) or b"").decode("utf-8", "replace")
        children = int(element.get(5) or 0)
        while open_ and open_[-1][0] == 0:
            open_.pop()
        if place == 0:
            open_.append((children, "", True))
            continue
        if not open_:
            raise Fixable(BROKEN)
        left, path, flat = open_[-1]
        open_[-1] = (left - 1, path, flat)
        whole = f"{path}.{name}" if path else name
        if children:
            open_.append((children, whole, False))
        else:
            repetition = element.get(3, _REQUIRED)
            alone = flat and repetition != _REPEATED
            yield Leaf(whole, element, alone, repetition != _REQUIRED)


def _column(file: BinaryIO, leaf: Leaf, chunk: Struct) -> tuple[list[str] | None, list[str]]:
    """Read the first values of a column chunk and its dictionary."""
    meta = chunk.get(3)
    if not leaf.flat or not meta or chunk.get(1):
        return None, []
    start = min(o for o in (meta.get(11), meta.get(9)) if o) if meta.get(9) else 0
    file.seek(max(0, int(start)))
    content = file.read(min(max(0, int(meta.get(7, 0))), 2 * LARGEST))
    codec, wanted = int(meta.get(4, 0)), min(int(meta.get(5, 0)), MOST_READ)
    known: list[str] = []
    cells: list[str] = []
    position = 0
    for _ in range(_MOST_PAGES):
        if position >= len(content) or len(cells) >= wanted:
            break
        reader = Compact(content, position)
        head = reader.struct()
        size = int(head.get(3, 0))
        body = content[reader.position : reader.position + size]
        position = reader.position + size
        if size < 0 or len(body) < size:
            break
        if head.get(1) == _DICTIONARY:
            page = unpacked(body, codec, int(head.get(2, 0)))
            if page is None:
                return None, []
            known = plain(page, int(head.get(7, {}).get(1, 0)), leaf.element)
            continue
        read = _page(body, head, codec, leaf, known)
        if read is None:
            return (cells or None), known
        cells += read
    return cells[:wanted], known


@dataclass(frozen=True, slots=True)
class _Page:
    """A data page taken apart: what is there, what it is, and how it is written."""

    levels: bytes
    values: bytes
    count: int
    encoding: int


def _page(body: bytes, head: Struct, codec: int, leaf: Leaf, known: list[str]) -> list[str] | None:
    """Read a data page of either version, or give None when its encoding is not read here."""
    page = _apart(body, head, codec, leaf)
    if page is None:
        return None
    count = min(page.count, MOST_READ)
    defined = hybrid(page.levels, 1, count) if leaf.optional else [1] * count
    filled = sum(defined)
    if page.encoding == _PLAIN:
        return spread(plain(page.values, filled, leaf.element), defined, 1)
    if page.encoding == _RUNS and leaf.element.get(1) == BOOLEAN:
        said = ["true" if one else "false" for one in hybrid(page.values[4:], 1, filled)]
        return spread(said, defined, 1)
    if page.encoding in _DICTIONARIES and page.values:
        places = hybrid(page.values[1:], min(page.values[0], 32), filled)
        texts = [known[place] if place < len(known) else "" for place in places]
        return spread(texts, defined, 1)
    return None


def _apart(body: bytes, head: Struct, codec: int, leaf: Leaf) -> _Page | None:
    """Unpack a page; in the second version only the values of it are packed."""
    size = int(head.get(2, 0))
    if head.get(1) == _DATA:
        told = head.get(5, {})
        page = unpacked(body, codec, size)
        if page is None:
            return None
        length = int.from_bytes(page[:4], "little") + 4 if leaf.optional else 0
        return _Page(page[4:length], page[length:], int(told.get(1, 0)), int(told.get(2, 0)))
    if head.get(1) != _DATA_2:
        return None
    told = head.get(8, {})
    length = int(told.get(5, 0)) + int(told.get(6, 0))
    values = unpacked(body[length:], codec if told.get(7, True) else 0, size - length)
    if values is None:
        return None
    return _Page(body[:length], values, int(told.get(1, 0)), int(told.get(4, 0)))


@contextmanager
def _whole() -> Iterator[None]:
    """Tell of a file whose parts do not fit together, in one line."""
    try:
        yield
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, error) as trouble:
        raise Fixable(BROKEN) from trouble
