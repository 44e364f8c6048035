"""The documents port: DOCX, PDF, plain text, Markdown and delimited tables."""

from pathlib import Path

from PIL import Image

from tools.adapters.documents.datasets import dataset_text
from tools.adapters.documents.markdown import rewrite_markdown
from tools.adapters.documents.package import DOCX
from tools.adapters.documents.pdf import pdf_page, pdf_text
from tools.adapters.documents.plain import plain_text, rewrite_plain
from tools.adapters.documents.previews import dataset_page, text_page, word_page
from tools.adapters.documents.word import word_text
from tools.adapters.documents.word_rewrite import rewrite_word
from tools.core.errors import Fixable
from tools.core.ports import DocumentText, Rewrite

TABLES = ("text/csv", "text/tab-separated-values")


class FileDocuments:
    """Implements ports.Documents."""

    def read(self, path: Path, mime: str) -> DocumentText:
        """Extract the text; a dataset gives its column names, row count and a sample.

        Raises Fixable for an encrypted, broken or oversized file.
        """
        match mime:
            case "application/pdf":
                return pdf_text(path)
            case "text/plain" | "text/markdown":
                return plain_text(path)
            case _ if mime in TABLES:
                return dataset_text(path)
            case _ if mime == DOCX:
                return word_text(path)
            case _:
                raise Fixable("No text can be read from this format. Save it as DOCX or PDF.")

    def preview(self, path: Path, mime: str) -> Image.Image | None:
        """Draw the first page, or None where the format cannot be drawn."""
        match mime:
            case "application/pdf":
                return pdf_page(path)
            case "text/plain" | "text/markdown":
                return text_page(path, markdown=mime == "text/markdown")
            case _ if mime in TABLES:
                return dataset_page(path)
            case _ if mime == DOCX:
                return word_page(path)
            case _:
                return None

    def rewrite(self, path: Path, mime: str, rewrite: Rewrite, mark: str) -> bytes:
        """Write a copy of a DOCX, TXT or Markdown file whose texts went through `rewrite`.

        Styles, tables, links and pictures are kept; `mark` stands at its top and, in a DOCX, in
        its properties. Raises Fixable for another format.
        """
        match mime:
            case "text/plain":
                return rewrite_plain(path, rewrite, mark)
            case "text/markdown":
                return rewrite_markdown(path, rewrite, mark)
            case _ if mime == DOCX:
                return rewrite_word(path, rewrite, mark)
            case _:
                raise Fixable(
                    "Only Word, text and Markdown files can be rewritten. Save it as DOCX first."
                )
