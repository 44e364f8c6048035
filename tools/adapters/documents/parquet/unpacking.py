"""Pages unpacked: snappy, gzip and zstandard, never beyond what they say they hold."""

import zlib

import zstandard

from tools.adapters.documents.parquet.thrift import BROKEN
from tools.core.errors import Fixable

LARGEST = 8 * 1024 * 1024
_NONE, _SNAPPY, _GZIP, _ZSTD = 0, 1, 2, 6


def unpacked(content: bytes, codec: int, size: int) -> bytes | None:
    """Give the page, or None when it is too large or packed in a way that is not read here.

    Raises Fixable for one that is damaged.
    """
    if not 0 <= size <= LARGEST or len(content) > LARGEST:
        return None
    try:
        match codec:
            case _ if codec == _NONE:
                return content
            case _ if codec == _SNAPPY:
                return _snappy(content, size)
            case _ if codec == _GZIP:
                return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, size + 1)[:size]
            case _ if codec == _ZSTD:
                reader = zstandard.ZstdDecompressor(max_window_size=LARGEST)
                return reader.stream_reader(content).read(size)
            case _:
                return None
    except (zlib.error, zstandard.ZstdError, IndexError) as error:
        raise Fixable(BROKEN) from error


def _snappy(content: bytes, size: int) -> bytes:
    """Unpack snappy's raw format (google/snappy, format_description.txt)."""
    told, position = _length(content)
    out = bytearray()
    while position < len(content) and len(out) <= size:
        tag = content[position]
        if not tag & 3:
            length, position = _literal(content, tag >> 2, position + 1)
            out += content[position : position + length]
            position += length
            continue
        length, offset, position = _copied(content, tag, position + 1)
        if not 0 < offset <= len(out):
            raise Fixable(BROKEN)
        start = len(out) - offset
        while length > 0:
            piece = out[start : start + length]
            out += piece
            start, length = start + len(piece), length - len(piece)
    if len(out) != size or told != size:
        raise Fixable(BROKEN)
    return bytes(out)


def _length(content: bytes) -> tuple[int, int]:
    """Give the length that the packed content tells, and where what it holds begins."""
    told = 0
    for place in range(5):
        told |= (content[place] & 127) << (7 * place)
        if content[place] < 128:
            return told, place + 1
    raise Fixable(BROKEN)


def _copied(content: bytes, tag: int, position: int) -> tuple[int, int, int]:
    """Give length and offset of a copy of what came before, and where to go on."""
    if tag & 3 == 1:
        return (tag >> 2 & 7) + 4, (tag >> 5 << 8) | content[position], position + 1
    wide = 2 if tag & 3 == 2 else 4
    offset = int.from_bytes(content[position : position + wide], "little")
    return (tag >> 2) + 1, offset, position + wide


def _literal(content: bytes, told: int, position: int) -> tuple[int, int]:
    """Give the length of a literal and where it begins."""
    if told < 60:
        return told + 1, position
    wide = told - 59
    return int.from_bytes(content[position : position + wide], "little") + 1, position + wide
