"""Measuring a model of pictures against the one in use, on what people wrote in this library."""

from tools.core.directory import SYSTEM
from tools.core.joint.golden import golden
from tools.core.joint.placing import PICTURED
from tools.core.joint.recall import Verdict, judged, measured
from tools.core.joint.shelf import JointShelf
from tools.core.joint.space import JointSpace
from tools.core.ports import Collection
from tools.core.records import AssetFilter, Catalogue
from tools.core.search.service import Search

LABELS = "the labels of the built-in models"


class Comparing:
    """Ranks pictures by their looks alone, so that the texts that ask are nowhere indexed."""

    def __init__(self, *, catalogue: Catalogue, shelf: JointShelf, search: Search) -> None:
        self._catalogue = catalogue
        self._shelf = shelf
        self._search = search

    def verdict(self, old: Collection | None, model: str, space: JointSpace) -> Verdict:
        """Compare a filled space with the one in use, or with labels where there is none.

        A model in use that cannot be had any more is compared as if there were none. Raises
        Fixable when the new one cannot be had.
        """
        with self._catalogue.reading() as records:
            among = [
                key for kind in PICTURED for key in records.assets.keys(AssetFilter(kind), SYSTEM)
            ]
        if not among:
            return Verdict(better_or_equal=True, text="There are no pictures yet to compare by.")
        used = self._shelf.ready() if old else None
        texts = golden(self._catalogue, among)
        before = measured(
            old.model if old and used else LABELS,
            texts,
            lambda text: self._search.shown(text, among, used),
        )
        now = measured(model, texts, lambda text: self._search.shown(text, among, space))
        return judged(before, now)
