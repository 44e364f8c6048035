"""Turns what the catalogue cannot tell by itself into keys: rights, what is shown, originals."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tools.core.assets import Asset, AssetId, AssetState
from tools.core.criteria import (
    AllOf,
    Among,
    Cleared,
    Criterion,
    Keyed,
    Leaf,
    MadeFrom,
    Shows,
    Trait,
    leaves,
    loosened,
    replaced,
)
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Catalogue
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights
from tools.core.rights.uses import Use

CHUNK = 1000
EVERY_STATE = tuple(AssetState)
Shown = Callable[[Shows, Sequence[int], Viewer], Sequence[int]]
"""Gives which of some catalogue keys surely show or say something."""

Within = Callable[[Sequence[str]], tuple[str, ...]]
"""Gives tags with those that are narrower."""


class Resolver:
    """Asks whoever knows, only about assets that the rest of the filters lets through."""

    def __init__(
        self, *, catalogue: Catalogue, rights: Rights, shown: Shown, within: Within
    ) -> None:
        self._within = within
        self._catalogue = catalogue
        self._rights = rights
        self._shown = shown

    def resolved(
        self, criteria: Sequence[Criterion], base: AssetFilter, viewer: Viewer
    ) -> AssetFilter:
        """Give a filter that the catalogue can apply; without a filter on states, active ones.

        Raises Fixable for an original that is not there.
        """
        whole: Criterion = AllOf(tuple(criteria))
        stated = any(isinstance(x, Among) and x.trait is Trait.STATUS for x in leaves(whole))
        base = replace(base, states=EVERY_STATE) if stated else base
        # Originals are ids, which the catalogue can tell, so they narrow what is asked of others.
        whole = replaced(whole, lambda leaf: self._original(self._widened(leaf), viewer))
        if not any(isinstance(leaf, Cleared | Shows) for leaf in leaves(whole)):
            return replace(base, where=whole)
        with self._catalogue.reading() as records:
            keys = records.assets.keys(replace(base, where=loosened(whole)), viewer)
        return replace(base, where=replaced(whole, lambda leaf: self._keyed(leaf, keys, viewer)))

    def use_of(self, criteria: Sequence[Criterion]) -> Use | None:
        """Give the use that a filter on rights is about, None where there is none."""
        for leaf in leaves(AllOf(tuple(criteria))):
            if isinstance(leaf, Cleared):
                return self._use(leaf)
        return None

    def _widened(self, leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Among) or leaf.trait is not Trait.TAG:
            return leaf
        return replace(leaf, values=self._within(leaf.values))

    def _original(self, leaf: Leaf, viewer: Viewer) -> Criterion:
        if not isinstance(leaf, MadeFrom):
            return leaf
        with self._catalogue.reading() as records:
            asset = records.assets.get(leaf.name, viewer)
            found = [asset.id] if asset else records.assets.called(leaf.name, viewer)
        if not found:
            name = " ".join(leaf.name.split())[:60]
            raise Fixable(f"No asset is called '{name}': name the original by its id or file.")
        return Among(Trait.PARENT, tuple(found))

    def _keyed(self, leaf: Leaf, keys: Sequence[int], viewer: Viewer) -> Criterion:
        match leaf:
            case Cleared():
                return Keyed(tuple(self._with_outcome(leaf, keys, viewer)))
            case Shows():
                return Keyed(tuple(self._shown(leaf, keys, viewer)))
            case _:
                return leaf

    def _with_outcome(self, wanted: Cleared, keys: Sequence[int], viewer: Viewer) -> list[int]:
        use, found = self._use(wanted), []
        for start in range(0, len(keys), CHUNK):
            assets = self._assets(keys[start : start + CHUNK], viewer)
            verdicts = self._rights.judged(assets, use, viewer)
            found += [a.key for a in assets if verdicts[AssetId(a.id)].outcome in wanted.outcomes]
        return found

    def _use(self, wanted: Cleared) -> Use:
        return Use(
            Action.PUBLISH,
            wanted.channel,
            wanted.territory,
            at=self._rights.now(),
            until=wanted.until,
        )

    def _assets(self, keys: Sequence[int], viewer: Viewer) -> list[Asset]:
        with self._catalogue.reading() as records:
            return records.assets.by_keys(keys, viewer)
