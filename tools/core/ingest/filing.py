"""Writing a file that was taken in into the catalogue: all of it in one transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tools.core.assets import (
    Asset,
    AssetId,
    AssetState,
    Field,
    FieldValue,
    MediaType,
    Recipe,
    Source,
    Version,
)
from tools.core.audit import AuditEvent
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Described
from tools.core.ingest.naming import shown_path, title_of
from tools.core.ingest.outcomes import FileOutcome, FileStatus, IngestOptions
from tools.core.ingest.settling import Settling
from tools.core.ingest.suspecting import ORDERS, audit_flag, suspected
from tools.core.people import Authority
from tools.core.perception import FileFacts
from tools.core.ports import Clock
from tools.core.records import Catalogue, KnownFile, NewAsset, Records


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file at hand: its bytes at `path`, what it is called, and whose errand it is.

    `source` is the path that the ingest remembers, None for an upload.
    """

    path: Path
    name: str
    source: str | None
    bytes: int
    modified_ns: int
    sha256: str
    options: IngestOptions
    authority: Authority


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a rendition comes from, and what is known of it because of that."""

    parent: Asset
    recipe: Recipe
    title: str
    known: tuple[tuple[Field, str], ...] = ()


class Filing:
    """Knows which asset a file is or becomes."""

    def __init__(
        self, *, catalogue: Catalogue, indexing: Indexing, settling: Settling, clock: Clock
    ) -> None:
        self._catalogue = catalogue
        self._indexing = indexing
        self._settling = settling
        self._clock = clock

    def settled(self, records: Records, incoming: Incoming) -> FileOutcome | None:
        """Recognise a file by its bytes: touched, moved, or there twice."""
        twin = records.assets.with_hash(incoming.sha256)
        if twin is None or records.assets.get(twin.id, incoming.authority.actor) is None:
            return None
        known = records.files.get(incoming.source) if incoming.source else None
        old = twin.version.path
        if known and known.asset_id == twin.id:
            return self._remember(records, incoming, twin.id, FileStatus.UNCHANGED)
        if old and incoming.source and not Path(old).exists():
            self._relocate(records, twin, incoming.source, incoming.name)
            records.files.drop([old])
            reason = f"It was moved here from {shown_path(Path(old))}."
            return self._remember(records, incoming, twin.id, FileStatus.UNCHANGED, reason)
        reason = f"The same bytes are in the library as '{twin.title}'."
        return self._remember(records, incoming, twin.id, FileStatus.DUPLICATE, reason)

    def record(
        self,
        asset_id: AssetId,
        incoming: Incoming,
        facts: FileFacts,
        described: Described,
        blob: str | None,
        lineage: Lineage | None,
    ) -> FileOutcome:
        """Add the asset, or a version of the one that the path was before, with all its values."""
        with self._catalogue.writing() as records:
            settled = None if lineage else self.settled(records, incoming)
            if settled:
                return settled
            former = self._former(records, incoming)
            number = former.version.number + 1 if former else 1
            version = self._version(
                former.id if former else asset_id, number, incoming, facts, blob, lineage
            )
            values = [replace(v, asset_id=version.asset_id) for v in described.values]
            if former:
                self._renew(records, version)
            else:
                records.assets.add(_new_asset(version, facts, incoming, lineage))
            values += self._inherited(records, version.asset_id, values, lineage)
            looks = described.looks
            values = self._settling.settled(records, version.asset_id, values, looks)
            records.fields.put([*values, *self._told(version.asset_id, incoming, lineage)])
            self._indexing.words(records, [version.asset_id])
            records.audit.append(self._event(version, incoming))
            flags = suspected(values)
            if flags:
                actor = incoming.authority.actor.id
                audit_flag(records, version.asset_id, flags, actor, version.added_at)
            changed = [f"It changed; this is version {number}."] if former else []
            noticed = [v.value for v in described.values if v.field is Field.WARNING]
            noticed += [ORDERS] if flags else []
            reason = " ".join([*changed, *dict.fromkeys(noticed)])
            return self._remember(records, incoming, version.asset_id, FileStatus.ADDED, reason)

    def _relocate(self, records: Records, asset: Asset, path: str, name: str) -> None:
        """Follow a file that was moved; another name is searched by, and titles it anew."""
        records.assets.relocate(asset.id, asset.version.number, path, name)
        if name == asset.file_name:
            return
        values = records.fields.current([asset.id])
        named = [v for v in values if v.field is Field.TITLE and v.source is Source.MODEL]
        now = self._clock.now()
        records.fields.retire(named, now)
        records.fields.put([replace(v, value=title_of(name), at=now) for v in named])
        self._indexing.words(records, [asset.id])
        # Whatever has no vector is placed at the end of the run, or at the next start.
        self._indexing.forget_vectors([asset.key])

    def _former(self, records: Records, incoming: Incoming) -> Asset | None:
        """Find the asset that this path was before its file changed."""
        known = records.files.get(incoming.source) if incoming.source else None
        if known is None or known.asset_id is None:
            return None
        asset = records.assets.get(known.asset_id, incoming.authority.actor)
        # A path that was a duplicate of another file is a new asset once its bytes differ.
        own = known.status in {FileStatus.ADDED, FileStatus.UNCHANGED, FileStatus.FAILED}
        return asset if asset and own and asset.state is not AssetState.TRASHED else None

    def _version(
        self,
        asset_id: AssetId,
        number: int,
        incoming: Incoming,
        facts: FileFacts,
        blob: str | None,
        lineage: Lineage | None,
    ) -> Version:
        return Version(
            asset_id=asset_id,
            number=number,
            sha256=incoming.sha256,
            bytes=incoming.bytes,
            mime=facts.mime,
            added_at=self._clock.now(),
            blob=blob,
            path=None if blob else incoming.source,
            width=facts.width,
            height=facts.height,
            duration=facts.duration,
            pages=facts.pages,
            parent_version=lineage.parent.version.number if lineage else None,
            recipe=lineage.recipe if lineage else None,
        )

    def _renew(self, records: Records, version: Version) -> None:
        """Replace the file of an asset, and end what the old one said of itself."""
        records.assets.add_version(version)
        old = records.fields.current([version.asset_id])
        machine = [v for v in old if v.source is not Source.PERSON]
        records.fields.retire(machine, self._clock.now())

    def _told(
        self, asset_id: AssetId, incoming: Incoming, lineage: Lineage | None
    ) -> list[FieldValue]:
        """Give the values that the person or the recipe states."""
        now, actor = self._clock.now(), incoming.authority.actor
        values = []
        if incoming.options.title:
            title = " ".join(incoming.options.title.split())[:200]
            values.append(FieldValue(asset_id, Field.TITLE, title, Source.PERSON, actor.id, now))
        if lineage:
            told = ((Field.TITLE, lineage.title), *lineage.known)
            by = lineage.recipe.engine
            # What the making of a file says of it counts like what the file says of itself.
            values += [FieldValue(asset_id, f, text, Source.FILE, by, now) for f, text in told]
        return values

    def _inherited(
        self,
        records: Records,
        asset_id: AssetId,
        values: Sequence[FieldValue],
        lineage: Lineage | None,
    ) -> list[FieldValue]:
        """Flag what is made of a flagged file, when its own text does not give it away."""
        if lineage is None or suspected(values):
            return []
        flags = suspected(records.fields.current([lineage.parent.id]))
        now, by = self._clock.now(), lineage.recipe.engine
        lines = dict.fromkeys(
            f"its original, {f.value.removeprefix('its original, ')}" for f in flags
        )
        return [FieldValue(asset_id, Field.SUSPICION, line, Source.FILE, by, now) for line in lines]

    def _event(self, version: Version, incoming: Incoming) -> AuditEvent:
        told = {
            "file": shown_path(Path(incoming.source or incoming.name)),
            "version": version.number,
            "sha256": version.sha256,
            "recipe": version.recipe.step if version.recipe else None,
        }
        payload = json.dumps(told, ensure_ascii=False)
        actor = incoming.authority.actor.id
        action = "asset.made" if version.recipe else "asset.ingested"
        return AuditEvent(version.added_at, actor, action, version.asset_id, payload)

    def _remember(
        self,
        records: Records,
        incoming: Incoming,
        asset_id: AssetId,
        status: FileStatus,
        reason: str = "",
    ) -> FileOutcome:
        if incoming.source:
            known = records.files.get(incoming.source)
            # A file that was added and then touched is still the one that was added.
            kept = known.status if known and status is FileStatus.UNCHANGED else status.value
            records.files.put(
                KnownFile(
                    path=incoming.source,
                    bytes=incoming.bytes,
                    modified_ns=incoming.modified_ns,
                    sha256=incoming.sha256,
                    asset_id=asset_id,
                    status=FileStatus.ADDED if kept == FileStatus.FAILED else kept,
                    reason=reason,
                    in_place=incoming.options.in_place,
                )
            )
        name = shown_path(Path(incoming.source)) if incoming.source else incoming.name
        return FileOutcome(asset_id, name, status, reason)


def _new_asset(
    version: Version, facts: FileFacts, incoming: Incoming, lineage: Lineage | None
) -> NewAsset:
    options, parent = incoming.options, lineage.parent if lineage else None
    folder = options.folder or (str(Path(incoming.source).parent) if incoming.source else None)
    return NewAsset(
        id=version.asset_id,
        media_type=MediaType(facts.media_type),
        file_name=incoming.name,
        title=title_of(incoming.name),
        owner=incoming.authority.actor.id,
        version=version,
        parent_id=parent.id if parent else None,
        origin="rendition" if parent else ("ingest" if incoming.source else "upload"),
        supplier=options.supplier,
        folder=None if parent else folder,
        audience=parent.audience if parent else options.audience,
    )
