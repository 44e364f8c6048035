"""Asking by example: what something should look like, and what should be otherwise."""

from dataclasses import dataclass
from pathlib import Path

from tools.core.assets import MediaType
from tools.core.errors import Fixable
from tools.core.perception import Box

SMALLEST = 0.02


@dataclass(frozen=True, slots=True)
class Example:
    """What to look like: an asset, or a picture file that need not be in the library.

    `box` is the part of it that counts; `name` is what the person calls the file.
    """

    asset_id: str | None = None
    file: Path | None = None
    box: Box | None = None
    name: str = "the picture"


@dataclass(frozen=True, slots=True)
class LikeRequest:
    """An example with what is added to it and taken from it, in words of any language.

    Looks are compared by features, words by their meaning, words and labels.
    """

    example: Example
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    media_type: MediaType | None = None
    limit: int = 24
    weak: bool = False

    @property
    def changed(self) -> bool:
        """Tell whether something should be otherwise than in the example."""
        return bool(self.plus or self.minus)


def read_box(text: str) -> Box:
    """Read a part of a picture: left,top,right,bottom as fractions of its sides.

    Raises Fixable for anything else.
    """
    try:
        left, top, right, bottom = (float(side) for side in text.replace(";", ",").split(","))
    except ValueError as error:
        raise Fixable(_BOX.format(text[:40])) from error
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise Fixable(_BOX.format(text[:40]))
    if right - left < SMALLEST or bottom - top < SMALLEST:
        raise Fixable("That part is too small to compare. Choose a larger one.")
    return Box(left, top, right, bottom)


_BOX = (
    "'{}' is no part of a picture. Give left,top,right,bottom as fractions of its sides, "
    "such as 0.1,0.2,0.6,0.9."
)
