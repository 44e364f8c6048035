"""Reading what is written: text, language and how it reads."""

from pathlib import Path

from tools.core.assets import Field, MediaType
from tools.core.datasets.telling import told, values_of
from tools.core.errors import Fixable
from tools.core.ingest.grounds import Grounds, begun, grounded
from tools.core.ingest.manner import manner
from tools.core.ingest.notes import Note, attempt
from tools.core.ports import Documents, DocumentText, Tones, Translator
from tools.core.search.passages import NEW_PAGE

LONGEST_TEXT = 400_000
SHORTEST_PROSE = 40
# Of this much the language is told.
SAMPLE = 4000


class Texts:
    """Reads documents and datasets; without `tones` nothing is said of how they read."""

    def __init__(
        self, *, documents: Documents, translator: Translator, tones: Tones | None = None
    ) -> None:
        self._documents = documents
        self._translator = translator
        self._tones = tones

    def written(
        self, path: Path, mime: str, media_type: MediaType, notes: list[Note]
    ) -> DocumentText:
        """Note what a document or dataset says, and give it page by page.

        Raises Fixable for a file that cannot be read.
        """
        read = self._documents.read(path, mime)
        schemas = self._documents.schemas(path, mime)
        found = self._text(read, values_of(schemas))
        language = next((note.value for note in found if note.field is Field.LANGUAGE), "")
        notes += found
        if media_type is MediaType.DOCUMENT and language:
            notes += self.manner("\n\n".join(read.pages)[:LONGEST_TEXT], language)
        notes += [Note(field, value, "schema") for field, value in told(schemas)]
        return read

    def manner(self, text: str, language: str) -> list[Note]:
        """Note sentiment and tone of a text that is long enough to have any."""
        if self._tones is None or len(text) < SHORTEST_PROSE:
            return []
        try:
            return manner(text, language, self._tones)
        except Fixable:
            # It is read again with everything else when the model is there.
            return []

    def _text(self, read: DocumentText, values: str = "") -> list[Note]:
        whole = f"\n{NEW_PAGE}\n".join(page.strip() for page in read.pages)
        whole = f"{whole}\n{values}" if values else whole
        text = whole[:LONGEST_TEXT]
        if not text.strip():
            return [Note(Field.WARNING, "No text was found in it; it may be a scan.", "documents")]
        notes = [Note(Field.TEXT, text, "documents")]
        if len(text) >= SHORTEST_PROSE:
            tongue = attempt(lambda: self._translator.identify(text[:SAMPLE]), notes)
            if tongue and tongue.language:
                grounds = Grounds(Field.LANGUAGE, tongue.language, f"'{begun(text)}'")
                notes += grounded(grounds, tongue.by, tongue.sure)
        if read.truncated or len(whole) > LONGEST_TEXT:
            notes.append(
                Note(Field.WARNING, "Only the beginning of its text was read.", "documents")
            )
        return notes
