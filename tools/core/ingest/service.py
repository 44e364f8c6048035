"""Ingest: files become assets, one transaction each, and can be forgotten again."""

import os
import queue
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.core.assets import Asset, Field, Recipe
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.attaching import Attaching
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.filing import Filing, Incoming, Lineage
from tools.core.ingest.forgetting import Forgetting, Traces
from tools.core.ingest.intake import Intake
from tools.core.ingest.naming import shown_path, stored_name
from tools.core.ingest.outcomes import (
    COMPANION,
    FileOutcome,
    FileStatus,
    Forgotten,
    IngestOptions,
    Repaired,
)
from tools.core.ingest.settling import Settling
from tools.core.ingest.upkeep import Upkeep
from tools.core.ingest.walk import walk
from tools.core.ingest.work import KIND, IngestWork, Taken, write_order
from tools.core.originals import Originals, hash_of
from tools.core.people import Authority
from tools.core.ports import Blobs, Clock, Jobs, Probe, Report, Thumbnails
from tools.core.records import Catalogue
from tools.core.rights.service import Rights

ENDED = frozenset({"done", "failed", "cancelled"})
PATIENCE = 0.1


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
        settling: Settling,
        jobs: Jobs,
        thumbnails: Thumbnails,
        traces: Traces,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._jobs = jobs
        self._probe = probe
        self._indexing = indexing
        filing = Filing(catalogue=catalogue, indexing=indexing, settling=settling, clock=clock)
        originals = Originals(catalogue=catalogue, blobs=blobs)
        attaching = Attaching(
            catalogue=catalogue,
            blobs=blobs,
            originals=originals,
            probe=probe,
            enrichment=enrichment,
            indexing=indexing,
            clock=clock,
        )
        self._intake = Intake(
            catalogue=catalogue,
            blobs=blobs,
            probe=probe,
            enrichment=enrichment,
            filing=filing,
            thumbnails=thumbnails,
            indexing=indexing,
            attaching=attaching,
        )
        self._forgetting = Forgetting(
            catalogue=catalogue,
            blobs=blobs,
            indexing=indexing,
            thumbnails=thumbnails,
            traces=traces,
            jobs=jobs,
            clock=clock,
        )
        self._upkeep = Upkeep(
            catalogue=catalogue,
            originals=originals,
            probe=probe,
            enrichment=enrichment,
            indexing=indexing,
            settling=settling,
            thumbnails=thumbnails,
            clock=clock,
        )
        self._work = IngestWork(
            catalogue=catalogue, intake=self._intake, indexing=indexing, rights=rights
        )
        jobs.register(KIND, self._work)

    def tell(self, taken: Taken) -> None:
        """Tell somebody of whatever is taken in from now on."""
        self._work.taken = taken

    def ingest(
        self, paths: Sequence[Path], options: IngestOptions, authority: Authority
    ) -> Iterator[FileOutcome]:
        """Take in files and folders as a job, giving each outcome as it is known.

        The job begins at once and goes on when nobody listens. Raises Fixable while outcomes are
        read when the run has to stop (full disk); what is in stays in.
        """
        wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  (keeps links)
        if not wanted:
            raise Fixable("Say which files or folders to take in.")
        run = secrets.token_hex(8)
        listener = self._work.listen(run)
        job = self._jobs.enqueue(KIND, write_order(run, wanted, options, authority), run)
        return self._listen(run, job, listener, wanted)

    def add_upload(self, name: str, content: Path, authority: Authority) -> Asset:
        """Take in one uploaded file under its own name.

        The same bytes give the asset that is there already. Raises Fixable for a bad file.
        """
        with tempfile.TemporaryDirectory(prefix="upload-") as folder:
            # Some formats are told apart by the ending; the rest of a name is no part of a path.
            path = Path(folder) / f"upload{_ending(name)}"
            path.symlink_to(content.absolute())
            incoming = self._incoming(name, path, IngestOptions(), authority)
            with self._catalogue.reading() as records:
                twin = records.assets.with_hash(incoming.sha256)
                known = twin and records.assets.get(twin.id, authority.actor)
            if known:
                return known
            asset = self._kept(self._intake.keep(incoming))
            self._work.taken([asset.id], authority)
            return asset

    def add_rendition(
        self,
        parent: Asset,
        content: bytes,
        mime: str,
        file_name: str,
        title: str,
        recipe: Recipe,
        authority: Authority,
        *,
        known: Sequence[tuple[Field, str]] = (),
    ) -> Asset:
        """Store a file made from the parent's current version, linked to it.

        `known` are values that follow from the recipe. Raises Fixable when the content is not
        what `mime` says, or cannot be kept.
        """
        lineage = Lineage(parent, recipe, title, tuple(known))
        with tempfile.TemporaryDirectory(prefix="rendition-") as folder:
            path = Path(folder) / f"rendition{_ending(file_name)}"
            path.write_bytes(content)
            found = self._probe.identify(path).mime
            if found != mime:
                raise Fixable(f"The file that was made is {found}, not {mime}.")
            incoming = self._incoming(file_name, path, IngestOptions(), authority)
            return self._kept(self._intake.keep(incoming, lineage))

    def forget(self, targets: Sequence[str], authority: Authority) -> Forgotten:
        """Remove every trace of assets named by id or by path, with their renditions.

        Raises Fixable for what is not known, Refused for what is public or for want of the role.
        """
        return self._forgetting.forget(targets, authority)

    def reindex(self, report: Report, *, anew: bool = False) -> int:
        """Rebuild text, vectors and thumbnails from catalogue and files; gives the count.

        `anew` looks at every file again with the models of today.
        """
        return self._upkeep.reindex(report, anew=anew)

    def repair(self, report: Report) -> Repaired:
        """Complete what a crash or a missing model left incomplete."""
        return self._upkeep.repair(report)

    def listen(self, report: Report) -> int:
        """Listen to recordings that a missing model could not listen to; gives the count."""
        return self._upkeep.listen(report)

    def _listen(
        self,
        run: str,
        job: str,
        listener: "queue.SimpleQueue[FileOutcome]",
        wanted: Sequence[Path],
    ) -> Iterator[FileOutcome]:
        told = 0
        try:
            while True:
                status = self._jobs.status(job)
                ended = status is None or status.state in ENDED
                # What ended before the queue was looked at has put everything into it.
                while True:
                    try:
                        yield listener.get(timeout=0 if ended else PATIENCE)
                        told += 1
                    except queue.Empty:
                        break
                if ended:
                    break
        finally:
            self._work.close(run)
        if status and status.state == "failed":
            raise Fixable(status.note or "The run stopped. Run again to go on.")
        if status and status.state == "done" and not told:
            # Another process did the work; its outcomes are in the catalogue.
            yield from self._remembered(wanted)

    def _remembered(self, wanted: Sequence[Path]) -> Iterator[FileOutcome]:
        for found in walk(wanted):
            with self._catalogue.reading() as records:
                known = records.files.get(os.fspath(found.path))
            if known:
                name = shown_path(found.path)
                status = "added" if known.status == COMPANION else known.status
                yield FileOutcome(known.asset_id, name, FileStatus(status), known.reason)

    def _incoming(
        self, name: str, path: Path, options: IngestOptions, authority: Authority
    ) -> Incoming:
        facts = path.stat()
        return Incoming(
            path,
            stored_name(name),
            None,
            facts.st_size,
            facts.st_mtime_ns,
            hash_of(path),
            options,
            authority,
        )

    def _kept(self, outcome: FileOutcome) -> Asset:
        assert outcome.id is not None
        self._indexing.vectors([outcome.id])
        with self._catalogue.reading() as records:
            asset = records.assets.get(outcome.id, EVERYONE)
        assert asset is not None
        return asset


def _ending(name: str) -> str:
    """Give the ending of a name if it is short and plain, else nothing."""
    ending = Path(stored_name(name)).suffix
    return ending if len(ending) <= 8 and ending[1:].isalnum() else ""
