"""Tagging, describing and collecting: done at once, with a receipt that takes it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.core.assets import AssetId
from tools.core.indexing import Indexing
from tools.core.people import Authority, Viewer
from tools.core.plans import Draft
from tools.core.ports import Clock
from tools.core.receipts import Receipt
from tools.core.records import Catalogue, Records

BulkCheck = Callable[[Records, Authority, Draft], None]
"""Spends the approval of a bulk change inside its transaction, or raises Refused."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that the evidence on an asset supports, not applied yet."""

    asset_id: AssetId
    tag: str
    why: str
    confidence: float


class Tagging:
    """Changes what people say about assets."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        indexing: Indexing,
        clock: Clock,
        bulk_limit: int = 200,
        bulk_check: BulkCheck | None = None,
    ) -> None:
        self._catalogue = catalogue

    def plan_tag(
        self, asset_ids: Sequence[str], add: Sequence[str], remove: Sequence[str], viewer: Viewer
    ) -> Draft:
        """Say what tagging would do, without doing it."""
        raise NotImplementedError

    def tag(
        self,
        asset_ids: Sequence[str],
        add: Sequence[str],
        remove: Sequence[str],
        authority: Authority,
    ) -> Receipt:
        """Add and remove tags."""
        raise NotImplementedError

    def describe(
        self,
        asset_id: str,
        title: str | None,
        description: str | None,
        alt_text: str | None,
        authority: Authority,
    ) -> Receipt:
        """Set a title, description or alt text in a person's name; None leaves a field alone."""
        raise NotImplementedError

    def collect(
        self,
        asset_ids: Sequence[str],
        name: str,
        authority: Authority,
        *,
        remove: bool = False,
    ) -> Receipt:
        """Put assets into a collection, or take them out."""
        raise NotImplementedError

    def suggest(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Suggestion]:
        """Propose tags from what was seen and from how alike assets are tagged."""
        raise NotImplementedError

    def restore(self, details: str, records: Records, authority: Authority) -> tuple[AssetId, ...]:
        """Take back a receipt of FIELDS or COLLECTION inside a transaction; gives the assets.

        The caller passes the assets to `Indexing.vectors` after the transaction.
        """
        raise NotImplementedError
