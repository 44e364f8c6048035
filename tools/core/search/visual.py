"""How pictures look, as points in a space of its own: near means that they look alike."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tools.core.ports import Near, VectorIndex, Vision
from tools.core.search.geometry import Row, Stack, rows, unit

# Frames of a video behind its poster; keys of the index of moments are spaced by this.
MOMENTS = 16
MOST_ALIKE = 12
# Log-odds of "these look alike", fitted on 598 pairs of one kind and 49,000 of different ones
# among 833 photographs and cut-outs: one pair in a hundred of different kinds lies above `EVEN`.
EVEN, STEEP = 0.40, 12.0
# What should differ in something, looks less alike: half of the pairs of one kind lie above this.
LOOSE = 0.30


@dataclass(frozen=True, slots=True)
class Look:
    """How one picture, or a frame at `seconds` of a video, looks: a row of 'features'."""

    features: Any
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """How near an asset looks: the centred cosine, and which of its frames does (0: the poster)."""

    cosine: float
    frame: int = 0

    @property
    def certainty(self) -> float:
        """Give the probability that a person would say that they look alike."""
        return 1.0 / (1.0 + math.exp(-STEEP * (self.cosine - EVEN)))

    @property
    def loose_certainty(self) -> float:
        """Give the same where the person wants something to be otherwise."""
        return 1.0 / (1.0 + math.exp(-STEEP * (self.cosine - LOOSE)))


class VisualSpace:
    """Pictures and key frames by the features of the label model.

    What every picture has in common is taken out first (All-but-the-Top, Mu and Viswanath 2018):
    without that, one pair in a hundred of unlike pictures is as near as half of the alike ones.
    """

    def __init__(self, *, vision: Vision, pictures: VectorIndex, moments: VectorIndex) -> None:
        self._vision = vision
        self._pictures = pictures
        self._moments = moments

    def put(self, key: int, looks: Sequence[Look]) -> None:
        """Place an asset anew by its catalogue key: its picture or poster first, then frames."""
        self.drop([key])
        placed = [self.centred(look.features) for look in looks[:MOMENTS]]
        if placed:
            self._pictures.put([key], Stack(placed[:1]))
        if placed[1:]:
            frames = [key * MOMENTS + number for number in range(1, len(placed))]
            self._moments.put(frames, Stack(placed[1:]))

    def of(self, key: int) -> list[Row]:
        """Give the rows of an asset, its poster first; none when it has not been looked at."""
        frames = _frames(self._moments, [key])
        if not self.cosines(self._vision.ordinary_features, [key]):
            return []
        found = rows(self._pictures.vectors([key]))
        return [*found, *rows(self._moments.vectors(frames))] if frames else found

    def centred(self, features: Row) -> Row:
        """Give the unit row of what is particular about a look."""
        row = unit(features)
        return unit(row - self._vision.ordinary_features)

    def near(
        self, examples: Sequence[Row], among: Sequence[int], videos: Sequence[int], limit: int
    ) -> dict[int, Alike]:
        """Give what looks most like any of the examples, by key; `videos` are among `among`."""
        best: dict[int, Alike] = {}
        frames = _frames(self._moments, videos)
        for example in examples:
            found = [(n.key, 0, n.score) for n in self._pictures.nearest(example, limit, among)]
            if frames:
                moments = self._moments.nearest(example, limit, frames)
                found += [(n.key // MOMENTS, n.key % MOMENTS, n.score) for n in moments]
            for key, frame, cosine in found:
                if key not in best or cosine > best[key].cosine:
                    best[key] = Alike(cosine, frame)
        return best

    def cosines(self, example: Row, keys: Sequence[int]) -> list[Near]:
        """Score the pictures and posters of these keys; those not looked at are left out."""
        return self._pictures.scores(example, keys)

    def pairs(self, keys: Sequence[int], least: float) -> list[tuple[int, int]]:
        """Give pairs of these keys whose pictures or posters have at least this centred cosine."""
        known = set(self._pictures.keys())
        compared = sorted(key for key in set(keys) if key in known)
        found: set[tuple[int, int]] = set()
        for key in compared:
            (row,) = rows(self._pictures.vectors([key]))
            for near in self._pictures.nearest(row, MOST_ALIKE, compared):
                if near.key != key and near.score >= least:
                    found.add((min(key, near.key), max(key, near.key)))
        return sorted(found)

    def keys(self) -> list[int]:
        """List the keys of all that was looked at."""
        return self._pictures.keys()

    def drop(self, keys: Sequence[int]) -> None:
        """Forget assets with all their frames."""
        self._pictures.drop(keys)
        self._moments.drop([key * MOMENTS + number for key in keys for number in range(1, MOMENTS)])

    def clear(self) -> None:
        """Forget everything."""
        self._pictures.clear()
        self._moments.clear()


def _frames(moments: VectorIndex, keys: Iterable[int]) -> list[int]:
    """Give the keys of the frames that these assets have."""
    wanted = set(keys)
    known = moments.keys() if wanted else []
    return [frame for frame in known if frame // MOMENTS in wanted]
