"""Documents, vocabularies and what is written or translated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tools.core.datasets.schema import Schema
from tools.core.perception import Manner, Tongue
from tools.core.ports.basics import Picture
from tools.core.taxonomy.concepts import Concept, Taxonomy


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document, page by page (one page where the format has none).

    `asides` are texts beside it that its pages do not show, each with where it stands: comments,
    notes, deleted and alternative text, cells beyond the sample. `times` are the seconds at which
    the lines of its text are shown, one for each, where they accompany a recording.
    """

    pages: tuple[str, ...]
    truncated: bool = False
    asides: tuple[tuple[str, str], ...] = ()
    times: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A rewritten copy, its type, and what a person should look at because it may not fit."""

    content: bytes
    mime: str
    notes: tuple[str, ...] = ()


class Documents(Protocol):
    """Reads documents and datasets, and writes translated copies with the layout kept."""

    def read(self, path: Path, mime: str) -> DocumentText:
        """Extract the text; a dataset gives its column names, row count and a sample.

        Raises Fixable for an encrypted, broken or oversized file.
        """
        ...

    def schemas(self, path: Path, mime: str) -> tuple[Schema, ...]:
        """Describe the columns of a dataset, table by table; none where there are no tables.

        Raises Fixable for a broken file.
        """
        ...

    def preview(self, path: Path, mime: str, page: int = 1) -> Picture | None:
        """Draw a page, counted from 1, or None where it cannot be drawn.

        Formats whose pages are not laid out are drawn by their beginning.
        """
        ...

    def rewrite(self, path: Path, mime: str, rewrite: "Rewrite", mark: str) -> Rewritten:
        """Write a copy whose texts went through `rewrite`; a PDF comes back as DOCX.

        Styles, tables, links and images are kept; `mark` is the machine-draft notice that is set
        into the document's properties and shown at its top where the format has a place for it.
        Raises Fixable for another format, a scan and a protected file.
        """
        ...


class Rewrite(Protocol):
    """Turns texts into texts, one for one and in the same order."""

    def __call__(self, texts: Sequence[str], /) -> Sequence[str]:
        """Rewrite each text."""
        ...


class Vocabularies(Protocol):
    """Reads taxonomies from files (SKOS, tables) and writes them."""

    def read(self, path: Path) -> tuple[Concept, ...]:
        """Give the concepts as they stand in a file, unchecked.

        Raises Fixable for another format, and for a file that is too large or cannot be parsed.
        """
        ...

    def write(self, taxonomy: Taxonomy, ending: str) -> bytes:
        """Write a taxonomy in the format of a file's ending; Fixable for one that is not known."""
        ...


class Translator(Protocol):
    """A translation engine for some pairs of BCP 47 language codes."""

    def name(self, source: str, target: str) -> str | None:
        """Name the engine and version that serves the pair, or None."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one."""
        ...

    def detect(self, text: str) -> str:
        """Name the language of a text; English when there is too little to tell."""
        ...

    def identify(self, text: str) -> Tongue:
        """Tell the language of a text and how sure that is."""
        ...


class TranslationMemory(Protocol):
    """Keeps what engines made of sentences, by engine and pair of BCP 47 codes."""

    def recall(self, texts: Sequence[str], engine: str, source: str, target: str) -> dict[str, str]:
        """Give what this engine made of those of the texts that it has seen."""
        ...

    def keep(self, made: Mapping[str, str], engine: str, source: str, target: str) -> None:
        """Keep translations; a newer one takes the place of an older one."""
        ...


class Tones(Protocol):
    """Tells how sentences read, in the languages that it was taught."""

    @property
    def languages(self) -> frozenset[str]:
        """Give those languages by their BCP 47 codes."""
        ...

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    def read(self, sentences: Sequence[str]) -> list[Manner]:
        """Tell how each reads: negative, neutral or positive, and formal, plain and the like."""
        ...


class Writer(Protocol):
    """Words texts with a language model, for what no translation engine serves."""

    @property
    def available(self) -> bool:
        """Tell whether a model is at hand."""
        ...

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one between BCP 47 codes; the result is a draft to be checked."""
        ...
