"""Values of a Parquet page as texts: plain and dictionary encodings, dates and decimals."""

import struct
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tools.adapters.documents.parquet.thrift import BROKEN, Struct
from tools.core.datasets.schema import Kind
from tools.core.errors import Fixable

BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED = range(8)
_WIDE = {INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8}
_KINDS = {
    BOOLEAN: Kind.YES_NO,
    INT32: Kind.WHOLE,
    INT64: Kind.WHOLE,
    INT96: Kind.DATE,
    FLOAT: Kind.NUMBER,
    DOUBLE: Kind.NUMBER,
}
_FORMS = {INT32: "<i", INT64: "<q", FLOAT: "<f", DOUBLE: "<d"}
# Numbers of SchemaElement, ConvertedType and LogicalType in parquet.thrift.
_TYPE, _LENGTH, _CONVERTED, _SCALE, _LOGICAL = 1, 2, 6, 7, 10
_DECIMAL, _DATE, _MILLIS, _MICROS = 5, 6, 9, 10
_LOGICAL_DECIMAL, _LOGICAL_DATE, _LOGICAL_TIMESTAMP = 5, 6, 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Write = Callable[[object], str]


def kind_of(element: Struct) -> Kind:
    """Tell what a column is by its declared type."""
    logical, converted = element.get(_LOGICAL, {}), element.get(_CONVERTED)
    if converted == _DATE or _LOGICAL_DATE in logical or _unit(element) is not None:
        return Kind.DATE
    if converted == _DECIMAL or _LOGICAL_DECIMAL in logical:
        return Kind.NUMBER
    return _KINDS.get(element.get(_TYPE, BYTES), Kind.TEXT)


def plain(content: bytes, count: int, element: Struct) -> list[str]:
    """Read plainly encoded values as texts."""
    kind, write = element.get(_TYPE), writer(element)
    if kind == BOOLEAN:
        return [
            write(bool(content[n // 8] >> n % 8 & 1)) for n in range(min(count, len(content) * 8))
        ]
    if kind == BYTES:
        return [write(value) for value in _byte_arrays(content, count)]
    wide = _WIDE.get(-1 if kind is None else kind) or int(element.get(_LENGTH, 0))
    if not wide:
        raise Fixable(BROKEN)
    pieces = [content[n * wide : n * wide + wide] for n in range(min(count, len(content) // wide))]
    form = _FORMS.get(-1 if kind is None else kind)
    return [write(struct.unpack(form, piece)[0] if form else piece) for piece in pieces]


def hybrid(content: bytes, width: int, count: int) -> list[int]:
    """Read run lengths and bit-packed groups (Parquet's RLE hybrid)."""
    found: list[int] = []
    position, wide = 0, (width + 7) // 8
    while position < len(content) and len(found) < count:
        head = shift = 0
        while position < len(content):
            byte = content[position]
            position += 1
            head |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if head & 1:
            groups = min((head >> 1) * 8, count - len(found))
            needed = content[position : position + (groups * width + 7) // 8]
            packed = int.from_bytes(needed, "little")
            position += (head >> 1) * width
            found += [packed >> (n * width) & ((1 << width) - 1) for n in range(groups)]
        else:
            value = int.from_bytes(content[position : position + wide], "little")
            position += wide
            found += [value] * min(head >> 1, count - len(found))
    return found


def writer(element: Struct) -> Write:
    """Give what writes values of a column as texts."""
    logical, converted = element.get(_LOGICAL, {}), element.get(_CONVERTED)
    if converted == _DATE or _LOGICAL_DATE in logical:
        return _day
    unit = _unit(element)
    if unit:
        return lambda value: _moment(value, unit)
    if converted == _DECIMAL or _LOGICAL_DECIMAL in logical:
        scale = int(element.get(_SCALE) or logical.get(_LOGICAL_DECIMAL, {}).get(1, 0))
        return lambda value: _decimal(value, scale)
    return _text


def _unit(element: Struct) -> int | None:
    """Give how many parts of a second a moment is counted in, or None for what is no moment."""
    stamped = element.get(_LOGICAL, {}).get(_LOGICAL_TIMESTAMP)
    if stamped is not None:
        unit = next(iter(stamped.get(2, {}) or {2: {}}))
        return {1: 1_000, 2: 1_000_000, 3: 1_000_000_000}.get(unit)
    return {_MILLIS: 1_000, _MICROS: 1_000_000}.get(element.get(_CONVERTED, -1))


def _byte_arrays(content: bytes, count: int) -> Iterator[bytes]:
    position = 0
    for _ in range(count):
        if position + 4 > len(content):
            return
        (length,) = struct.unpack_from("<I", content, position)
        yield content[position + 4 : position + 4 + length]
        position += 4 + length


def _day(value: object) -> str:
    try:
        return (date(1970, 1, 1) + timedelta(days=int(str(value)))).isoformat()
    except (ValueError, OverflowError):
        return ""


def _moment(value: object, unit: int) -> str:
    try:
        moment = _EPOCH + timedelta(microseconds=int(str(value)) * 1_000_000 // unit)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _decimal(value: object, scale: int) -> str:
    whole = (
        int.from_bytes(value, "big", signed=True) if isinstance(value, bytes) else int(str(value))
    )
    return str(Decimal(whole).scaleb(-min(max(scale, 0), 40)))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def spread(values: Sequence[str], levels: Sequence[int], highest: int) -> list[str]:
    """Put empty texts where the definition levels say that there is nothing."""
    given = iter(values)
    return [next(given, "") if level == highest else "" for level in levels]
