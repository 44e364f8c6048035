"""What every making of a rendition shares: rights first, nothing twice, one receipt."""

from collections.abc import Sequence
from datetime import timedelta

from tools.core.assets import Asset, AssetState, Recipe
from tools.core.done import receipt_of
from tools.core.errors import Fixable
from tools.core.people import Authority
from tools.core.ports import Clock
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Catalogue
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome, Use, Verdict


class Making:
    """Asks before a rendition is made and writes the receipt afterwards."""

    def __init__(
        self, *, catalogue: Catalogue, rights: Rights, clock: Clock, undo_for: timedelta
    ) -> None:
        self._catalogue = catalogue
        self._rights = rights
        self._clock = clock
        self._undo_for = undo_for

    def check_state(self, asset: Asset) -> None:
        """Raise Fixable for an asset that is in the trash."""
        if asset.state is AssetState.TRASHED:
            raise Fixable(f"'{asset.title}' is in the trash. Restore it first.")

    def forbidden(self, asset: Asset, edit: Action, authority: Authority) -> Verdict | None:
        """Give the verdict that forbids an edit, or None; unknown is no bar inside the library."""
        use = Use(edit, at=self._clock.now())
        with self._catalogue.reading() as records:
            verdict = self._rights.decide_in(records, asset, use, authority.actor)
        return verdict if verdict.outcome is Outcome.DENIED else None

    def existing(self, parent: Asset, recipe: Recipe, authority: Authority) -> Asset | None:
        """Find what the same recipe made of the same version before."""
        with self._catalogue.reading() as records:
            children = [child.id for child in records.assets.children(parent.id)]
            for child in records.assets.many(children, authority.actor):
                made = child.version
                same = made.recipe == recipe and made.parent_version == parent.version.number
                if same and child.state is AssetState.ACTIVE:
                    return child
        return None

    def receipt(
        self, tool: str, summary: str, assets: Sequence[Asset], authority: Authority
    ) -> Receipt | None:
        """Write the receipt that takes new assets back, None when there are none."""
        if not assets:
            return None
        details = {"asset_ids": [asset.id for asset in assets]}
        now = self._clock.now()
        receipt = receipt_of(tool, authority, summary, Inverse.MADE, details, now, self._undo_for)
        with self._catalogue.writing() as records:
            records.receipts.add(receipt)
        return receipt
