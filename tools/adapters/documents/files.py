"""The documents port: office files, books, web pages, subtitles, PDF, text and tables."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tools.adapters.documents.books import EPUB, book_page, book_text
from tools.adapters.documents.datasets import dataset_schemas, dataset_text
from tools.adapters.documents.layout import ILLUSTRATOR, INDESIGN, layout_page, layout_text
from tools.adapters.documents.markdown import rewrite_markdown
from tools.adapters.documents.opendocument import OPEN_TYPES, open_page, open_text
from tools.adapters.documents.package import DOCX
from tools.adapters.documents.parquet.reading import PARQUET, parquet_schemas
from tools.adapters.documents.parquet.showing import parquet_page, parquet_text
from tools.adapters.documents.pdf import pdf_page, pdf_text
from tools.adapters.documents.pdf_rewrite import rewrite_pdf
from tools.adapters.documents.plain import plain_text, rewrite_plain
from tools.adapters.documents.previews import dataset_page, markdown_page, text_page, word_page
from tools.adapters.documents.sheets import XLSX, sheets_page, sheets_schemas, sheets_text
from tools.adapters.documents.sheets_rewrite import rewrite_sheets
from tools.adapters.documents.slides import PPTX, slides_page, slides_text
from tools.adapters.documents.slides_rewrite import rewrite_slides
from tools.adapters.documents.subtitles import SUBTITLES, subtitle_page, subtitle_text
from tools.adapters.documents.subtitles_rewrite import rewrite_subtitles
from tools.adapters.documents.web_page import HTML, web_drawing, web_text
from tools.adapters.documents.web_rewrite import rewrite_web
from tools.adapters.documents.word import word_text
from tools.adapters.documents.word_rewrite import rewrite_word
from tools.core.datasets.schema import Schema
from tools.core.errors import Fixable
from tools.core.ports import DocumentText, Rewrite, Rewritten

Read = Callable[[Path], DocumentText]
Draw = Callable[[Path], Image.Image | None]
Write = Callable[[Path, Rewrite, str], tuple[bytes, list[str]]]
Describe = Callable[[Path], tuple[Schema, ...]]

TABLES = ("text/csv", "text/tab-separated-values")
READERS: dict[str, tuple[Read, Draw]] = {
    "application/pdf": (pdf_text, pdf_page),
    "application/json": (plain_text, text_page),
    "text/plain": (plain_text, text_page),
    "text/markdown": (plain_text, markdown_page),
    DOCX: (word_text, word_page),
    EPUB: (book_text, book_page),
    HTML: (web_text, web_drawing),
    ILLUSTRATOR: (pdf_text, pdf_page),
    INDESIGN: (layout_text, layout_page),
    PPTX: (slides_text, slides_page),
    XLSX: (sheets_text, sheets_page),
    PARQUET: (parquet_text, parquet_page),
    **dict.fromkeys(TABLES, (dataset_text, dataset_page)),
    **dict.fromkeys(OPEN_TYPES, (open_text, open_page)),
    **dict.fromkeys(SUBTITLES, (subtitle_text, subtitle_page)),
}
SCHEMAS: dict[str, Describe] = {
    PARQUET: parquet_schemas,
    XLSX: sheets_schemas,
    **dict.fromkeys(TABLES, dataset_schemas),
}
PDF = "application/pdf"


def _silent(write: Callable[[Path, Rewrite, str], bytes]) -> Write:
    return lambda path, rewrite, mark: (write(path, rewrite, mark), [])


REWRITERS: dict[str, Write] = {
    DOCX: _silent(rewrite_word),
    HTML: _silent(rewrite_web),
    "text/markdown": _silent(rewrite_markdown),
    "text/plain": _silent(rewrite_plain),
    PDF: rewrite_pdf,
    PPTX: rewrite_slides,
    XLSX: rewrite_sheets,
    **dict.fromkeys(SUBTITLES, rewrite_subtitles),
}
PAGED = frozenset({"application/pdf", ILLUSTRATOR})


class FileDocuments:
    """Implements ports.Documents."""

    def read(self, path: Path, mime: str) -> DocumentText:
        """Extract the text; a dataset gives its column names, row count and a sample.

        Raises Fixable for an encrypted, broken or oversized file.
        """
        if mime not in READERS:
            raise Fixable("No text can be read from this format. Save it as DOCX or PDF.")
        return READERS[mime][0](path)

    def schemas(self, path: Path, mime: str) -> tuple[Schema, ...]:
        """Describe the columns of a dataset, table by table; none where there are no tables.

        Raises Fixable for a broken file.
        """
        return SCHEMAS[mime](path) if mime in SCHEMAS else ()

    def preview(self, path: Path, mime: str, page: int = 1) -> Image.Image | None:
        """Draw a page, or None where it cannot be drawn; what has no pages by its beginning."""
        if mime in PAGED:
            return pdf_page(path, page)
        return READERS[mime][1](path) if mime in READERS else None

    def rewrite(self, path: Path, mime: str, rewrite: Rewrite, mark: str) -> Rewritten:
        """Write a copy whose texts went through `rewrite`; a PDF comes back as DOCX.

        Styles, tables, links and pictures are kept; `mark` stands at its top where the format has
        a place for it, and in its properties. Raises Fixable for another format.
        """
        if mime not in REWRITERS:
            raise Fixable(
                "Word, PowerPoint, Excel, PDF, web page, subtitle, text and Markdown files can be "
                "rewritten. Save it as one of these first."
            )
        content, notes = REWRITERS[mime](path, rewrite, mark)
        return Rewritten(content, DOCX if mime == PDF else mime, tuple(notes))
