"""What records are asked for and given."""

from dataclasses import dataclass

from tools.core.assets import (
    AssetId,
    AssetState,
    MediaType,
    Orientation,
    Version,
)
from tools.core.criteria import ALWAYS, Criterion


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Hard constraints on assets; each one given must hold.

    `where` holds only conditions that the catalogue can tell by itself.
    """

    media_type: MediaType | None = None
    orientation: Orientation | None = None
    tag: str | None = None
    collection: str | None = None
    parent_id: AssetId | None = None
    states: tuple[AssetState, ...] = (AssetState.ACTIVE,)
    ids: tuple[AssetId, ...] | None = None
    suspicious: bool = False
    where: Criterion = ALWAYS


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset about to be added; the catalogue gives it its key."""

    id: AssetId
    media_type: MediaType
    file_name: str
    title: str
    owner: str
    version: Version
    parent_id: AssetId | None = None
    origin: str = "ingest"
    supplier: str | None = None
    folder: str | None = None
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file met by an ingest: where it lies, how it looked and which asset it became."""

    path: str
    bytes: int
    modified_ns: int
    sha256: str
    asset_id: AssetId | None
    status: str
    reason: str = ""
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class SearchText:
    """The words of an asset for full text, by how much they weigh.

    `letters` are those of all its texts, without anything between them, for what is quoted.
    """

    title: str = ""
    tags: str = ""
    labels: str = ""
    ocr: str = ""
    body: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many visible assets share a value."""

    name: str
    value: str
    count: int
