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

from tools.adapters.imaging.foreign import translated
from tools.adapters.imaging.limits import PIXEL_LIMIT, check_size, too_large
from tools.core.errors import Fixable

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "PSD")
BROKEN = "The picture is damaged or cut off. Copy or export it again, then add it once more."


@lru_cache(maxsize=1)
def formats() -> tuple[str, ...]:
    """Name the Pillow formats that are accepted; HEIC only where pi-heif is installed."""
    Image.init()
    if find_spec("pi_heif") is None:
        return FORMATS
    import_module("pi_heif").register_heif_opener()
    return (*FORMATS, "HEIF")


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """Lend a picture whose header was read and whose size is within the limit.

    Drawings, RAW and layout files come as the picture that stands for them. Raises Fixable when
    it is no picture, is damaged (also while it is lent) or is too large.
    """
    # Pillow warns below what this library accepts; beyond it the check under `yield` speaks.
    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    try:
        with _picture(source) as picture:
            check_size(*picture.size)
            yield picture
    except UnidentifiedImageError as error:
        raise Fixable("This is not a picture that can be opened. Export it as JPEG.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Fixable(too_large("of this size")) from error
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError) as error:
        if isinstance(error, PermissionError | FileNotFoundError):
            raise
        raise Fixable(BROKEN) from error


@contextmanager
def _picture(source: Path | BinaryIO) -> Iterator[Image.Image]:
    if isinstance(source, Path):
        with source.open("rb") as file, _picture(file) as picture:
            yield picture
        return
    with translated(source) or Image.open(source, formats=formats()) as picture:
        yield picture
