"""What a picture looks like among drawings with names: most of them are of things without a class.

The label model knows photographs of a thousand things. Its features also tell a drawn cello from
a drawn rocket, so the nearest of some thousands of named drawings say what else may be shown.
"""

from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAME = "likenesses-1"
KEPT = Path(__file__).with_name("likenesses.npz")
NEAREST = 5
# Below this a drawing is like any other.
LEAST = 0.15

Floats = NDArray[np.float32]


class Likenesses:
    """Named drawings by their looks; `ordinary` is what every picture has in common."""

    def __init__(self, ordinary: Floats, kept: Path = KEPT) -> None:
        self._ordinary = ordinary
        self._kept = kept

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name the drawings: each by its title, then other words for it, between commas."""
        with np.load(self._kept, allow_pickle=False) as kept:
            return tuple(kept["names"].tobytes().decode("utf-8").split("\n"))

    def of(self, features: Floats) -> tuple[tuple[int, float], ...]:
        """Give (index, centred cosine) of the drawings that look most like it, nearest first."""
        basis, rows = self._loaded
        cosines = rows @ unit(centred(features[None], self._ordinary) @ basis)[0]
        nearest = np.argsort(-cosines)[:NEAREST]
        return tuple((int(i), float(cosines[i])) for i in nearest if cosines[i] >= LEAST)

    @cached_property
    def _loaded(self) -> tuple[Floats, Floats]:
        with np.load(self._kept, allow_pickle=False) as kept:
            return kept["basis"].astype(np.float32), unit(kept["rows"].astype(np.float32))


def centred(features: Floats, ordinary: Floats) -> Floats:
    """Give unit rows of what is particular about each look."""
    return unit(unit(features) - ordinary)


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1; a row of zeros stays."""
    scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled
