"""Workbooks (XLSX): sheets, their first rows, and every text that a cell or formula holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from PIL import Image

from tools.adapters.documents.drawing import Block, Rows, Words, draw_page
from tools.adapters.documents.package import BROKEN, opened_package
from tools.adapters.documents.parts import MOST_CHARACTERS, asides_of, relations, tree
from tools.adapters.documents.tables import inert
from tools.core.datasets.profiling import profiled
from tools.core.datasets.schema import Schema
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHEETS = 60
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_SAMPLE = 20
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})\d+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows of texts, whether it is hidden, and its formulas and notes."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...]
    asides: tuple[tuple[str, str], ...]
    truncated: bool = False


def sheets_text(path: Path) -> DocumentText:
    """Extract sheet by sheet: its name, size and rows; cells are inert text.

    Raises Fixable for a damaged, protected or hostile file.
    """
    pages: list[str] = []
    asides: list[tuple[str, str]] = []
    truncated = False
    with opened_package(path) as package:
        for sheet in sheets(package):
            body = "\n".join(" | ".join(inert(cell) for cell in row) for row in sheet.rows)
            pages.append(f"{sheet.name}: {len(sheet.rows)} rows\n{body}"[:MOST_CHARACTERS])
            cells = "\n".join(cell for row in sheet.rows for cell in row if cell)
            asides += [("hidden sheet" if sheet.hidden else "cell", cells), *sheet.asides]
            truncated = truncated or sheet.truncated or len(body) > MOST_CHARACTERS
    return DocumentText(tuple(pages), truncated=truncated, asides=asides_of(asides))


def sheets_schemas(path: Path) -> tuple[Schema, ...]:
    """Describe the columns of each sheet that is a table, hidden ones too.

    Raises Fixable for a damaged, protected or hostile file.
    """
    with opened_package(path) as package:
        found = [_schema(sheet) for sheet in sheets(package)]
    return tuple(schema for schema in found if schema)


def _schema(sheet: Sheet) -> Schema | None:
    """Describe a sheet by its first row of several cells, as its head, and the rows below it."""
    rows = [tuple(inert(cell) for cell in row) for row in sheet.rows]
    head = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), None)
    if head is None:
        return None
    return profiled(rows[head], rows[head + 1 :], sheet.name)


def sheets_page(path: Path) -> Image.Image:
    """Draw the first rows of the first sheet."""
    with opened_package(path) as package:
        sheet = next(sheets(package), None)
    if sheet is None:
        return draw_page([])
    rows = tuple(tuple(inert(cell) for cell in row[:8]) for row in sheet.rows[: _SAMPLE + 6])
    blocks: list[Block] = [Words(sheet.name, 3), Rows(rows)]
    return draw_page(blocks)


def sheets(package: ZipFile) -> Iterator[Sheet]:
    """Give the sheets in order.

    Raises Fixable when there is no workbook in the package.
    """
    root = tree(package, _MAIN)
    if root is None:
        raise Fixable(BROKEN)
    known, shared = relations(package, _MAIN), _shared(package)
    for one in list(root.iter(_S + "sheet"))[:MOST_SHEETS]:
        part = known.get(one.get(_R + "id", ""))
        if part and not part.outside:
            hidden = one.get("state", "visible") != "visible"
            yield _sheet(package, part.target, shared, one.get("name", "Sheet"), hidden=hidden)


def _sheet(package: ZipFile, part: str, shared: list[str], name: str, *, hidden: bool) -> Sheet:
    root = tree(package, part)
    asides = list(_beside(package, part))
    if root is None:
        return Sheet(name, hidden, (), asides_of(asides), truncated=True)
    rows: list[tuple[str, ...]] = []
    for row in root.iter(_S + "row"):
        if len(rows) >= MOST_ROWS:
            return Sheet(name, hidden, tuple(rows), asides_of(asides), truncated=True)
        cells = _cells(row, shared)
        if any(cells):
            rows.append(cells)
    formulas = "\n".join(f"={one.text}" for one in root.iter(_S + "f") if one.text)
    return Sheet(name, hidden, tuple(rows), asides_of([*asides, ("formula", formulas)]))


def _cells(row: Element, shared: list[str]) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row.iter(_S + "c"):
        match = _PLACE.match(cell.get("r", ""))
        at = min(_column(match[1]), MOST_COLUMNS) if match else len(cells)
        cells += [""] * (at - len(cells))
        cells.append(_value(cell, shared))
    return tuple(cells[:MOST_COLUMNS])


def _value(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(_S + "t")).strip()
    value = cell.findtext(_S + "v", "").strip()
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value


def _shared(package: ZipFile) -> list[str]:
    root = tree(package, "xl/sharedStrings.xml")
    if root is None:
        return []
    return [
        "".join(t.text or "" for t in one.iter(_S + "t")).strip() for one in root.iter(_S + "si")
    ]


def _beside(package: ZipFile, part: str) -> Iterator[tuple[str, str]]:
    for one in relations(package, part).values():
        if one.outside:
            yield "link", one.target
        elif one.kind in {"comments", "threadedComment"}:
            root = tree(package, one.target)
            texts = (e.text or "" for e in root.iter()) if root is not None else ()
            yield "comment", "\n".join(text for text in texts if text.strip())


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
