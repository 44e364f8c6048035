"""Attaching the files that belong to an asset: kept with it, and read again when they change."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from tools.core.assets import Asset, AssetId, Companion, Field, Source
from tools.core.audit import AuditEvent
from tools.core.errors import Fixable
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.grouping import role_of
from tools.core.ingest.live import NOT_LIVE, is_live
from tools.core.ingest.naming import shown_path, stored_name
from tools.core.ingest.outcomes import COMPANION, FileOutcome, FileStatus, IngestOptions
from tools.core.ingest.sidecars import BY, changes, merged
from tools.core.ingest.suspecting import audit_flag, suspected
from tools.core.originals import Originals, hash_of
from tools.core.people import Authority
from tools.core.perception import FileFacts
from tools.core.ports import Blobs, Clock, Probe
from tools.core.records import Catalogue, KnownFile

XMP = "application/rdf+xml"
OTHER_SHOT = "It was taken at another time than the picture of the same name."


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A companion at hand."""

    path: Path
    role: str
    bytes: int
    modified_ns: int
    sha256: str
    mime: str


class NotOurs(Fixable):
    """A file of the same name that belongs to something else."""


class Attaching:
    """Keeps companions of assets."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        blobs: Blobs,
        originals: Originals,
        probe: Probe,
        enrichment: Enrichment,
        indexing: Indexing,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._blobs = blobs
        self._originals = originals
        self._probe = probe
        self._enrichment = enrichment
        self._indexing = indexing
        self._clock = clock

    def attach(
        self,
        asset_id: AssetId,
        path: Path,
        options: IngestOptions,
        authority: Authority,
        *,
        renewed: bool,
    ) -> list[FileOutcome]:
        """Keep a file with an asset; a sidecar is read, also where only the asset is `renewed`.

        Raises NotOurs, with nothing kept, for what turns out to be something else.
        """
        with self._catalogue.reading() as records:
            asset = records.assets.get(asset_id, authority.actor)
        if asset is None:
            return []
        arriving = self._arriving(asset, path)
        if arriving:
            self._keep(asset, arriving, options, authority)
        if role_of(path) == "sidecar" and (arriving or renewed):
            self._reread(asset, authority)
        if arriving is None:
            return [FileOutcome(asset.id, shown_path(path), FileStatus.UNCHANGED)]
        reason = f"It is kept with {asset.file_name} as its {_WORDS[arriving.role]}."
        return [FileOutcome(asset.id, shown_path(path), FileStatus.ADDED, reason)]

    def settle(self, asset_id: AssetId, authority: Authority) -> None:
        """Let go of companions in place that are gone, with what only a gone sidecar said."""
        with self._catalogue.reading() as records:
            asset = records.assets.get(asset_id, authority.actor)
            companions = records.companions.of(asset_id)
        gone = [one for one in companions if one.blob is None and not Path(one.path).exists()]
        if asset is None or not gone:
            return
        with self._catalogue.writing() as records:
            records.companions.drop(gone)
            records.files.drop([one.path for one in gone])
        if any(one.role == "sidecar" for one in gone):
            self._reread(asset, authority)

    def _arriving(self, asset: Asset, path: Path) -> _Arriving | None:
        """Look at a file; None when it is known already.

        Raises NotOurs for what is an asset of its own, or was taken at another time.
        """
        facts = path.stat()
        with self._catalogue.reading() as records:
            known = records.files.get(os.fspath(path))
        if known and known.asset_id and known.asset_id != asset.id:
            raise NotOurs("It is an asset of its own.")
        if known and (known.bytes, known.modified_ns) == (facts.st_size, facts.st_mtime_ns):
            return None
        role, mime = role_of(path), XMP
        if role != "sidecar":
            said = self._probe.identify(path)
            mime = said.mime
            if role == "motion" and not is_live(self._facts(asset), said):
                raise NotOurs(NOT_LIVE)
            moment = said.embedded.get("captured_at", "")
            if role != "motion" and differ(self._taken(asset), moment):
                raise NotOurs(OTHER_SHOT)
        return _Arriving(path, role, facts.st_size, facts.st_mtime_ns, hash_of(path), mime)

    def _keep(
        self, asset: Asset, arriving: _Arriving, options: IngestOptions, authority: Authority
    ) -> None:
        blob = None
        if not options.in_place:
            blob = self._blobs.put_file(arriving.path, arriving.sha256)
        now, path = self._clock.now(), os.fspath(arriving.path)
        companion = Companion(
            asset.id,
            asset.version.number,
            arriving.role,
            stored_name(arriving.path.name),
            arriving.sha256,
            arriving.bytes,
            arriving.mime,
            now,
            blob,
            path,
        )
        told = json.dumps({"file": path, "role": arriving.role, "sha256": arriving.sha256})
        with self._catalogue.writing() as records:
            records.companions.add(companion)
            records.files.put(
                KnownFile(
                    path,
                    arriving.bytes,
                    arriving.modified_ns,
                    arriving.sha256,
                    asset.id,
                    COMPANION,
                    in_place=options.in_place,
                )
            )
            records.audit.append(
                AuditEvent(now, authority.actor.id, "asset.joined", asset.id, told)
            )

    def _reread(self, asset: Asset, authority: Authority) -> None:
        """Bring the values that files state to what file and sidecars state now."""
        facts = self._facts(asset)
        beside: dict[str, str] = {}
        with self._catalogue.reading() as records:
            companions = records.companions.of(asset.id)
        for one in companions:
            if one.role == "sidecar":
                with self._originals.beside(one) as path:
                    beside |= self._probe.sidecar(path)
        self._say(asset, facts, beside, authority)

    def _say(
        self, asset: Asset, facts: FileFacts, beside: dict[str, str], authority: Authority
    ) -> None:
        # A title that gives orders is none, and must not take the place of the file's own.
        alone = self._enrichment.said(asset.id, replace(facts, embedded=beside), asset.file_name)
        titled = any(v.field is Field.TITLE and v.source is Source.FILE for v in alone)
        heard = {name: text for name, text in beside.items() if titled or name != "title"}
        both = replace(facts, embedded=merged(facts.embedded, heard))
        before = self._enrichment.said(asset.id, facts, asset.file_name)
        said = self._enrichment.said(asset.id, both, asset.file_name)
        flags = self._enrichment.doubted(asset.id, replace(facts, embedded=beside, asides=()))
        now = self._clock.now()
        with self._catalogue.writing() as records:
            current = records.fields.current([asset.id])
            ended = records.fields.history(asset.id, Field.TAG)
            ended += records.fields.history(asset.id, Field.KEYWORD_PATH)
            old, new = changes(current, before, said, ended)
            new += [replace(flag, source=Source.FILE) for flag in flags]
            records.fields.retire(old, now)
            records.fields.put(new)
            if flags and not suspected(current):
                audit_flag(records, asset.id, flags, authority.actor.id, now)
            self._indexing.words(records, [asset.id])
        self._indexing.forget_vectors([asset.key])

    def _facts(self, asset: Asset) -> FileFacts:
        with self._originals.open(asset) as path:
            return replace(self._probe.identify(path), mime=asset.version.mime)

    def _taken(self, asset: Asset) -> str:
        with self._catalogue.reading() as records:
            values = records.fields.current([asset.id])
        # What people and sidecars say instead may be a correction of a wrong clock.
        own = (v for v in values if v.source is Source.FILE and v.by != BY)
        return next((v.value for v in own if v.field is Field.CAPTURED_AT), "")


_WORDS = {"raw": "RAW", "picture": "picture", "sidecar": "XMP sidecar", "motion": "moving part"}


def differ(one: str, other: str) -> bool:
    """Tell whether two known moments are not the same second; zones are often left out."""
    whole = len("2024-05-06T07:08:09")
    return len(one) >= whole and len(other) >= whole and one[:whole] != other[:whole]
