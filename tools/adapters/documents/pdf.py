"""PDF by pdfium, which is not safe for several threads: one lock holds the whole library."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
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
