"""Naming colours: the nearest of a short list of everyday names, measured in CIELAB."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.core.colours import NAMED

# Linear sRGB to CIE XYZ, one row a channel, and the white point D65.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.2126729, 0.0193339],
        [0.3575761, 0.7151522, 0.1191920],
        [0.1804375, 0.0721750, 0.9503041],
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert 8-bit sRGB, shape (n, 3), to CIELAB under D65 (CIE 15:2004)."""
    shares = colours / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    part = linear @ _TO_XYZ / _WHITE
    x, y, z = np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116).T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def names_of(colours: NDArray[np.float64]) -> list[str]:
    """Name 8-bit sRGB colours, shape (n, 3)."""
    far = lab(colours)[:, None] - _anchors()[None]
    # Hue says more about a name than lightness does, so lightness counts for less.
    nearest = (far**2 @ np.array([0.6, 1.0, 1.0])).argmin(axis=1)
    return [NAMED[place][0] for place in nearest]


@lru_cache(maxsize=1)
def _anchors() -> NDArray[np.float64]:
    return lab(np.array([list(bytes.fromhex(code[1:])) for _, code in NAMED], dtype=np.float64))
