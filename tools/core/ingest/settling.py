"""What an ingest asks before values are kept."""

from collections.abc import Sequence
from typing import Protocol

from tools.core.assets import AssetId, FieldValue
from tools.core.records import Records
from tools.core.search.visual import Look


class Settling(Protocol):
    """Decides what of the values found for an asset is kept."""

    def settled(
        self,
        records: Records,
        asset_id: AssetId,
        values: Sequence[FieldValue],
        looks: Sequence[Look],
    ) -> list[FieldValue]:
        """Give the values to keep, by what people rejected and by the taxonomy."""
        ...
