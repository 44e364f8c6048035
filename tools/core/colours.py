"""Names for colours: the nearest of a short list of everyday names, measured in CIELAB."""

from functools import lru_cache

Lab = tuple[float, float, float]

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


def lab(red: int, green: int, blue: int) -> Lab:
    """Convert 8-bit sRGB to CIELAB under D65 (CIE 15:2004)."""
    r, g, b = (_linear(channel / 255) for channel in (red, green, blue))
    x = _root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
    y = _root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    z = _root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@lru_cache(maxsize=8192)
def name_of(red: int, green: int, blue: int) -> str:
    """Name an 8-bit sRGB colour."""
    lightness, a, b = lab(red, green, blue)
    return min(
        _anchors(),
        # Hue says more about a name than lightness does, so lightness counts for less.
        key=lambda anchor: (
            0.6 * (anchor[1][0] - lightness) ** 2
            + (anchor[1][1] - a) ** 2
            + (anchor[1][2] - b) ** 2
        ),
    )[0]


def hex_of(red: int, green: int, blue: int) -> str:
    """Write a colour as `#rrggbb`."""
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=1)
def _anchors() -> tuple[tuple[str, Lab], ...]:
    return tuple((name, lab(*bytes.fromhex(code[1:]))) for name, code in NAMED)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116
