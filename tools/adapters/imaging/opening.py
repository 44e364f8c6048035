"""Opening pictures under limits: what is too large or broken is refused before it costs memory."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from tools.core.errors import Fixable

PIXEL_LIMIT = 200_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
BROKEN = "The picture is damaged or cut off. Copy or export it again, then add it once more."

_LONGEST_SIDE = 65_535


@lru_cache(maxsize=1)
def formats() -> tuple[str, ...]:
    """Name the Pillow formats that are accepted; HEIC only where pillow-heif is installed."""
    Image.init()
    if find_spec("pillow_heif") is None:
        return FORMATS
    import_module("pillow_heif").register_heif_opener()
    return (*FORMATS, "HEIF")


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """Lend a picture whose header was read and whose size is within the limit.

    Raises Fixable when it is no picture, is damaged (also while it is lent) or is too large.
    """
    # Pillow warns below what this library accepts; beyond it the check under `yield` speaks.
    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    try:
        with Image.open(source, formats=formats()) as picture:
            check_size(*picture.size)
            yield picture
    except UnidentifiedImageError as error:
        raise Fixable("This is not a picture that can be opened. Export it as JPEG.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Fixable(_too_large("of this size")) from error
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError) as error:
        if isinstance(error, PermissionError | FileNotFoundError):
            raise
        raise Fixable(BROKEN) from error


def check_size(width: int, height: int) -> None:
    """Raise Fixable for a picture beyond the pixel limit."""
    if width * height > PIXEL_LIMIT or max(width, height) > _LONGEST_SIDE:
        raise Fixable(_too_large(f"of {width} x {height} pixels"))


def _too_large(what: str) -> str:
    return (
        f"A picture {what} is over the limit of {PIXEL_LIMIT // 1_000_000} megapixels. "
        "Reduce it, then add it again."
    )
