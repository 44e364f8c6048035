"""You already own this: what is in the library and close to what is about to be made or shown."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tools.core.assets import Asset, AssetId, AssetState, Field, MediaType
from tools.core.channels import Slot
from tools.core.errors import DomainError
from tools.core.people import Viewer
from tools.core.records import Catalogue
from tools.core.repurposing.languages import base_of, language_name
from tools.core.rights.service import Rights
from tools.core.rights.uses import Outcome, Use
from tools.core.search.example import Example, LikeRequest
from tools.core.search.similar import Similar

MOST_OFFERS = 3
MOST_ASKED_ABOUT = 10
LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """An asset that is there already, and in a few words what makes it fit."""

    asset: Asset
    why: str

    @property
    def line(self) -> str:
        """Offer it in one line."""
        return f"You already own '{self.asset.title}' ({self.asset.id}): {self.why}."


class Owned:
    """Offers what is there; it never keeps anything from being done."""

    def __init__(self, *, catalogue: Catalogue, similar: Similar, rights: Rights) -> None:
        self._catalogue = catalogue
        self._similar = similar
        self._rights = rights

    def in_language(self, asset: Asset, language: str, viewer: Viewer) -> tuple[Offer, ...]:
        """Offer other translations of a document, and texts like it in the language."""
        name, base = language_name(language), base_of(language)
        offers = [
            Offer(one, f"{_made(one)} from version {one.version.parent_version}")
            for one in self._family(asset, viewer)
            if one.version.recipe and one.version.recipe.step == "translate"
        ]
        close = self._close(asset, MediaType.DOCUMENT, viewer)
        offers += [Offer(one, f"a text in {name} that reads like it") for one in close]
        spoken = self._spoken([offer.asset for offer in offers])
        return _first(offers, lambda one: base_of(spoken.get(one.id, "")) == base)

    def in_size(self, asset: Asset, slots: Sequence[Slot], viewer: Viewer) -> tuple[Offer, ...]:
        """Offer renditions of another version in these sizes, and cleared pictures like it."""
        sizes = {(slot.width, slot.height): slot.name for slot in slots}
        family = self._family(asset, viewer)
        offers = [
            Offer(one, f"{_size(one, sizes)}, made from version {one.version.parent_version}")
            for one in family
            if one.version.recipe and one.version.parent_version != asset.version.number
        ]
        offers += [
            Offer(one, f"{_size(one, sizes)}, looks like it and is cleared")
            for one in self._close(asset, MediaType.IMAGE, viewer, cleared=True)
            if one.id not in {relative.id for relative in family}
        ]
        return _first(offers, lambda one: (one.version.width, one.version.height) in sizes)

    def for_use(
        self, assets: Sequence[Asset], refused: Sequence[Asset], use: Use, viewer: Viewer
    ) -> tuple[Offer, ...]:
        """Offer what looks alike and is on the channel already, or cleared where an asset is not.

        `refused` are assets that may not be used so.
        """
        offers: list[Offer] = []
        known = {asset.id for asset in (*assets, *refused)}
        for asset in [*refused, *assets][:MOST_ASKED_ABOUT]:
            close = [one for one in self._close(asset, asset.media_type, viewer)
                     if one.id not in known]  # fmt: skip
            live = self._live([one.id for one in close], use.channel)
            offers += [
                Offer(one, f"like '{asset.title}', and on {use.channel} already")
                for one in close
                if one.id in live
            ]
            if asset in refused:
                offers += [
                    Offer(one, f"like '{asset.title}', and may be used so")
                    for one in close
                    if one.id not in live and self._allowed(one, use, viewer)
                ]
        return _first(offers, lambda _: True)

    def _family(self, asset: Asset, viewer: Viewer) -> list[Asset]:
        """List what was made of an asset, or of what it was made of."""
        with self._catalogue.reading() as records:
            parents = [asset.id, *(one.id for one in records.assets.ancestors(asset.id))]
            ids = [child.id for parent in parents for child in records.assets.children(parent)]
            found = records.assets.many([one for one in ids if one != asset.id], viewer)
        return [one for one in found if one.state is AssetState.ACTIVE]

    def _close(
        self, asset: Asset, kind: MediaType, viewer: Viewer, *, cleared: bool = False
    ) -> list[Asset]:
        """List what is surely like an asset; nothing where no model can tell."""
        request = LikeRequest(Example(asset.id), media_type=kind, limit=LOOKED_AT)
        with suppress(DomainError):
            hits = self._similar.find(request, viewer).hits
            return [
                hit.asset
                for hit in hits
                if not cleared or (hit.verdict and hit.verdict.outcome is Outcome.ALLOWED)
            ]
        return []

    def _spoken(self, assets: Sequence[Asset]) -> dict[AssetId, str]:
        with self._catalogue.reading() as records:
            values = records.fields.current([asset.id for asset in assets])
        return {value.asset_id: value.value for value in values if value.field is Field.LANGUAGE}

    def _live(self, asset_ids: Sequence[AssetId], channel: str | None) -> set[AssetId]:
        with self._catalogue.reading() as records:
            live = records.publications.live(asset_ids)
        return {one.asset_id for one in live if channel in {None, one.channel}}

    def _allowed(self, asset: Asset, use: Use, viewer: Viewer) -> bool:
        with self._catalogue.reading() as records:
            verdict = self._rights.decide_in(records, asset, use, viewer)
        return verdict.outcome is Outcome.ALLOWED


def _first(offers: Sequence[Offer], fits: Callable[[Asset], bool]) -> tuple[Offer, ...]:
    best: dict[AssetId, Offer] = {}
    for offer in offers:
        if fits(offer.asset):
            best.setdefault(offer.asset.id, offer)
    return tuple(best.values())[:MOST_OFFERS]


def _made(asset: Asset) -> str:
    return f"made by {asset.version.recipe.engine}" if asset.version.recipe else "made"


def _size(asset: Asset, sizes: dict[tuple[int, int], str]) -> str:
    width, height = asset.version.width or 0, asset.version.height or 0
    return f"{sizes.get((width, height), 'it')} ({width} x {height})"
