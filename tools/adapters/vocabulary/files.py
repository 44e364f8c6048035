"""Reads and writes vocabularies by the ending of a file's name."""

import io
from pathlib import Path
from types import ModuleType

from tools.adapters.vocabulary import tables
from tools.core.errors import Fixable
from tools.core.taxonomy.concepts import Concept, Taxonomy

LARGEST = 10_000_000
RDF = {".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".jsonld": "json-ld"}
ENDINGS = (*RDF, ".json", ".csv")


class FileVocabularies:
    """Implements ports.Vocabularies; files are believed to be hostile."""

    def read(self, path: Path) -> tuple[Concept, ...]:
        """Give the concepts as they stand in a file, unchecked.

        Raises Fixable for another format, a file of more than 10 MB, and what cannot be parsed.
        """
        ending = path.suffix.lower()
        if ending not in ENDINGS:
            raise Fixable(
                f"A taxonomy is read from {', '.join(ENDINGS)}. Export it as one of them."
            )
        size = path.stat().st_size
        if size > LARGEST:
            limit = f"{LARGEST // 1_000_000} MB"
            raise Fixable(f"It has {size // 1_000_000} MB; {limit} are the limit. Import a part.")
        content = path.read_bytes()
        try:
            if ending in RDF:
                return tuple(_skos().read(content, RDF[ending]))
            return tables.read_csv(content) if ending == ".csv" else tables.read_json(content)
        except RecursionError as error:
            raise Fixable("It is nested deeper than any taxonomy. Export it again.") from error

    def write(self, taxonomy: Taxonomy, ending: str) -> bytes:
        """Write a taxonomy; Fixable for another format."""
        if ending in RDF:
            return bytes(_skos().write(taxonomy, RDF[ending]))
        if ending != ".csv":
            known = ", ".join((*RDF, ".csv"))
            raise Fixable(f"A taxonomy is written as {known}. Name the file so.")
        out = io.StringIO()
        tables.write_csv(taxonomy, out)
        return out.getvalue().encode()


def _skos() -> ModuleType:
    from tools.adapters.vocabulary import skos  # noqa: PLC0415  (rdflib takes long to import)

    return skos
