"""Where a picture is calm enough for words: strips along its sides with hardly any detail."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.adapters.imaging.encode import flattened
from tools.core.perception import Side, Space

_SIDE = 96
# Steps between neighbouring pixels of the small picture that the eye takes for an edge, of 255.
_EDGE = 10.0
_WIDE, _HIGH = 0.4, 0.33


def spaces(picture: Image.Image) -> tuple[Space, ...]:
    """Give for the left, right, top and bottom strip how much of it is without edges, 0 to 1."""
    scale = _SIDE / max(picture.size)
    size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
    small = flattened(picture).convert("L").resize(size, Image.Resampling.BOX)
    calm = _calm(np.asarray(small, dtype=np.float32))
    height, width = calm.shape
    across, down = max(2, round(width * _WIDE)), max(2, round(height * _HIGH))
    strips = {
        Side.LEFT: calm[:, :across],
        Side.RIGHT: calm[:, -across:],
        Side.TOP: calm[:down],
        Side.BOTTOM: calm[-down:],
    }
    return tuple(Space(side, round(float(strip.mean()), 3)) for side, strip in strips.items())


def _calm(grey: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell of each pixel whether it differs little from the next one across and down."""
    across = np.abs(np.diff(grey, axis=1, append=grey[:, -1:]))
    down = np.abs(np.diff(grey, axis=0, append=grey[-1:]))
    calm: NDArray[np.bool_] = np.maximum(across, down) < _EDGE
    return calm
