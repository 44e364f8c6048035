"""Reading Qt resource archives (`.rcc`), as Qt's own resource system lays them out.

Head: `qres`, then version and the offsets of tree, data and names, big-endian. A node of the tree
is a name offset and flags; a folder has the count and place of its children, a file its data.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPRESSED, _FOLDER, _OTHERWISE = 1, 2, 4
_TIMES_SINCE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its path inside, and its content."""

    path: str
    content: bytes


def entries(archive: Path) -> Iterator[Entry]:
    """Give the files of an archive; what is compressed otherwise than by zlib is left out.

    Raises ValueError for a file that is no such archive.
    """
    content = archive.read_bytes()
    if content[:4] != b"qres":
        raise ValueError(f"{archive.name} is no Qt resource archive")
    yield from _Archive(content).below(0, "")


class _Archive:
    def __init__(self, content: bytes) -> None:
        self._content = content
        version, self._tree, self._data, self._names = struct.unpack_from(">IIII", content, 4)
        self._size = 22 if version >= _TIMES_SINCE else 14

    def below(self, node: int, path: str) -> Iterator[Entry]:
        place = self._tree + node * self._size
        _, flags = struct.unpack_from(">IH", self._content, place)
        if flags & _FOLDER:
            count, first = struct.unpack_from(">II", self._content, place + 6)
            for child in range(first, first + count):
                yield from self.below(child, f"{path}/{self._name(child)}".strip("/"))
        elif not flags & _OTHERWISE:
            (offset,) = struct.unpack_from(">I", self._content, place + 10)
            yield Entry(path, self._file(offset, compressed=bool(flags & _COMPRESSED)))

    def _name(self, node: int) -> str:
        (offset,) = struct.unpack_from(">I", self._content, self._tree + node * self._size)
        start = self._names + offset
        (length,) = struct.unpack_from(">H", self._content, start)
        return self._content[start + 6 : start + 6 + 2 * length].decode("utf-16-be")

    def _file(self, offset: int, *, compressed: bool) -> bytes:
        start = self._data + offset
        (size,) = struct.unpack_from(">I", self._content, start)
        found = self._content[start + 4 : start + 4 + size]
        # zlib data stands behind its unpacked size.
        return zlib.decompress(found[4:]) if compressed else found
