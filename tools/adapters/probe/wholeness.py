"""Whether a file is all there, read from its own table of contents as far as it has one."""

import os
import zlib
from collections.abc import Callable
from typing import BinaryIO

from PIL import Image

from tools.adapters.film import BROKEN as BROKEN_FILM
from tools.adapters.imaging.limits import check_size
from tools.adapters.imaging.opening import BROKEN, opened
from tools.adapters.imaging.raw_kinds import promised_length
from tools.core.errors import Fixable

_BLOCK = 1 << 20
_SOLID_BOXES = {b"ftyp", b"moov", b"mdat", b"moof", b"meta", b"idat"}
_TIFF_OFFSETS = ((273, 279), (324, 325))


def check_picture(file: BinaryIO, mime: str) -> None:
    """Raise Fixable for a picture that is cut off or damaged, without decoding it in full size."""
    file.seek(0)
    raw = mime.startswith("image/x-")
    (_raw_length if raw else _CHECKS.get(mime, _decodes))(file)


def check_boxes(file: BinaryIO, broken: str = BROKEN_FILM) -> None:
    """Raise Fixable when a box of an MP4, MOV, HEIC or AVIF file reaches beyond its end."""
    size = os.fstat(file.fileno()).st_size
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length == 0:
            return
        if length < 8:
            raise Fixable(broken)
        if at + length > size and kind in _SOLID_BOXES:
            raise Fixable(broken)
        at += length


def _decodes(file: BinaryIO) -> None:
    """Decode, a JPEG at an eighth of its size: every byte is read, few pixels are made."""
    with opened(file) as picture:
        picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()


def _png_chunks(file: BinaryIO) -> None:
    """Walk the chunks and their checksums up to the end mark."""
    file.seek(8)
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise Fixable(BROKEN)
        left, kind = int.from_bytes(head[:4], "big"), head[4:]
        check = zlib.crc32(kind)
        while left:
            block = file.read(min(left, _BLOCK))
            if not block:
                raise Fixable(BROKEN)
            check = zlib.crc32(block, check)
            left -= len(block)
        if file.read(4) != check.to_bytes(4, "big"):
            raise Fixable(BROKEN)
        if kind == b"IEND":
            return


def _riff_length(file: BinaryIO) -> None:
    promised = int.from_bytes(file.read(8)[4:], "little") + 8
    if promised > os.fstat(file.fileno()).st_size:
        raise Fixable(BROKEN)


def _tiff_strips(file: BinaryIO) -> None:
    size = os.fstat(file.fileno()).st_size
    with opened(file) as picture:
        tags = getattr(picture, "tag_v2", {})
        for offsets, lengths in _TIFF_OFFSETS:
            for offset, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False):
                if offset + length > size:
                    raise Fixable(BROKEN)


def _raw_length(file: BinaryIO) -> None:
    if promised_length(file) > os.fstat(file.fileno()).st_size:
        raise Fixable(BROKEN)


def _picture_boxes(file: BinaryIO) -> None:
    check_boxes(file, BROKEN)


def _drawn_whole(_: BinaryIO) -> None:
    """Take it as whole: it was read to its end when it was drawn."""


_CHECKS: dict[str, Callable[[BinaryIO], None]] = {
    "image/png": _png_chunks,
    "image/webp": _riff_length,
    "image/tiff": _tiff_strips,
    "image/heic": _picture_boxes,
    "image/avif": _picture_boxes,
    "image/svg+xml": _drawn_whole,
}


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """Give width and height as seen, from the header alone."""
    check_size(*picture.size)
    turned = picture.getexif().get(0x0112) in {5, 6, 7, 8} and picture.format != "TIFF"
    return (picture.height, picture.width) if turned else picture.size
