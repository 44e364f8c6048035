"""Everyday names for colours, each by some of the shades that people give it."""

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


def hex_of(red: int, green: int, blue: int) -> str:
    """Write a colour as `#rrggbb`."""
    return f"#{red:02x}{green:02x}{blue:02x}"


_PURE = {"white": "#ffffff", "grey": "#8f9194", "silver": "#d0d2d4", "beige": "#e8dcc4"}


def meant(name: str) -> str:
    """Give the one shade that a colour's name asks for, as `#rrggbb`; KeyError for another name."""
    shades = dict(reversed(NAMED)) | _PURE
    return shades[name]
