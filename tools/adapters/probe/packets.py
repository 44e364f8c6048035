"""XMP packets in films and PDF files, which no decoder hands out."""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from pypdf import PdfReader

from tools.adapters.imaging.embedded import tidy
from tools.adapters.imaging.xmp import read_xmp

LARGEST = 4_000_000
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MOST_BOXES = 2000
# When a film or page was made, other marks say; XMP tells when somebody saved it.
_NOT_HERE = frozenset({"captured_at", "edited_at"})


def film_packet(file: BinaryIO) -> dict[str, str]:
    """Give what the XMP of an MP4 or MOV says (ISO 16684-3: a uuid box, or XMP_ in udta)."""
    size = os.fstat(file.fileno()).st_size
    for kind, start, end in _boxes(file, 0, size):
        if kind == b"uuid" and _at(file, start, 16) == _XMP_BOX:
            return _said(_at(file, start + 16, min(end - start - 16, LARGEST)))
        if kind != b"moov":
            continue
        for inner, first, last in _boxes(file, start, end):
            for name, at, until in _boxes(file, first, last) if inner == b"udta" else ():
                if name == b"XMP_":
                    return _said(_at(file, at, min(until - at, LARGEST)))
    return {}


def pdf_packet(file: BinaryIO) -> dict[str, str]:
    """Give what the XMP of a PDF says of the whole document; a broken one says nothing."""
    file.seek(0)
    # The parser of a hostile file fails in every way.
    with suppress(Exception):
        stream = PdfReader(file).root_object["/Metadata"].get_object()
        return _said(bytes(stream.get_data()))  # type: ignore[union-attr]
    return {}


def _said(packet: bytes) -> dict[str, str]:
    found = {name: tidy(name, text) for name, text in read_xmp(packet).items()}
    return {name: text for name, text in found.items() if text and name not in _NOT_HERE}


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give the kind of each box, and where its content begins and ends."""
    for _ in range(_MOST_BOXES):
        head = _at(file, start, 16)
        length, kind, front = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, front = int.from_bytes(head[8:16], "big"), 16
        if length == 0:
            length = end - start
        if length < front or start + length > end:
            return
        yield kind, start + front, start + length
        start += length


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(max(0, length))
