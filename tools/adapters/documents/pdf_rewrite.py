"""The text of a PDF set anew as a Word document, because a page that is laid out cannot grow."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx

from tools.adapters.documents.pdf import pdf_lines
from tools.adapters.documents.word_rewrite import rewrite_word
from tools.core.errors import Fixable
from tools.core.ports import Rewrite

_HEADING, _TITLE = 1.15, 1.6
_SCANNED = (
    "This PDF has no text, only pictures of pages: it is a scan. Run text recognition over it "
    "(`ocrmypdf in.pdf out.pdf`) or ask for its source file, then add that."
)
_REMADE = (
    "The PDF became a Word document with its text and headings in reading order; pictures, "
    "columns and tables are not laid out as in the PDF, the cells of a table stand as lines."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed: its words, the height of its letters and its place from the top."""

    text: str
    size: float
    top: float
    page: int


def rewrite_pdf(path: Path, rewrite: Rewrite, mark: str) -> tuple[bytes, list[str]]:
    """Write a DOCX of the text that went through `rewrite`, and tell what was not carried over.

    Raises Fixable for a scan, and for an encrypted or broken file.
    """
    lines = [Line(*line) for line in pdf_lines(path)]
    if not any(letter.isalpha() for line in lines for letter in line.text):
        raise Fixable(_SCANNED)
    usual = _usual(lines)
    document = docx.Document()
    for block in _blocks(lines):
        text = _joined([line.text for line in block])
        ratio = block[0].size / usual
        if ratio >= _HEADING and len(text) < 200:
            document.add_heading(text, 1 if ratio >= _TITLE else 2)
        else:
            document.add_paragraph(text)
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.docx"
        document.save(str(draft))
        return rewrite_word(draft, rewrite, mark), [_REMADE]


def _usual(lines: Sequence[Line]) -> float:
    weights = Counter[float]()
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights.most_common(1)[0][0], 0.1)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Put lines of one size that follow each other closely into paragraphs."""
    gaps = [
        after.top - before.top
        for before, after in pairwise(lines)
        if before.page == after.page and before.size == after.size and after.top > before.top
    ]
    close = min(median(gaps), 2 * min(gaps)) * 1.25 if gaps else 0.0
    widest = max((len(line.text) for line in lines), default=0)
    block: list[Line] = []
    for line in lines:
        last = block[-1] if block else None
        follows = (
            last is not None
            and line.size == last.size
            and (line.page != last.page or 0 < line.top - last.top <= close)
            and len(last.text) > widest * 0.6
            and not (line.page != last.page and last.text.endswith((".", "!", "?", ":")))
        )
        if block and not follows:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _joined(texts: Sequence[str]) -> str:
    """Join lines; a word divided at the end of one is put together where a small letter follows."""
    whole = ""
    for text in texts:
        if whole.endswith("-") and text[:1].islower():
            whole = whole[:-1] + text
        else:
            whole += (" " if whole else "") + text
    return whole
