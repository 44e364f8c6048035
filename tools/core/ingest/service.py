"""Ingest: files become assets, one transaction each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from tools.core.assets import Asset, Recipe
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.outcomes import FileOutcome, Forgotten, IngestOptions, Repaired
from tools.core.people import Authority
from tools.core.ports import Blobs, Clock, Jobs, Probe, Report, Thumbnails
from tools.core.records import Catalogue
from tools.core.rights.service import Rights


class Traces(Protocol):
    """What remembers assets outside the catalogue: conversations and their checkpoints."""

    def erase(self, threads: Sequence[str]) -> None:
        """Forget these conversations wholly."""
        ...


class Ingest:
    """Takes files in, keeps them up to date and forgets them."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        blobs: Blobs,
        probe: Probe,
        enrichment: Enrichment,
        indexing: Indexing,
        rights: Rights,
        jobs: Jobs,
        thumbnails: Thumbnails,
        traces: Traces,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue

    def ingest(
        self, paths: Sequence[Path], options: IngestOptions, authority: Authority
    ) -> Iterator[FileOutcome]:
        """Take in files and folders as a job, giving each outcome as it is known.

        Raises Fixable when the run has to stop (full disk); what is in stays in.
        """
        raise NotImplementedError

    def add_upload(self, name: str, content: Path, authority: Authority) -> Asset:
        """Take in one uploaded file under its own name.

        Raises Fixable for a file that cannot be taken in.
        """
        raise NotImplementedError

    def add_rendition(  # noqa: PLR0913
        self,
        parent: Asset,
        content: bytes,
        mime: str,
        file_name: str,
        title: str,
        recipe: Recipe,
        authority: Authority,
    ) -> Asset:
        """Store a file made from the parent's current version, linked to it."""
        raise NotImplementedError

    def forget(self, targets: Sequence[str], authority: Authority) -> Forgotten:
        """Remove every trace of assets named by id or by path, with their renditions."""
        raise NotImplementedError

    def reindex(self, report: Report) -> int:
        """Rebuild text, vectors and thumbnails from catalogue and files; gives the count."""
        raise NotImplementedError

    def repair(self, report: Report) -> Repaired:
        """Complete what a crash or a missing model left incomplete."""
        raise NotImplementedError
