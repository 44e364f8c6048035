"""Placing pictures and videos of the library in the space of a model."""

from collections.abc import Sequence

from tools.core.assets import Asset, AssetState, MediaType
from tools.core.directory import SYSTEM
from tools.core.errors import Fixable
from tools.core.ingest.stills import Stills
from tools.core.joint.shelf import JointShelf
from tools.core.joint.space import JointSpace
from tools.core.originals import Originals
from tools.core.ports import Picture
from tools.core.records import AssetFilter, Catalogue

PICTURED = (MediaType.IMAGE, MediaType.VIDEO)
KEPT = (AssetState.ACTIVE, AssetState.ARCHIVED, AssetState.TRASHED)
FRAMES = 6


class Placing:
    """Opens what has pictures and places it."""

    def __init__(
        self, *, catalogue: Catalogue, originals: Originals, stills: Stills, shelf: JointShelf
    ) -> None:
        self._catalogue = catalogue
        self._originals = originals
        self._stills = stills
        self._shelf = shelf

    def keep_up(self, assets: Sequence[Asset]) -> None:
        """Place in the space that answers what of these is not; without its model, nothing."""
        pictured = [asset for asset in assets if asset.media_type in PICTURED]
        space = self._shelf.ready() if pictured else None
        if space:
            known = set(space.index.keys())
            try:
                self._put(space, [asset for asset in pictured if asset.key not in known])
            except Fixable:
                # An asset is taken in without the model; the next start places it.
                return

    def place(self, space: JointSpace, keys: Sequence[int]) -> int:
        """Place assets and give how many there were; Fixable when the model cannot be had."""
        with self._catalogue.reading() as records:
            assets = records.assets.by_keys(keys, SYSTEM)
        return self._put(space, assets)

    def missing(self, space: JointSpace) -> list[int]:
        """Give the keys of what has pictures and is not placed yet."""
        known = set(space.index.keys())
        return [key for key in self.pictured() if key not in known]

    def pictured(self) -> list[int]:
        """Give the keys of all that has pictures."""
        with self._catalogue.reading() as records:
            return [
                key
                for kind in PICTURED
                for key in records.assets.keys(AssetFilter(kind, states=KEPT), SYSTEM)
            ]

    def _put(self, space: JointSpace, assets: Sequence[Asset]) -> int:
        shown = {asset.key: found for asset in assets if (found := self._pictures(asset))}
        space.put(shown)
        return len(shown)

    def _pictures(self, asset: Asset) -> tuple[Picture, ...]:
        """Draw an asset; nothing of one whose file is gone or damaged, which others do not mind."""
        try:
            with self._originals.open(asset) as path:
                kind, mime = asset.media_type, asset.version.mime
                frames = self._stills.frames(
                    path, kind, mime, FRAMES, shots=self._stills.shots(path, kind)
                )
        except (Fixable, OSError):
            return ()
        return tuple(frame.picture for frame in frames)
