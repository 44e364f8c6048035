"""Taking in one file: noticed, identified, described and kept in one transaction."""

import errno
import logging
import os
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tools.core.assets import AssetId, AssetState
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing
from tools.core.ingest.attaching import Attaching, NotOurs
from tools.core.ingest.enrichment import THUMBNAIL_SIDE, Enrichment
from tools.core.ingest.filing import Filing, Incoming, Lineage
from tools.core.ingest.grouping import ALONE, role_of
from tools.core.ingest.naming import shown_path, stored_name
from tools.core.ingest.outcomes import COMPANION, FileOutcome, FileStatus, IngestOptions
from tools.core.originals import hash_of
from tools.core.people import Authority
from tools.core.ports import Blobs, Probe, Thumbnails
from tools.core.records import Catalogue, KnownFile, Records

log = logging.getLogger(__name__)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class RunStopped(Fixable):
    """Nothing more can be kept, so that the whole run has to stop."""


class Intake:
    """Takes in files one by one; safe to run from several threads."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        blobs: Blobs,
        probe: Probe,
        enrichment: Enrichment,
        filing: Filing,
        thumbnails: Thumbnails,
        indexing: Indexing,
        attaching: Attaching,
    ) -> None:
        self._attaching = attaching
        self._catalogue = catalogue
        self._blobs = blobs
        self._probe = probe
        self._enrichment = enrichment
        self._filing = filing
        self._thumbnails = thumbnails
        self._indexing = indexing

    def take(
        self, together: Sequence[Path], options: IngestOptions, authority: Authority
    ) -> list[FileOutcome]:
        """Take in a file of a folder and, behind it, the files that belong to it.

        Raises RunStopped when nothing more can be kept; any other trouble is the file's own.
        """
        members = self._in_order(together)
        leader = self._tried(members[0], lambda: [self._take(members[0], options, authority)])
        outcomes = leader
        for member in members[1:]:
            if leader[0].id is None or leader[0].status is FileStatus.SKIPPED:
                # What leads could not be taken in, so that a RAW stands for itself.
                outcomes = [*outcomes, *self._apart(member, options, authority)]
            else:
                joined = partial(self._joined, leader[0], member, options, authority)
                outcomes = [*outcomes, *self._tried(member, joined)]
        if leader[0].id and leader[0].status is not FileStatus.FAILED:
            self._attaching.settle(leader[0].id, authority)
        return outcomes

    def _tried(self, path: Path, work: Callable[[], list[FileOutcome]]) -> list[FileOutcome]:
        try:
            return work()
        except RunStopped:
            raise
        except Fixable as trouble:
            return [self._failed(path, str(trouble))]
        except OSError as error:
            if error.errno in FULL:
                raise RunStopped("The disk is full: free some space and run again.") from error
            return [self._failed(path, _unreadable(error))]
        except Exception:
            # One file that meets a bug must not cost the other ten thousand.
            name = secrets.token_hex(4)
            log.exception("Ingest error %s", name)
            return [self._failed(path, f"It could not be taken in (error {name} in the log).")]

    def _in_order(self, members: Sequence[Path]) -> list[Path]:
        """Put first what leads: a file that is an asset already goes on being one."""
        with self._catalogue.reading() as records:
            known = {path: records.files.get(os.fspath(path)) for path in members}
        own = [path for path in members if (file := known[path]) and _is_asset(file)]
        first = own[0] if own else members[0]
        return [first, *(path for path in members if path != first)]

    def _joined(
        self, leader: FileOutcome, path: Path, options: IngestOptions, authority: Authority
    ) -> list[FileOutcome]:
        assert leader.id is not None
        renewed = leader.status is FileStatus.ADDED
        try:
            return self._attaching.attach(leader.id, path, options, authority, renewed=renewed)
        except NotOurs:
            return self._apart(path, options, authority)

    def _apart(self, path: Path, options: IngestOptions, authority: Authority) -> list[FileOutcome]:
        if role_of(path) == "sidecar":
            return [FileOutcome(None, shown_path(path), FileStatus.SKIPPED, ALONE)]
        return self._tried(path, lambda: [self._take(path, options, authority)])

    def keep(self, incoming: Incoming, lineage: Lineage | None = None) -> FileOutcome:
        """Identify, describe and keep a file that is at hand."""
        facts = self._probe.identify(incoming.path)
        asset_id = AssetId("a" + secrets.token_hex(5))
        described = self._enrichment.describe(asset_id, incoming.path, facts, incoming.name)
        blob = None
        try:
            if not incoming.options.in_place:
                blob = self._blobs.put_file(incoming.path, incoming.sha256)
            if described.thumbnail:
                self._thumbnails.put(incoming.sha256, THUMBNAIL_SIDE, described.thumbnail)
            outcome = self._filing.record(asset_id, incoming, facts, described, blob, lineage)
        except Fixable as trouble:
            if _at_rest(incoming):
                # The file is as it was, so it is the store that is in trouble.
                raise RunStopped(str(trouble)) from trouble
            raise
        if outcome.id and outcome.status is FileStatus.ADDED:
            self._indexing.looks(outcome.id, described.looks)
        return outcome

    def _take(self, path: Path, options: IngestOptions, authority: Authority) -> FileOutcome:
        before = path.stat()
        with self._catalogue.reading() as records:
            known = self._untouched(records, path, before)
        if known:
            return known
        sha256 = hash_of(path)
        after = path.stat()
        if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, before.st_size):
            return self._failed(path, "It changed while it was read. Run again when it is at rest.")
        incoming = Incoming(
            path,
            stored_name(path.name),
            os.fspath(path),
            before.st_size,
            before.st_mtime_ns,
            sha256,
            options,
            authority,
        )
        with self._catalogue.writing() as records:
            settled = self._filing.settled(records, incoming)
        return settled or self.keep(incoming)

    def _untouched(self, records: Records, path: Path, facts: os.stat_result) -> FileOutcome | None:
        """Recognise a file by path, size and time, without reading it."""
        known = records.files.get(os.fspath(path))
        if known is None or known.asset_id is None or known.status == FileStatus.FAILED:
            return None
        if (known.bytes, known.modified_ns) != (facts.st_size, facts.st_mtime_ns):
            return None
        asset = records.assets.get(known.asset_id, EVERYONE)
        if asset and asset.state is AssetState.TRASHED:
            reason = "It was moved to the trash here. Restore it there."
            return FileOutcome(asset.id, shown_path(path), FileStatus.SKIPPED, reason)
        return FileOutcome(asset.id, shown_path(path), FileStatus.UNCHANGED) if asset else None

    def _failed(self, path: Path, reason: str) -> FileOutcome:
        line = " ".join(reason.split())
        try:
            facts = path.stat()
            size, modified = facts.st_size, facts.st_mtime_ns
        except OSError:
            size, modified = 0, 0
        name = os.fspath(path)
        with self._catalogue.writing() as records:
            known = records.files.get(name)
            asset_id = known.asset_id if known else None
            status = FileStatus.FAILED
            records.files.put(KnownFile(name, size, modified, "", asset_id, status, line))
        return FileOutcome(asset_id, shown_path(path), status, line)


def _is_asset(known: KnownFile) -> bool:
    return known.asset_id is not None and known.status not in {COMPANION, FileStatus.FAILED}


def _at_rest(incoming: Incoming) -> bool:
    try:
        facts = incoming.path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (incoming.bytes, incoming.modified_ns)


def _unreadable(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "There is no permission to read it. Change its permissions and run again."
    if isinstance(error, FileNotFoundError):
        return "It vanished while it was being taken in."
    return f"It cannot be read ({error.strerror or type(error).__name__})."
