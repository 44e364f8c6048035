"""Upkeep: rebuilding what can be rebuilt, and completing what was left incomplete."""

from collections.abc import Sequence

from tools.core.assets import Asset, AssetState, Field, FieldValue, MediaType, Source
from tools.core.errors import Fixable
from tools.core.indexing import EVERYONE, Indexing, evidence_of
from tools.core.ingest.enrichment import NOT_EXAMINED, THUMBNAIL_SIDE, Described, Enrichment
from tools.core.ingest.outcomes import Repaired
from tools.core.originals import Originals
from tools.core.perception import FileFacts
from tools.core.ports import Clock, Report, Thumbnails
from tools.core.records import AssetFilter, Catalogue

CHUNK = 50
KEPT = (AssetState.ACTIVE, AssetState.ARCHIVED, AssetState.TRASHED)
PICTURED = (MediaType.IMAGE, MediaType.VIDEO)


class Upkeep:
    """Keeps what is derived from the catalogue and the files whole."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        originals: Originals,
        enrichment: Enrichment,
        indexing: Indexing,
        thumbnails: Thumbnails,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._originals = originals
        self._enrichment = enrichment
        self._indexing = indexing
        self._thumbnails = thumbnails
        self._clock = clock

    def reindex(self, report: Report) -> int:
        """Rebuild text, vectors and thumbnails; what no model has seen yet is looked at."""
        keys = self._keys()
        self._indexing.clear()
        for start in range(0, len(keys), CHUNK):
            assets = self._assets(keys[start : start + CHUNK])
            for asset in assets:
                self._freshen(asset)
            ids = [asset.id for asset in assets]
            with self._catalogue.writing() as records:
                self._indexing.words(records, ids)
            self._indexing.vectors(ids)
            report(start + len(assets), len(keys), "rebuilding the index")
        return len(keys)

    def repair(self, report: Report) -> Repaired:
        """Make missing vectors, drop stray ones, and look at pictures no model has seen yet."""
        keys = self._keys()
        self._indexing.forget_vectors(self._indexing.strays(keys))
        missing = self._indexing.without_vector(keys)
        for start in range(0, len(missing), CHUNK):
            assets = self._assets(missing[start : start + CHUNK])
            self._indexing.vectors([asset.id for asset in assets])
            report(start + len(assets), len(missing), "completing the index")
        return Repaired(len(missing), self._look_again(report))

    def _look_again(self, report: Report) -> int:
        """Look at what was taken in while a model was missing; stop when it still is."""
        with self._catalogue.reading() as records:
            pictured = [
                key
                for media_type in PICTURED
                for key in records.assets.keys(AssetFilter(media_type, states=KEPT), EVERYONE)
            ]
        unseen = self._indexing.without_classes(pictured)
        for done, key in enumerate(unseen):
            (asset,) = self._assets([key])
            values = self._values(asset)
            if evidence_of(values):
                self._indexing.vectors([asset.id])
            elif described := self._described(asset):
                if not self._keep(asset, described):
                    return done
                self._indexing.reindex_one(asset.id)
            report(done + 1, len(unseen), "looking at pictures")
        return len(unseen)

    def _freshen(self, asset: Asset) -> None:
        values = self._values(asset)
        waiting = any(v.field is Field.WARNING and v.value.startswith(NOT_EXAMINED) for v in values)
        unseen = asset.media_type in PICTURED and not evidence_of(values)
        lost = self._thumbnails.get(asset.version.sha256, THUMBNAIL_SIDE) is None
        if waiting or unseen or (lost and asset.media_type is not MediaType.OTHER):
            described = self._described(asset)
            if described:
                self._keep(asset, described)

    def _described(self, asset: Asset) -> Described | None:
        """Describe an asset's file anew; None when the file is missing."""
        try:
            with self._originals.open(asset) as path:
                # What it is was found out at ingest, when its name was still at hand.
                facts = FileFacts(asset.media_type.value, asset.version.mime)
                return self._enrichment.describe(asset.id, path, facts, asset.file_name)
        except (Fixable, OSError):
            return None

    def _keep(self, asset: Asset, described: Described) -> bool:
        """Keep what was found in place of what was; False when a model is missing."""
        if described.thumbnail:
            self._thumbnails.put(asset.version.sha256, THUMBNAIL_SIDE, described.thumbnail)
        missing = [v for v in described.values if v.value.startswith(NOT_EXAMINED)]
        old = self._values(asset)
        stale = [v for v in old if v.source is Source.MODEL and v.field is not Field.TITLE]
        values = [v for v in described.values if v.field is not Field.TITLE]
        with self._catalogue.writing() as records:
            records.fields.retire(stale, self._clock.now())
            records.fields.put(values)
        return not missing

    def _values(self, asset: Asset) -> list[FieldValue]:
        with self._catalogue.reading() as records:
            return records.fields.current([asset.id])

    def _keys(self) -> list[int]:
        with self._catalogue.reading() as records:
            return records.assets.keys(AssetFilter(states=KEPT), EVERYONE)

    def _assets(self, keys: Sequence[int]) -> list[Asset]:
        with self._catalogue.reading() as records:
            return records.assets.by_keys(keys, EVERYONE)
