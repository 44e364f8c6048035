"""What goes on the drawn first page of each kind of document."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from tools.adapters.documents.datasets import dataset
from tools.adapters.documents.drawing import Block, Rows, Still, Words, draw_page
from tools.adapters.documents.plain import whole_text
from tools.adapters.documents.word import blocks, margins, open_word, rows_of
from tools.adapters.imaging.decode import picture_of
from tools.core.errors import Fixable

_HEADING = re.compile(r"(heading|subtitle|title)\s*(\d?)", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_STARTS = re.compile(r"\s*(?:[-*+] |[>|#]|\d+[.)]\s)")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_LEVELS = {"title": 1, "heading": 1, "subtitle": 3}
_FRONT_MATTER = re.compile(r"---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_MOST_BLOCKS = 60
_ENOUGH = 6000


def word_page(path: Path) -> Image.Image:
    """Draw the beginning of a DOCX with its headings, tables and pictures."""
    document = open_word(path)
    drawn: list[Block] = []
    for block in blocks(document):
        drawn += _word_blocks(document, block)
        if len(drawn) > _MOST_BLOCKS:
            break
    edges = [p.text for margin in margins(document) for p in margin.paragraphs if p.text.strip()]
    return draw_page(drawn, " ".join(edges[-1].split()) if edges else "")


def text_page(path: Path) -> Image.Image:
    """Draw the beginning of a plain text, line by line."""
    lines = whole_text(path, cut=True)[:_ENOUGH].split("\n")
    return draw_page([Words(line) for line in lines if line.strip()])


def markdown_page(path: Path) -> Image.Image:
    """Draw the beginning of a Markdown text, its headings set as such."""
    text = whole_text(path, cut=True)[:_ENOUGH]
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
    drawn = [block for part in re.split(r"\n\s*\n", text) for block in _markdown_blocks(part)]
    return draw_page([b for b in drawn if not isinstance(b, Words) or b.text.strip()])


def dataset_page(path: Path) -> Image.Image:
    """Draw the head and the first rows of a table."""
    table = dataset(path, sample=26)
    rows = (table.columns[:8], *(row[:8] for row in table.sample))
    size = f"{table.rows} rows, {len(table.columns)} columns"
    return draw_page([Words(size, 3), Rows(rows)])


def _word_blocks(document: Any, block: Paragraph | Table) -> Iterator[Block]:
    if isinstance(block, Table):
        yield Rows(tuple(tuple(row) for row in rows_of(block)))
        return
    style = block.style.name if block.style is not None and block.style.name else ""
    match = _HEADING.match(style)
    level = min(3, int(match[2] or _LEVELS[match[1].lower()])) if match else 0
    for blip in block._p.iter(qn("a:blip")):  # noqa: SLF001  (pictures have no public way)
        picture = _picture(document, blip.get(qn("r:embed")))
        if picture:
            yield Still(picture)
    if block.text.strip():
        lead = "- " if style.startswith("List") else ""
        yield Words(lead + block.text, level)


def _picture(document: Any, relation: str | None) -> Image.Image | None:
    part = document.part.related_parts.get(relation)
    if part is None:
        return None
    try:
        return picture_of(part.blob)
    except Fixable:
        return None


def _markdown_blocks(paragraph: str) -> Iterator[Block]:
    lines = paragraph.strip("\n").split("\n")
    if all(line.lstrip().startswith("|") for line in lines):
        rows = [tuple(_bare(c) for c in line.strip().strip("|").split("|")) for line in lines]
        yield Rows(tuple(row for row in rows if not all(set(c) <= set("-: ") for c in row)))
        return
    for line in _unwrapped(lines):
        heading = _MARKDOWN_HEADING.match(line)
        if heading:
            yield Words(_bare(heading[2]), min(3, len(heading[1])))
        else:
            yield Words(_bare(re.sub(r"^\s*(?:[-*+] |> ?)", "- ", line)))


def _unwrapped(lines: list[str]) -> list[str]:
    """Join the soft-wrapped lines of a paragraph."""
    joined: list[str] = []
    for line in lines:
        if joined and not _STARTS.match(line) and not _MARKDOWN_HEADING.match(joined[-1]):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _bare(text: str) -> str:
    return _MARKUP.sub(lambda match: match[1] or "", text).strip()
