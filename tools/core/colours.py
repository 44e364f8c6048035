"""Names for colours: the nearest of a short list of everyday names, measured in CIELAB."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Linear sRGB to CIE XYZ, one row a channel, and the white point D65.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.2126729, 0.0193339],
        [0.3575761, 0.7151522, 0.1191920],
        [0.1804375, 0.0721750, 0.9503041],
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])

# Several anchors stand for one name where people use the name for light, dark and dull variants.
NAMED: tuple[tuple[str, str], ...] = (
    ("black", "#000000"),
    ("black", "#1c1c1e"),
    ("charcoal", "#36393d"),
    ("grey", "#6e6e6e"),
    ("grey", "#8f9194"),
    ("silver", "#b8babd"),
    ("silver", "#d0d2d4"),
    ("white", "#f2f2f2"),
    ("white", "#ffffff"),
    ("cream", "#fbf3d9"),
    ("beige", "#d9c7a3"),
    ("beige", "#e8dcc4"),
    ("beige", "#bfa987"),
    ("brown", "#7b4a25"),
    ("brown", "#4a3222"),
    ("brown", "#8a6b4e"),
    ("rust", "#a8491f"),
    ("maroon", "#6b1420"),
    ("red", "#c8102e"),
    ("red", "#e53935"),
    ("coral", "#ff7f6b"),
    ("orange", "#f57c00"),
    ("orange", "#ffa040"),
    ("gold", "#c9a227"),
    ("yellow", "#ffe135"),
    ("yellow", "#f4d03f"),
    ("lime", "#a8e02a"),
    ("green", "#2e8b3d"),
    ("green", "#4caf50"),
    ("green", "#6d9a45"),
    ("dark green", "#1d4a28"),
    ("dark green", "#2f4020"),
    ("olive", "#7a7a28"),
    ("olive", "#5c5a2e"),
    ("mint", "#a8e6c4"),
    ("teal", "#0f8080"),
    ("teal", "#1f5f63"),
    ("teal", "#2aa198"),
    ("turquoise", "#40e0d0"),
    ("light blue", "#a6d1f0"),
    ("light blue", "#7ab8e8"),
    ("blue", "#1e63d0"),
    ("blue", "#3f7fbf"),
    ("blue", "#4a6fa5"),
    ("navy", "#14213d"),
    ("navy", "#1d2f6f"),
    ("purple", "#6a2c91"),
    ("purple", "#4b2e6b"),
    ("lavender", "#c3b1e1"),
    ("magenta", "#d81b8c"),
    ("pink", "#f8b6c8"),
    ("pink", "#f06292"),
)
NAMES: tuple[str, ...] = tuple(dict.fromkeys(name for name, _ in NAMED))


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


def hex_of(red: int, green: int, blue: int) -> str:
    """Write a colour as `#rrggbb`."""
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=1)
def _anchors() -> NDArray[np.float64]:
    return lab(np.array([list(bytes.fromhex(code[1:])) for _, code in NAMED], dtype=np.float64))
