"""Translating documents, as machine drafts with checks."""

from tools.core.ingest.service import Ingest
from tools.core.library import Library
from tools.core.people import Authority
from tools.core.ports import Clock, Documents, Translator, Writer
from tools.core.records import Catalogue
from tools.core.repurposing.made import Made


class Translation:
    """Makes a document speak another language, its layout kept."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        ingest: Ingest,
        documents: Documents,
        translator: Translator,
        writer: Writer | None,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue

    def translate(self, asset_id: str, language: str, authority: Authority) -> Made:
        """Translate a DOCX, text or Markdown file; `language` is a BCP 47 code or a name.

        Raises Fixable for another format, an unknown language, or a pair nothing here can do.
        """
        raise NotImplementedError
