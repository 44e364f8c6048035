"""How large a picture may be before it is decoded."""

from tools.core.errors import Fixable

PIXEL_LIMIT = 200_000_000
_LONGEST_SIDE = 65_535


def check_size(width: int, height: int) -> None:
    """Raise Fixable for a picture beyond the pixel limit."""
    if width * height > PIXEL_LIMIT or max(width, height) > _LONGEST_SIDE:
        raise Fixable(too_large(f"of {width} x {height} pixels"))


def too_large(what: str) -> str:
    """Say that a picture is too large, and what to do."""
    return (
        f"A picture {what} is over the limit of {PIXEL_LIMIT // 1_000_000} megapixels. "
        "Reduce it, then add it again."
    )
