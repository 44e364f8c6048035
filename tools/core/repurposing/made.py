"""What a repurposing made."""

from dataclasses import dataclass

from tools.core.assets import Asset
from tools.core.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Made:
    """New assets, one-line notes for a person, and the receipt (None when nothing new was made)."""

    assets: tuple[Asset, ...]
    notes: tuple[str, ...]
    receipt: Receipt | None
