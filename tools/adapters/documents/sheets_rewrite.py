"""Workbooks rewritten in place: only what people wrote as text changes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tools.adapters.documents.office_runs import (
    RunPassage,
    element_of,
    marked_properties,
    repacked,
    serialize_part_xml,
    write_text,
)
from tools.adapters.documents.package import BROKEN, opened_package
from tools.adapters.documents.parts import relations
from tools.adapters.documents.spans import Phrase, Span, guarded, is_wording
from tools.core.errors import Fixable
from tools.core.ports import Rewrite

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN, _SHARED = "xl/workbook.xml", "xl/sharedStrings.xml"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def rewrite_sheets(path: Path, rewrite: Rewrite, mark: str) -> tuple[bytes, list[str]]:
    """Write a copy whose text cells went through `rewrite`, `mark` in the properties.

    Numbers, dates, formulas, sheet names, column names of tables and texts that a formula or a
    choice list compares with stay; the latter two are told. Raises Fixable for a damaged,
    protected or hostile file.
    """
    with opened_package(path) as package:
        if element_of(package, _MAIN) is None:
            raise Fixable(BROKEN)
        parts = {name: root for name in _names(package) if (root := element_of(package, name))
                 is not None}  # fmt: skip
        fixed = _compared(parts.values()) | _columns(package, parts)
        properties = marked_properties(package, mark)
    items = [
        item
        for root in parts.values()
        for item in root.iter(_S + "si", _S + "is")
        if is_wording(_said(item))
    ]
    kept = [item for item in items if _said(item).strip().casefold() in fixed]
    wanted = [passage for item in items if item not in kept for passage in _passages(item)]
    asked = [passage.phrase.texts for passage in wanted]
    answers = guarded(rewrite, [text for texts in asked for text in texts])
    for passage, texts in zip(wanted, asked, strict=True):
        passage.write([answers.pop(0) for _ in texts])
    made = {name: serialize_part_xml(root) for name, root in parts.items()}
    flags = [
        f"“{_said(item)[:60]}” stayed: a formula, a choice list or a table goes by it"
        for item in kept
    ]
    return repacked(path, {**made, **properties}), flags


class _Whole:
    """A cell in one look."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self.phrase = Phrase([Span(element.text or "")])

    def write(self, answers: list[str]) -> None:
        """Set the text."""
        if answers:
            write_text(self._element, "".join(p.text for p in self.phrase.settle(answers)))


def _passages(item: Any) -> list[RunPassage | _Whole]:
    runs = item.findall(_S + "r")
    if runs:
        return [RunPassage(runs, _S + "t", _S + "rPr")]
    text = item.find(_S + "t")
    return [] if text is None else [_Whole(text)]


def _said(item: Any) -> str:
    runs = item.findall(_S + "r")
    return "".join(holder.findtext(_S + "t") or "" for holder in runs or [item])


def _names(package: ZipFile) -> Iterator[str]:
    if _SHARED in package.namelist():
        yield _SHARED
    for one in relations(package, _MAIN).values():
        if one.kind == "worksheet" and not one.outside:
            yield one.target


def _compared(roots: Any) -> set[str]:
    """Give the texts that formulas and choice lists name, in lower case."""
    found = set()
    for root in roots:
        for formula in root.iter(_S + "f", _S + "formula1", _S + "formula2", _S + "formula"):
            for quoted in _QUOTED.findall(formula.text or ""):
                words = quoted.replace('""', '"')
                found |= {
                    words.strip().casefold(),
                    *(w.strip().casefold() for w in words.split(",")),
                }
    return found


def _columns(package: ZipFile, names: Any) -> set[str]:
    """Give the column names of tables, which must equal the cells of their head."""
    found = set()
    for name in names:
        for one in relations(package, name).values():
            root = element_of(package, one.target) if one.kind == "table" else None
            for column in root.iter(_S + "tableColumn") if root is not None else ():
                found.add(column.get("name", "").strip().casefold())
    return found
