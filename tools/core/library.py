"""Reading the library: assets, their details, their files and how complete they are."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tools.core.assets import Asset, FieldValue, Version
from tools.core.ingest.stills import Stills
from tools.core.people import Viewer
from tools.core.ports import Blobs, Clock, Thumbnails
from tools.core.publications import Publication
from tools.core.records import AssetFilter, Catalogue, Facet


@dataclass(frozen=True, slots=True)
class AssetDetails:
    """Everything that is known of an asset; `fields` leaves out what only machines read."""

    asset: Asset
    fields: tuple[FieldValue, ...]
    versions: tuple[Version, ...]
    parents: tuple[Asset, ...]
    children: tuple[Asset, ...]
    collections: tuple[str, ...]
    publications: tuple[Publication, ...]


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


class Library:
    """Reads assets as the viewer may see them."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        blobs: Blobs,
        thumbnails: Thumbnails,
        stills: Stills,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue

    def asset(self, asset_id: str, viewer: Viewer) -> Asset:
        """Give an asset in any state.

        Raises Fixable, with the same words, for an unknown and for an invisible one.
        """
        raise NotImplementedError

    def details(self, asset_id: str, viewer: Viewer) -> AssetDetails:
        """Give everything known of an asset."""
        raise NotImplementedError

    def browse(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> Page:
        """List visible assets, newest first."""
        raise NotImplementedError

    def open_file(self, asset: Asset, version: int | None = None) -> AbstractContextManager[Path]:
        """Lend the file of a version for reading, by default the current one.

        Raises Fixable when the file is gone or is not what was ingested.
        """
        raise NotImplementedError

    def thumbnail(self, asset_id: str, viewer: Viewer, side: int = 512) -> bytes:
        """Give a WebP picture of the asset.

        Raises Fixable for an asset that cannot be drawn.
        """
        raise NotImplementedError

    def report(self, viewer: Viewer) -> LibraryReport:
        """Count how completely the library is described."""
        raise NotImplementedError
