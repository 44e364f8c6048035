"""Quoted phrases found as they stand: letters narrow it down, the texts themselves decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, AssetId, FieldValue
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Catalogue
from tools.core.search.letters import Phrase
from tools.core.search.passages import Passage, passage

MOST_READ = 2000
CHUNK = 50


@dataclass(frozen=True, slots=True)
class Quoting:
    """An asset that holds every phrase, with the passage of each."""

    asset: Asset
    passages: tuple[Passage, ...]

    @property
    def score(self) -> float:
        """Give how much it counts, 0 to 1: its least weighty passage decides."""
        return min(one.weight for one in self.passages)

    @property
    def why(self) -> str:
        """Say where each phrase stands."""
        return "; ".join(dict.fromkeys(one.why for one in self.passages))

    @property
    def page(self) -> int | None:
        """Give the page to open, or None."""
        return next((one.page for one in self.passages if one.page), None)

    @property
    def seconds(self) -> float | None:
        """Give the moment to jump to, or None."""
        return next((one.seconds for one in self.passages if one.seconds is not None), None)


class Exact:
    """Finds the assets in whose texts phrases stand word for word."""

    def __init__(self, *, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(
        self, phrases: Sequence[str], criteria: AssetFilter, viewer: Viewer
    ) -> tuple[Quoting, ...]:
        """Give what holds every phrase, the weightiest first, then those that say it most."""
        wanted = [Phrase(phrase) for phrase in phrases]
        with self._catalogue.reading() as records:
            allowed = set(records.assets.keys(criteria, viewer))
            # What is not in the index of letters yet has to be read.
            unknown = allowed - set(records.text.keys())
            for phrase in wanted:
                allowed &= {*records.text.holding(phrase.letters), *unknown}
        newest = sorted(allowed, reverse=True)[:MOST_READ]
        found = [
            quoting
            for start in range(0, len(newest), CHUNK)
            for quoting in self._read(newest[start : start + CHUNK], wanted, viewer)
        ]
        return tuple(sorted(found, key=lambda one: (-one.score, -_times(one), -one.asset.key)))

    def _read(
        self, keys: Sequence[int], phrases: Sequence[Phrase], viewer: Viewer
    ) -> list[Quoting]:
        with self._catalogue.reading() as records:
            assets = records.assets.by_keys(keys, viewer)
            values: dict[AssetId, list[FieldValue]] = {asset.id: [] for asset in assets}
            for value in records.fields.current(list(values)):
                values[value.asset_id].append(value)
        found = []
        for asset in assets:
            passages = [passage(phrase, asset, values[asset.id]) for phrase in phrases]
            held = tuple(one for one in passages if one)
            if len(held) == len(phrases):
                found.append(Quoting(asset, held))
        return found


def _times(quoting: Quoting) -> int:
    return sum(one.times for one in quoting.passages)
