"""Records of assets, what belongs to them and what is said of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from tools.core.assets import (
    Asset,
    AssetId,
    AssetState,
    Companion,
    Field,
    FieldValue,
    Version,
)
from tools.core.criteria import Trait
from tools.core.people import Viewer
from tools.core.records.values import AssetFilter, Facet, NewAsset


class AssetRecords(Protocol):
    """Assets, versions and their family."""

    def add(self, asset: NewAsset) -> Asset:
        """Store a new asset with its first version."""
        ...

    def get(self, asset_id: str, viewer: Viewer) -> Asset | None:
        """Give the asset if it exists and the viewer may see it, in any state."""
        ...

    def many(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        ...

    def by_keys(self, keys: Sequence[int], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        ...

    def select(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> list[Asset]:
        """List visible assets, newest first."""
        ...

    def keys(self, criteria: AssetFilter, viewer: Viewer) -> list[int]:
        """List the catalogue keys of all visible assets that meet the criteria."""
        ...

    def count(self, criteria: AssetFilter, viewer: Viewer) -> int:
        """Count visible assets that meet the criteria."""
        ...

    def facets(self, viewer: Viewer) -> list[Facet]:
        """Count visible active assets by media type, orientation, tag and collection."""
        ...

    def known_names(self, trait: Trait, texts: Sequence[str], viewer: Viewer) -> frozenset[str]:
        """Give the texts that are tags, authors or collections of visible assets, case aside."""
        ...

    def called(self, name: str, viewer: Viewer) -> list[AssetId]:
        """List the visible assets with this file name or title, case aside."""
        ...

    def with_hash(self, sha256: str) -> Asset | None:
        """Find a live asset whose current file has these bytes, whoever may see it."""
        ...

    def holding(self, sha256: str) -> list[AssetId]:
        """List assets in any state of which some version or companion has these bytes."""
        ...

    def versions(self, asset_id: AssetId) -> list[Version]:
        """List the versions, oldest first."""
        ...

    def add_version(self, version: Version) -> None:
        """Add a file and make it the current one."""
        ...

    def relocate(self, asset_id: AssetId, number: int, path: str, file_name: str) -> None:
        """Record that a file that is not in the blob store was moved, or has another name."""
        ...

    def set_state(self, asset_id: AssetId, state: AssetState, at: datetime) -> None:
        """Move an asset through its life."""
        ...

    def ancestors(self, asset_id: AssetId) -> list[Asset]:
        """List parents up to the root, nearest first."""
        ...

    def children(self, asset_id: AssetId) -> list[Asset]:
        """List direct renditions in any state."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove every row about these assets except the audit chain."""
        ...


class CompanionRecords(Protocol):
    """Files that belong to an asset beside its own."""

    def add(self, companion: Companion) -> None:
        """Add a file; of several with one name the newest counts."""
        ...

    def of(self, asset_id: AssetId) -> list[Companion]:
        """List those that count, by name."""
        ...

    def all(self, asset_ids: Sequence[AssetId]) -> list[Companion]:
        """List every one, those too that were replaced."""
        ...

    def drop(self, companions: Sequence[Companion]) -> None:
        """Forget that these files belong to their assets."""
        ...


class FieldRecords(Protocol):
    """Described values, with their history."""

    def current(self, asset_ids: Sequence[AssetId]) -> list[FieldValue]:
        """List the values in force."""
        ...

    def put(self, values: Iterable[FieldValue]) -> None:
        """Set values; a value of a lower source never replaces one of a higher."""
        ...

    def retire(self, values: Iterable[FieldValue], at: datetime) -> None:
        """End values; they stay in the history."""
        ...

    def everywhere(self, field: Field) -> list[FieldValue]:
        """List the values in force of one field of every asset, whoever may see it."""
        ...

    def history(self, asset_id: AssetId, field: Field) -> list[FieldValue]:
        """List all values a field ever had, oldest first."""
        ...


class CollectionRecords(Protocol):
    """Named sets of assets."""

    def add(self, name: str, asset_ids: Sequence[AssetId], by: str, at: datetime) -> list[AssetId]:
        """Put assets in, creating the collection when new; gives those that were not in it yet."""
        ...

    def remove(self, name: str, asset_ids: Sequence[AssetId]) -> None:
        """Take assets out; an emptied collection disappears."""
        ...

    def of(self, asset_id: AssetId) -> list[str]:
        """Name the collections that hold the asset."""
        ...
