"""PDF by pdfium, which is not safe for several threads: one lock holds the whole library."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image

from tools.adapters.documents.pdf_asides import MOST_ASIDES, page_asides
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

MOST_PAGES = 400
MOST_CHARACTERS = 2_000_000
MOST_SECONDS = 30.0
_PREVIEW_SIDE = 1400
_PASSWORD = 4
_BROKEN = "The PDF is damaged or cut off. Export it again, then add it once more."

# pdfium keeps one state for the process, so the lock must be one for the process, too.
_ALONE = Lock()


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """How many pages a PDF has and what its information dictionary says."""

    pages: int
    info: dict[str, str]


def pdf_facts(path: Path) -> PdfFacts:
    """Count the pages and read the information dictionary.

    Raises Fixable for an encrypted or broken file.
    """
    with _opened(path) as document:
        if not len(document):
            raise Fixable(_BROKEN)
        return PdfFacts(len(document), dict(document.get_metadata_dict(skip_empty=True)))


def pdf_text(path: Path) -> DocumentText:
    """Extract the text page by page, within limits of pages, characters and time."""
    pages: list[str] = []
    asides: list[tuple[str, str]] = []
    began = time.monotonic()
    with _opened(path) as document:
        whole = len(document)
        for number in range(min(whole, MOST_PAGES)):
            pages.append(_page_text(document, number))
            asides += page_asides(document, number)
            if sum(map(len, pages)) > MOST_CHARACTERS or time.monotonic() - began > MOST_SECONDS:
                break
    return DocumentText(
        tuple(pages), truncated=len(pages) < whole, asides=tuple(asides[:MOST_ASIDES])
    )


def pdf_lines(path: Path) -> list[tuple[str, float, float, int]]:
    """Give the lines as printed: words, size of the letters and place from the top in points, page.

    Raises Fixable for an encrypted or broken file, and for more pages than are read.
    """
    found: list[tuple[str, float, float, int]] = []
    with _opened(path) as document:
        if len(document) > MOST_PAGES:
            raise Fixable(
                f"The PDF has {len(document)} pages; {MOST_PAGES} can be set anew. Split it."
            )
        for number in range(len(document)):
            with suppress(pypdfium2.PdfiumError):
                page = document[number]
                words = page.get_textpage()
                found += [(*line, number + 1) for line in _lines(page, words)]
                words.close()
                page.close()
    return found


def pdf_page(path: Path, number: int = 1) -> Image.Image | None:
    """Draw a page, counted from 1, or None for a file without it."""
    with _opened(path) as document:
        if not 0 < number <= len(document):
            return None
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Fixable(_BROKEN) from error
        try:
            width, height = page.get_size()
            scale = _PREVIEW_SIDE / max(width, height, 1.0)
            bitmap = page.render(scale=scale, may_draw_forms=False)
            try:
                drawn: Image.Image = bitmap.to_pil().convert("RGB")
                return drawn
            finally:
                bitmap.close()
        except pypdfium2.PdfiumError as error:
            raise Fixable(_BROKEN) from error
        finally:
            page.close()


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    with _ALONE:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD:
                text = "The PDF is encrypted. Save a copy without a password, then add it."
                raise Fixable(text) from error
            raise Fixable(_BROKEN) from error
        try:
            yield document
        finally:
            document.close()


def _lines(
    page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage
) -> Iterator[tuple[str, float, float]]:
    height = page.get_height()
    text, sizes, tops = "", list[float](), list[float]()
    for at in range(words.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(words, at)
        letter = "-" if code in {0x02, 0xFFFE} else chr(code)
        if letter in "\r\n":
            if text.strip():
                yield " ".join(text.split()), round(max(sizes), 1), tops[0]
            text, sizes, tops = "", [], []
        else:
            text += letter
            if letter.strip():
                sizes.append(pypdfium2.raw.FPDFText_GetFontSize(words, at))
                tops.append(height - words.get_charbox(at, loose=True)[1])
    if text.strip():
        yield " ".join(text.split()), round(max(sizes), 1), tops[0]


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "-")
        finally:
            words.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
