"""Keeping search in step with the catalogue: words inside the transaction, vectors after it."""

from collections.abc import Sequence

from tools.core.assets import AssetId
from tools.core.ports import TextEmbedder, VectorIndex
from tools.core.records import Catalogue, Records
from tools.core.search.labels import LabelSpace


class Indexing:
    """Writes what search reads of an asset."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        embedder: TextEmbedder,
        index: VectorIndex,
        labels: LabelSpace,
    ) -> None:
        self._catalogue = catalogue

    def words(self, records: Records, asset_ids: Sequence[AssetId]) -> None:
        """Write the full text of assets inside a transaction."""
        raise NotImplementedError

    def vectors(self, asset_ids: Sequence[AssetId]) -> None:
        """Place assets in the vector spaces, after their rows are kept."""
        raise NotImplementedError

    def reindex_one(self, asset_id: AssetId) -> None:
        """Write words and vectors of one asset again."""
        raise NotImplementedError

    def drop(self, records: Records, keys: Sequence[int]) -> None:
        """Forget words and vectors."""
        raise NotImplementedError
