"""The main colours of a picture, by everyday names."""

from collections import defaultdict

import numpy as np
from PIL import Image

from tools.adapters.imaging.naming import names_of
from tools.core.colours import hex_of
from tools.core.perception import Swatch

_SIDE = 96
_MOST = 5
_LEAST_SHARE = 0.01


def palette(picture: Image.Image) -> tuple[Swatch, ...]:
    """Give up to five named colours with their shares of the opaque picture, largest first."""
    small = picture.convert("RGBA").resize(
        (min(_SIDE, picture.width), min(_SIDE, picture.height)), Image.Resampling.NEAREST
    )
    pixels = np.asarray(small).reshape(-1, 4)
    colours = pixels[pixels[:, 3] >= 128, :3].astype(np.int64)
    if not len(colours):
        return ()
    # Colours are gathered in 16 steps a channel, so that a few hundred are named, not thousands.
    steps = colours // 16
    bins, member, counts = np.unique(
        steps @ np.array([256, 16, 1]), return_inverse=True, return_counts=True
    )
    means = np.stack(
        [np.bincount(member, colours[:, c], len(bins)) / counts for c in range(3)], axis=1
    )
    named: dict[str, list[tuple[int, np.ndarray]]] = defaultdict(list)
    for name, mean, count in zip(names_of(means.round()), means, counts, strict=True):
        named[name].append((int(count), mean))
    swatches = [_swatch(name, shades, len(colours)) for name, shades in named.items()]
    swatches = [swatch for swatch in swatches if swatch.share >= _LEAST_SHARE]
    return tuple(sorted(swatches, key=lambda swatch: -swatch.share)[:_MOST])


def _swatch(name: str, shades: list[tuple[int, np.ndarray]], total: int) -> Swatch:
    """Show a name by the most frequent shade that carries it."""
    _, shade = max(shades, key=lambda pair: pair[0])
    share = sum(count for count, _ in shades) / total
    return Swatch(name, hex_of(*(int(v) for v in shade.round())), round(share, 4))
