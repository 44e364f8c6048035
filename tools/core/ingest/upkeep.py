"""Upkeep: rebuilding what can be rebuilt, and completing what was left incomplete."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tools.core.assets import Asset, AssetState, Field, FieldValue, MediaType, Source
from tools.core.cloud.said import with_said
from tools.core.criteria import Known, Not, Trait
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing, evidence_of
from tools.core.ingest.captioning import caption_of
from tools.core.ingest.enrichment import RECORDINGS, THUMBNAIL_SIDE, Described, Enrichment
from tools.core.ingest.notes import NOT_EXAMINED
from tools.core.ingest.outcomes import Repaired
from tools.core.ingest.settling import Settling
from tools.core.ingest.suspecting import audit_flag, suspected
from tools.core.originals import Originals
from tools.core.perception import FileFacts
from tools.core.ports import Clock, Probe, Report, Thumbnails
from tools.core.records import AssetFilter, Catalogue, Records

CHUNK = 50
KEPT = (AssetState.ACTIVE, AssetState.ARCHIVED, AssetState.TRASHED)
LASTING = frozenset({Field.TITLE, Field.REJECTED, Field.CLOUD})
PICTURED = (MediaType.IMAGE, MediaType.VIDEO)
SAID = frozenset({Field.OCR, Field.TRANSCRIPT})


class Upkeep:
    """Keeps what is derived from the catalogue and the files whole."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        originals: Originals,
        probe: Probe,
        enrichment: Enrichment,
        indexing: Indexing,
        settling: Settling,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._originals = originals
        self._probe = probe
        self._enrichment = enrichment
        self._indexing = indexing
        self._settling = settling
        self._thumbnails = thumbnails
        self._clock = clock

    def reindex(self, report: Report, *, anew: bool = False) -> int:
        """Rebuild text, vectors and thumbnails, and look for orders in what files say.

        What no model has seen yet is looked at; `anew`, everything is, as models of today see it.
        What people said and what files say of themselves stays.
        """
        keys = self._keys()
        self._indexing.clear()
        for start in range(0, len(keys), CHUNK):
            assets = self._assets(keys[start : start + CHUNK])
            for asset in assets:
                self._freshen(asset, anew=anew)
            ids = [asset.id for asset in assets]
            with self._catalogue.writing() as records:
                self._indexing.words(records, ids)
            self._indexing.vectors(ids)
            for asset in assets:
                self._relook(asset)
            report(start + len(assets), len(keys), "rebuilding the index")
        self._recognise_again()
        return len(keys)

    def repair(self, report: Report) -> Repaired:
        """Make missing vectors, drop stray ones, and look at pictures no model has seen yet."""
        self._indexing.complete_words()
        keys = self._keys()
        self._indexing.forget_vectors(self._indexing.strays(keys))
        missing = self._indexing.without_vector(keys)
        for start in range(0, len(missing), CHUNK):
            assets = self._assets(missing[start : start + CHUNK])
            self._indexing.vectors([asset.id for asset in assets])
            report(start + len(assets), len(missing), "completing the index")
        pictured = self._pictured()
        looked_at = self._look_again(pictured, report)
        self._compare_again(pictured, report)
        self._recognise_again()
        return Repaired(len(missing), looked_at)

    def listen(self, report: Report) -> int:
        """Listen to recordings that were taken in while that could not be done; gives the count."""
        if not self._enrichment.can_listen:
            return 0
        # A film is looked at as well, so that it waits while that cannot be done.
        kinds = RECORDINGS if self._enrichment.can_look else {MediaType.AUDIO}
        silent = [key for kind in kinds for key in self._lacking(kind, Trait.TRANSCRIPT)]
        for done, key in enumerate(silent):
            (asset,) = self._assets([key])
            if described := self._described(asset):
                self._keep(asset, described)
                self._indexing.reindex_one(asset.id)
                self._indexing.looks(asset.id, described.looks)
            report(done + 1, len(silent), "listening to recordings")
        return len(silent)

    def _look_again(self, pictured: Sequence[int], report: Report) -> int:
        """Look at what was taken in while a model was missing; stop when it still is."""
        unseen = self._indexing.without_classes(pictured)
        for done, key in enumerate(unseen):
            (asset,) = self._assets([key])
            values = self._values(asset)
            if evidence_of(values):
                self._indexing.vectors([asset.id])
            elif described := self._described(asset):
                self._keep(asset, described)
                if not evidence_of(described.values):
                    return done
                self._indexing.reindex_one(asset.id)
            report(done + 1, len(unseen), "looking at pictures")
        return len(unseen)

    def _lacking(self, kind: MediaType, trait: Trait) -> list[int]:
        bare = AssetFilter(kind, states=KEPT, where=Not(Known(trait)))
        with self._catalogue.reading() as records:
            return records.assets.keys(bare, EVERYONE)

    def _compare_again(self, pictured: Sequence[int], report: Report) -> None:
        """Note how pictures look that were taken in before this was noted, while a model can."""
        unknown = self._indexing.without_looks(pictured)
        for done, key in enumerate(unknown):
            (asset,) = self._assets([key])
            if not self._relook(asset):
                return
            report(done + 1, len(unknown), "noting how pictures look")

    def _recognise_again(self) -> None:
        """Note what pictures are recognised by that were taken in before this was noted."""
        keys = self._lacking(MediaType.IMAGE, Trait.FINGERPRINT)
        for start in range(0, len(keys), CHUNK):
            for asset in self._assets(keys[start : start + CHUNK]):
                with suppress(Fixable, OSError), self._originals.open(asset) as path:
                    values = self._enrichment.fingerprint(asset.id, path)
                    with self._catalogue.writing() as records:
                        records.fields.put(values)

    def _relook(self, asset: Asset) -> bool:
        """Note how an asset looks; False when the model that can is missing."""
        if asset.media_type not in PICTURED:
            return True
        if not self._enrichment.can_look:
            return False
        with suppress(Fixable, OSError), self._originals.open(asset) as path:
            looks = self._enrichment.looks(path, asset.media_type, asset.version.mime)
            self._indexing.looks(asset.id, looks)
        return True

    def _pictured(self) -> list[int]:
        with self._catalogue.reading() as records:
            return [
                key
                for media_type in PICTURED
                for key in records.assets.keys(AssetFilter(media_type, states=KEPT), EVERYONE)
            ]

    def _freshen(self, asset: Asset, *, anew: bool) -> None:
        values = self._values(asset)
        waiting = any(v.field is Field.WARNING and v.value.startswith(NOT_EXAMINED) for v in values)
        bare = asset.media_type is MediaType.DATASET and not any(
            v.field is Field.COLUMN for v in values
        )
        unseen = asset.media_type in PICTURED and not evidence_of(values)
        unheard = asset.media_type in RECORDINGS and not any(
            v.field is Field.TRANSCRIPT for v in values
        )
        lost = self._thumbnails.get(asset.version.sha256, THUMBNAIL_SIDE) is None
        if (
            anew
            or waiting
            or unseen
            or unheard
            or bare
            or (lost and asset.media_type is not MediaType.OTHER)
        ):
            described = self._described(asset)
            if described:
                self._keep(asset, described)
        else:
            self._reconsider(asset, values)

    def _described(self, asset: Asset) -> Described | None:
        """Describe an asset's file anew; None when the file is missing."""
        try:
            with self._originals.open(asset) as path:
                return self._enrichment.describe(
                    asset.id, path, self._facts(asset, path), asset.file_name
                )
        except (Fixable, OSError):
            return None

    def _facts(self, asset: Asset, path: Path) -> FileFacts:
        """Tell what the file says of itself; its kind was found out when its name was at hand."""
        kind, mime = asset.media_type.value, asset.version.mime
        try:
            return replace(self._probe.identify(path), media_type=kind, mime=mime, warnings=())
        except Fixable:
            return FileFacts(kind, mime)

    def _reconsider(self, asset: Asset, values: Sequence[FieldValue]) -> None:
        """Look for orders in a file's text with the patterns of today."""
        known = {value.field: value.value for value in values if value.field in SAID}
        known[Field.DESCRIPTION] = caption_of(values)
        try:
            with self._originals.open(asset) as path:
                facts = self._facts(asset, path)
                found = self._enrichment.suspect(asset.id, path, facts, asset.file_name, known)
        except (Fixable, OSError):
            return
        old = [value for value in suspected(values) if value.source is Source.MODEL]
        if [(v.value, v.by) for v in old] != [(v.value, v.by) for v in found]:
            with self._catalogue.writing() as records:
                self._flag(records, asset, old, found)

    def _flag(
        self,
        records: Records,
        asset: Asset,
        old: Sequence[FieldValue],
        found: Sequence[FieldValue],
    ) -> None:
        now = self._clock.now()
        records.fields.retire(old, now)
        records.fields.put(found)
        if found and not old:
            audit_flag(records, asset.id, found, EVERYONE.id, now)

    def _keep(self, asset: Asset, described: Described) -> None:
        """Keep what was found in place of what was."""
        if described.thumbnail:
            self._thumbnails.put(asset.version.sha256, THUMBNAIL_SIDE, described.thumbnail)
        old = self._values(asset)
        stale = [v for v in old if v.source is Source.MODEL and v.field not in LASTING]
        # What the file says of itself was kept at ingest; people may have changed it since.
        values = [v for v in described.values if v.source is Source.MODEL]
        values = [v for v in values if v.field is not Field.TITLE]
        # What was paid for is not asked for again.
        values = with_said(asset.id, values, old, self._clock.now())
        with self._catalogue.writing() as records:
            records.fields.retire(stale, self._clock.now())
            records.fields.put(self._settling.settled(records, asset.id, values, described.looks))
            if suspected(values) and not suspected(old):
                audit_flag(records, asset.id, suspected(values), EVERYONE.id, self._clock.now())

    def _values(self, asset: Asset) -> list[FieldValue]:
        with self._catalogue.reading() as records:
            return records.fields.current([asset.id])

    def _keys(self) -> list[int]:
        with self._catalogue.reading() as records:
            return records.assets.keys(AssetFilter(states=KEPT), EVERYONE)

    def _assets(self, keys: Sequence[int]) -> list[Asset]:
        with self._catalogue.reading() as records:
            return records.assets.by_keys(keys, EVERYONE)
