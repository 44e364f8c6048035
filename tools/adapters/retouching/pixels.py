"""Pictures as arrays and colours as numbers."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.core.ports import Picture

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
BAND = 256


def pillow(picture: Picture) -> Image.Image:
    """Take a picture as what it is here; TypeError for anything else."""
    if not isinstance(picture, Image.Image):
        raise TypeError(f"a Pillow image is needed, not {type(picture).__name__}")
    return picture


def colour_of(code: str) -> tuple[int, int, int]:
    """Read `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def bands(height: int) -> Iterator[slice]:
    """Cut the rows of a picture into bands, so that a huge one needs little memory."""
    return (slice(top, min(top + BAND, height)) for top in range(0, height, BAND))


def floats(pixels: npt.NDArray[np.uint8]) -> Floats:
    """Give bytes as 0 to 1."""
    return pixels.astype(np.float32) / np.float32(255)


def to_bytes(values: Floats) -> Bytes:
    """Give 0 to 1 as bytes."""
    return (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
