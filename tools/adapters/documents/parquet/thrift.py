"""Reading Thrift's compact protocol, in which Parquet writes what it says of itself."""

import struct
from typing import Any

from tools.core.errors import Fixable

BROKEN = "The Parquet file is damaged or cut off. Write it again, then add it once more."
_DEEPEST = 24
_MOST = 2_000_000
Struct = dict[int, Any]


class Compact:
    """Reads structs as dicts by field number; binary stays bytes."""

    def __init__(self, content: bytes, position: int = 0) -> None:
        self._content = content
        self._met = 0
        self.position = position

    def struct(self, depth: int = 0) -> Struct:
        """Read a struct.

        Raises Fixable for what is no compact Thrift, is cut off or is nested too deeply.
        """
        if depth > _DEEPEST:
            raise Fixable(BROKEN)
        found: Struct = {}
        field = 0
        while True:
            head = self._byte()
            if not head:
                return found
            field = field + (head >> 4) if head >> 4 else self._signed()
            kind = head & 15
            found[field] = kind == 1 if kind in {1, 2} else self._value(kind, depth + 1)

    def _value(self, kind: int, depth: int) -> Any:
        self._met += 1
        if self._met > _MOST:
            raise Fixable(BROKEN)
        if kind in {1, 2, 3}:
            byte = self._byte()
            return byte if kind == 3 else byte == 1
        if kind in {4, 5, 6}:
            return self._signed()
        if kind == 7:
            return struct.unpack("<d", self._take(8))[0]
        if kind == 8:
            return self._take(self._varint())
        return self._nested(kind, depth)

    def _nested(self, kind: int, depth: int) -> Any:
        match kind:
            case 9 | 10:
                return self._list(depth)
            case 11:
                return self._map(depth)
            case 12:
                return self.struct(depth)
            case _:
                raise Fixable(BROKEN)

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 != 15 else self._varint()
        if count > len(self._content) or depth > _DEEPEST:
            raise Fixable(BROKEN)
        return [self._value(head & 15, depth + 1) for _ in range(count)]

    def _map(self, depth: int) -> list[tuple[Any, Any]]:
        count = self._varint()
        if not count:
            return []
        kinds = self._byte()
        if count > len(self._content) or depth > _DEEPEST:
            raise Fixable(BROKEN)
        return [
            (self._value(kinds >> 4, depth + 1), self._value(kinds & 15, depth + 1))
            for _ in range(count)
        ]

    def _byte(self) -> int:
        return self._take(1)[0]

    def _take(self, count: int) -> bytes:
        taken = self._content[self.position : self.position + count]
        if len(taken) < count:
            raise Fixable(BROKEN)
        self.position += count
        return taken

    def _varint(self) -> int:
        number = 0
        for place in range(10):
            byte = self._byte()
            number |= (byte & 127) << (7 * place)
            if byte < 128:
                return number
        raise Fixable(BROKEN)

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
