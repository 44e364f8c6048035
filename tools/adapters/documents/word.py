"""Word documents: opening under limits, and their text in reading order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tools.adapters.documents.package import BROKEN, opened_package
from tools.adapters.documents.word_asides import word_asides
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

MOST_CHARACTERS = 2_000_000


def open_word(path: Path) -> Any:
    """Open a DOCX as a python-docx document.

    Raises Fixable for a damaged, protected or hostile one.
    """
    with opened_package(path):
        pass
    try:
        with path.open("rb") as file:
            return docx.Document(file)
    except (OpcError, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise Fixable(BROKEN) from error


def word_text(path: Path) -> DocumentText:
    """Extract headers, body with tables and text boxes, and footers, as one page."""
    document = open_word(path)
    lines = [line for line in _lines(document) if line.strip()]
    text = "\n".join(lines)
    return DocumentText(
        (text[:MOST_CHARACTERS],),
        truncated=len(text) > MOST_CHARACTERS,
        asides=word_asides(path),
    )


def blocks(document: Any) -> Iterator[Paragraph | Table]:
    """Give the paragraphs and tables of the body in their order."""
    yield from document.iter_inner_content()


def rows_of(table: Table) -> list[list[str]]:
    """Give the texts of the cells; a merged cell counts once."""
    rows = []
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)  # noqa: SLF001  (merged cells share it)
        rows.append([_cell_text(cell) for cell in cells])
    return rows


def margins(document: Any) -> list[Any]:
    """Give the headers and footers that are the sections' own, each once."""
    found = []
    for section in document.sections:
        for kind in ("header", "first_page_header", "footer", "first_page_footer"):
            margin = getattr(section, kind)
            if not margin.is_linked_to_previous:
                found.append(margin)
    return found


def _lines(document: Any) -> Iterator[str]:
    for block in blocks(document):
        if isinstance(block, Table):
            yield from (" | ".join(cells) for cells in rows_of(block))
        else:
            yield block.text
            yield from _boxes(block)
    for margin in margins(document):
        yield from (paragraph.text for paragraph in margin.paragraphs)


def _boxes(paragraph: Paragraph) -> Iterator[str]:
    """Give the text of text boxes; a fallback for old programs repeats it and is left out."""
    for box in paragraph._p.iter(qn("w:txbxContent")):  # noqa: SLF001  (no public way)
        if any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
            continue
        for inner in box.iter(qn("w:p")):
            yield "".join(text.text or "" for text in inner.iter(qn("w:t")))


def _cell_text(cell: Any) -> str:
    paragraphs = cell.iter(qn("w:p"))
    return " ".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs
    ).strip()
