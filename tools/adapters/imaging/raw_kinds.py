"""Which camera RAW a file is; most of them are TIFF files with a sensor's picture inside."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

DNG = "image/x-adobe-dng"
_STARTS = (
    (b"FUJIFILMCCD-RAW", "image/x-fuji-raf"),
    (b"IIRO", "image/x-olympus-orf"),
    (b"IIRS", "image/x-olympus-orf"),
    (b"MMOR", "image/x-olympus-orf"),
    (b"IIU\0", "image/x-panasonic-rw2"),
    (b"FOVb", "image/x-sigma-x3f"),
    (b"\0MRM", "image/x-minolta-mrw"),
)
_MAKERS = (
    (b"NIKON", "image/x-nikon-nef"),
    (b"SONY", "image/x-sony-arw"),
    (b"PENTAX", "image/x-pentax-pef"),
    (b"RICOH", "image/x-pentax-pef"),
    (b"SAMSUNG", "image/x-samsung-srw"),
    (b"CANON", "image/x-canon-cr2"),
)
_SUB_FOLDERS, _PHOTOMETRIC, _MAKE, _DNG_VERSION = 330, 262, 271, 50706
_SENSOR = {32803, 34892}
_MOST_FOLDERS, _MOST_ENTRIES = 16, 512

_MOST_STRIPS = 100_000
# Tags of where strips, tiles and previews lie, and of how long they are.
_PLACES = ((273, 279), (324, 325), (513, 514))

Entry = tuple[int, int, int, bytes]


def raw_by_start(head: bytes) -> str | None:
    """Name a RAW format that has a beginning of its own."""
    if head[4:12] == b"ftypcrx ":
        return "image/x-canon-cr3"
    return next((mime for start, mime in _STARTS if head.startswith(start)), None)


def raw_in_tiff(file: BinaryIO) -> str | None:
    """Name the RAW format of a file that begins like a TIFF, or None for a plain TIFF."""
    file.seek(0)
    head = file.read(12)
    if head[8:10] == b"CR":
        return "image/x-canon-cr2"
    order = "<" if head[:2] == b"II" else ">"
    maker, sensor = b"", False
    for tag, kind, count, value in _entries(file, order, head):
        if tag == _DNG_VERSION:
            return DNG
        if tag == _PHOTOMETRIC and _number(value, kind, order) in _SENSOR:
            sensor = True
        if tag == _MAKE and not maker:
            at = struct.unpack(order + "I", value)[0]
            maker = _at(file, at, min(count, 40)) if count > 4 else value
    if not sensor:
        return None
    known = maker.upper()
    return next((mime for name, mime in _MAKERS if name in known), "image/x-raw")


def promised_length(file: BinaryIO) -> int:
    """Give how long a file that begins like a TIFF has to be for all its pictures."""
    file.seek(0)
    head = file.read(12)
    if head[:4] not in {b"II*\0", b"MM\0*"}:
        return 0
    order = "<" if head[:2] == b"II" else ">"
    numbers: dict[int, list[int]] = {}
    for tag, kind, count, value in _entries(file, order, head):
        if tag in {tag for pair in _PLACES for tag in pair}:
            numbers.setdefault(tag, []).extend(_numbers(file, order, kind, count, value))
    ends = [
        offset + length
        for offsets, lengths in _PLACES
        for offset, length in zip(numbers.get(offsets, ()), numbers.get(lengths, ()), strict=False)
    ]
    return max(ends, default=0)


def _entries(file: BinaryIO, order: str, head: bytes) -> Iterator[Entry]:
    """Give the entries of all folders of a TIFF, each folder once."""
    waiting: list[int] = [struct.unpack(order + "I", head[4:8])[0]]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_FOLDERS:
        start = waiting.pop(0)
        if not start or start in seen:
            continue
        seen.add(start)
        number = _number(_at(file, start, 2).ljust(4, b"\0"), 3, order)
        body = _at(file, start + 2, min(number, _MOST_ENTRIES) * 12 + 4)
        for place in range(0, len(body) - 11, 12):
            tag, kind, count = struct.unpack(order + "HHI", body[place : place + 8])
            value = body[place + 8 : place + 12]
            if tag == _SUB_FOLDERS:
                waiting += _numbers(file, order, 4, min(count, _MOST_FOLDERS), value)
            yield tag, kind, count, value
        if len(body) == number * 12 + 4:
            waiting.append(struct.unpack(order + "I", body[-4:])[0])


def _numbers(file: BinaryIO, order: str, kind: int, count: int, value: bytes) -> list[int]:
    letter, size = ("H", 2) if kind == 3 else ("I", 4)
    count = min(count, _MOST_STRIPS)
    far = count * size > 4
    body = _at(file, struct.unpack(order + "I", value)[0], count * size) if far else value
    whole = body[: min(count, len(body) // size) * size]
    return [number for (number,) in struct.iter_unpack(order + letter, whole)]


def _number(value: bytes, kind: int, order: str) -> int:
    number: int = struct.unpack(
        order + ("H" if kind == 3 else "I"), value[: 2 if kind == 3 else 4]
    )[0]
    return number


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
