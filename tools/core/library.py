"""Reading the library: assets, their details, their files and how complete they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tools.core.alt_drafts import TextDraft, drafts
from tools.core.assets import Asset, AssetId, Companion, Field, FieldValue, Source, Version
from tools.core.errors import Fixable
from tools.core.ingest.enrichment import THUMBNAIL_SIDE
from tools.core.ingest.grounds import whys_of
from tools.core.ingest.stills import Stills
from tools.core.moments import NONE, Moments, moments_of
from tools.core.originals import Originals
from tools.core.people import Viewer
from tools.core.ports import Blobs, Thumbnails
from tools.core.publications import Publication
from tools.core.records import AssetFilter, Catalogue, Facet, Records
from tools.core.rights.rules import Rule, ScopeKind

# What only machines read.
HIDDEN = frozenset({Field.EVIDENCE, Field.FINGERPRINT, Field.MOMENTS, Field.GROUNDS, Field.CLOUD})
CHUNK = 500


@dataclass(frozen=True, slots=True)
class AssetDetails:
    """Everything that is known of an asset; `fields` leaves out what only machines read.

    `drafts` are texts that wait for a person, `grounds` says why a model gave a value, by field and
    value, where it can be said.
    """

    asset: Asset
    fields: tuple[FieldValue, ...]
    versions: tuple[Version, ...]
    parents: tuple[Asset, ...]
    children: tuple[Asset, ...]
    collections: tuple[str, ...]
    publications: tuple[Publication, ...]
    companions: tuple[Companion, ...] = ()
    moments: Moments = NONE
    drafts: tuple[TextDraft, ...] = ()
    grounds: Mapping[tuple[Field, str], str] = field(default_factory=dict)

    def why(self, value: FieldValue) -> str:
        """Give why a model gave a value; "" where it cannot say, and for people and files."""
        machine = value.source is Source.MODEL
        return self.grounds.get((value.field, value.value), "") if machine else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a listing, with the count of all and the facets of the library."""

    assets: tuple[Asset, ...]
    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """How many visible active assets there are and how completely they are described."""

    total: int
    by_type: tuple[tuple[str, int], ...]
    with_tags: int
    with_description: int
    with_alt_text: int
    with_creator: int
    with_rights: int
    in_collections: int
    renditions: int
    published: int
    with_warnings: int
    bytes: int
    suspicious: int = 0


class Library:
    """Reads assets as the viewer may see them."""

    def __init__(
        self, *, catalogue: Catalogue, blobs: Blobs, thumbnails: Thumbnails, stills: Stills
    ) -> None:
        self._catalogue = catalogue
        self._thumbnails = thumbnails
        self._stills = stills
        self._originals = Originals(catalogue=catalogue, blobs=blobs)

    def asset(self, asset_id: str, viewer: Viewer) -> Asset:
        """Give an asset in any state.

        Raises Fixable, with the same words, for an unknown and for an invisible one.
        """
        with self._catalogue.reading() as records:
            return known_asset(records, asset_id, viewer)

    def assets(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        """Give assets in the order asked, each once.

        Raises Fixable for an unknown or invisible one, and when none is named.
        """
        with self._catalogue.reading() as records:
            return known_assets(records, asset_ids, viewer)

    def details(self, asset_id: str, viewer: Viewer) -> AssetDetails:
        """Give everything known of an asset; relatives the viewer may not see are left out."""
        with self._catalogue.reading() as records:
            asset = known_asset(records, asset_id, viewer)
            parents = [one.id for one in records.assets.ancestors(asset.id)]
            children = [one.id for one in records.assets.children(asset.id)]
            values = records.fields.current([asset.id])
            return AssetDetails(
                asset=asset,
                fields=tuple(v for v in values if v.value and v.field not in HIDDEN),
                moments=moments_of(values),
                grounds=whys_of(values),
                drafts=tuple(drafts(asset, values)),
                versions=tuple(records.assets.versions(asset.id)),
                parents=tuple(records.assets.many(parents, viewer)),
                children=tuple(records.assets.many(children, viewer)),
                collections=tuple(records.collections.of(asset.id)),
                companions=tuple(records.companions.of(asset.id)),
                publications=tuple(records.publications.live([asset.id])),
            )

    def fields(self, asset_id: AssetId) -> list[FieldValue]:
        """Give the values of an asset that was read before, those for machines too."""
        with self._catalogue.reading() as records:
            return records.fields.current([asset_id])

    def browse(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> Page:
        """List visible assets, newest first."""
        with self._catalogue.reading() as records:
            assets = records.assets.select(criteria, viewer, limit, offset)
            total = records.assets.count(criteria, viewer)
            return Page(tuple(assets), total, tuple(records.assets.facets(viewer)))

    def open_file(self, asset: Asset, version: int | None = None) -> AbstractContextManager[Path]:
        """Lend the file of a version for reading, by default the current one.

        Raises Fixable when the file is gone or is not what was ingested.
        """
        return self._originals.open(asset, version)

    def thumbnail(
        self, asset_id: str, viewer: Viewer, side: int = THUMBNAIL_SIDE, page: int = 1
    ) -> bytes:
        """Give a WebP picture of the asset; made at ingest, or now where that is missing.

        Pages of a document behind the first are drawn each time. Raises Fixable for an asset, or
        a page, that cannot be drawn.
        """
        asset = self.asset(asset_id, viewer)
        if page > 1:
            return self._page(asset, side, page)
        kept = self._thumbnails.get(asset.version.sha256, side)
        if kept is not None:
            return kept
        content = self._page(asset, side, page)
        self._thumbnails.put(asset.version.sha256, side, content)
        return content

    def _page(self, asset: Asset, side: int, page: int) -> bytes:
        with self._originals.open(asset) as path:
            version = asset.version
            pictures = self._stills.pictures(path, asset.media_type, version.mime, page=page)
            if not pictures:
                raise Fixable(f"There is no picture of '{asset.title}' ({version.mime}).")
            return self._stills.thumbnail(pictures[0], side)

    def report(self, viewer: Viewer) -> LibraryReport:
        """Count how completely the library is described."""
        with self._catalogue.reading() as records:
            keys = records.assets.keys(AssetFilter(), viewer)
            covering = _Coverage(records.rights.all())
            live = {publication.asset_id for publication in records.publications.all_live()}
            count: Counter[str] = Counter()
            types: Counter[str] = Counter()
            for start in range(0, len(keys), CHUNK):
                assets = records.assets.by_keys(keys[start : start + CHUNK], viewer)
                _tally(records, assets, covering, live, count)
                types.update(asset.media_type.value for asset in assets)
        return LibraryReport(
            total=len(keys),
            by_type=tuple(sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))),
            with_tags=count[Field.TAG],
            with_description=count[Field.DESCRIPTION],
            with_alt_text=count[Field.ALT_TEXT],
            with_creator=count[Field.CREATOR],
            with_rights=count["rights"],
            in_collections=count["collections"],
            renditions=count["renditions"],
            published=count["published"],
            with_warnings=count[Field.WARNING],
            bytes=count["bytes"],
            suspicious=count[Field.SUSPICION],
        )


def known_asset(records: Records, asset_id: str, viewer: Viewer) -> Asset:
    """Give a visible asset; Fixable, with the same words, for an unknown and an invisible one."""
    asset = records.assets.get(asset_id, viewer)
    if asset is None:
        name = " ".join(asset_id.split())[:60]
        raise Fixable(f"No asset '{name}'. Search first, then use an id from the results.")
    return asset


def known_assets(records: Records, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
    """Give visible assets in the order asked, each once; Fixable when one or all are missing."""
    if not asset_ids:
        raise Fixable("Which assets? Search first, then use ids from the results.")
    return [known_asset(records, one, viewer) for one in dict.fromkeys(asset_ids)]


class _Coverage:
    """Tells whether any confirmed rule is about an asset, without asking for each."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._scopes = {(rule.scope[0], rule.scope[1]) for rule in rules if rule.counts}

    def holds(self, asset: Asset, creator: str | None) -> bool:
        wanted = [(ScopeKind.ASSET, str(asset.id))]
        if asset.supplier:
            wanted.append((ScopeKind.SUPPLIER, asset.supplier))
        if creator:
            wanted.append((ScopeKind.CREATOR, creator))
        if asset.folder:
            parts = asset.folder.rstrip("/").split("/")
            wanted += [
                (ScopeKind.FOLDER, "/".join(parts[:end])) for end in range(1, len(parts) + 1)
            ]
        return any(scope in self._scopes for scope in wanted)


def _tally(
    records: Records,
    assets: Sequence[Asset],
    coverage: _Coverage,
    live: set[AssetId],
    count: Counter[str],
) -> None:
    known: dict[AssetId, dict[Field, str]] = {asset.id: {} for asset in assets}
    for value in records.fields.current(list(known)):
        known[value.asset_id][value.field] = value.value
    for asset in assets:
        fields = known[asset.id]
        count.update(field.value for field in fields)
        family = [asset, *records.assets.ancestors(asset.id)] if asset.parent_id else [asset]
        creator = fields.get(Field.CREATOR)
        count["rights"] += any(coverage.holds(one, creator) for one in family)
        count["collections"] += bool(records.collections.of(asset.id))
        count["renditions"] += asset.parent_id is not None
        count["published"] += asset.id in live
        count["bytes"] += asset.version.bytes
