"""Describing the columns of a table by its rows, in one pass and within limits."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tools.core.datasets.personal import personal_kind
from tools.core.datasets.schema import LONGEST_NAME, Column, Kind, Schema

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_VALUES = 2000
LONGEST_VALUE = 80
# A stray cell, such as "n/a" among numbers, does not change what a column is.
NEARLY_ALL = 0.95
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(
    r"[+-]?(?:\d+[.,]\d+|\d{1,3}(?:[.,\u00a0 ]\d{3})+(?:[.,]\d+)?|\.\d+)(?:e[+-]?\d+)?"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_DOTTED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_YES_NO = frozenset({"true", "false", "yes", "no", "ja", "nein", "oui", "non", "si", "s\u00ed"})
_LICENCE = re.compile(
    r"licen[cs]e|lizenz|licence|licencia|licenza|licen\u00e7a|licentie", re.IGNORECASE
)


class _Tally:
    """What was met in one column."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = 0
        self.kinds: Counter[Kind] = Counter()
        self.values: dict[str, None] = {}
        self.least: tuple[float | str, str] | None = None
        self.most: tuple[float | str, str] | None = None

    def add(self, cell: str) -> None:
        text = " ".join(cell.split())
        if not text:
            return
        self.filled += 1
        kind = _kind(text)
        self.kinds[kind] += 1
        if len(self.values) < MOST_VALUES:
            self.values.setdefault(text[:LONGEST_VALUE])
        if (order := _order(text, kind)) is not None:
            place = (order, text)
            if self.least is None or _before(place, self.least):
                self.least = place
            if self.most is None or _before(self.most, place):
                self.most = place

    def column(self, rows: int) -> Column:
        kind = self._kind()
        ordered = kind in {Kind.WHOLE, Kind.NUMBER, Kind.DATE}
        return Column(
            self.name,
            kind,
            round(self.filled / rows, 4) if rows else 0.0,
            tuple(self.values),
            self.least[1][:LONGEST_VALUE] if ordered and self.least else "",
            self.most[1][:LONGEST_VALUE] if ordered and self.most else "",
            personal_kind(self.name, list(self.values)),
        )

    def _kind(self) -> Kind:
        if not self.filled:
            return Kind.EMPTY
        enough = NEARLY_ALL * self.filled
        for kind in (Kind.WHOLE, Kind.DATE, Kind.YES_NO):
            if self.kinds[kind] >= enough:
                return kind
        numbers = self.kinds[Kind.WHOLE] + self.kinds[Kind.NUMBER]
        return Kind.NUMBER if numbers >= enough else Kind.TEXT


def profiled(
    columns: Sequence[str], rows: Iterable[Sequence[str]], name: str = "", count: int | None = None
) -> Schema:
    """Describe a table; rows beyond `MOST_ROWS` are only counted, unless `count` says how many."""
    tallies = [_Tally(_named(one, place)) for place, one in enumerate(columns[:MOST_COLUMNS])]
    met = looked_at = 0
    for row in rows:
        met += 1
        if met > MOST_ROWS:
            if count is not None:
                break
            continue
        looked_at = met
        for tally, cell in zip(tallies, row, strict=False):
            tally.add(cell)
    found = tuple(tally.column(looked_at) for tally in tallies)
    return Schema(found, met if count is None else count, looked_at, name, _licence(found))


def _licence(columns: Sequence[Column]) -> str:
    """Give the licence that all rows have, or "" where none is told or they differ."""
    for column in columns:
        if _LICENCE.search(column.name) and len(column.values) == 1 and column.filled == 1:
            return column.values[0]
    return ""


def _named(name: str, place: int) -> str:
    return " ".join(name.split())[:LONGEST_NAME] or f"column {place + 1}"


def _kind(text: str) -> Kind:
    if _WHOLE.fullmatch(text):
        return Kind.WHOLE
    if _NUMBER.fullmatch(text.lower()):
        return Kind.NUMBER
    if _DATE.fullmatch(text) or _DOTTED.fullmatch(text):
        return Kind.DATE
    return Kind.YES_NO if text.casefold() in _YES_NO else Kind.TEXT


def _order(text: str, kind: Kind) -> float | str | None:
    """Give what numbers and dates are ordered by; of dates only those that sort as they read."""
    if kind is Kind.DATE:
        return text if _DATE.fullmatch(text) else None
    if kind not in {Kind.WHOLE, Kind.NUMBER}:
        return None
    plain = text.replace("\u00a0", "").replace(" ", "")
    last = max(plain.rfind("."), plain.rfind(","))
    # The last of several marks parts the fraction, unless it groups thousands.
    if last >= 0 and not _groups(plain, last):
        plain = plain[:last].replace(".", "").replace(",", "") + "." + plain[last + 1 :]
    else:
        plain = plain.replace(".", "").replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return None


def _groups(number: str, last: int) -> bool:
    """Tell whether the last mark of a number groups thousands: 1.204.000 and 1,204 have groups."""
    mark, whole, rest = number[last], number[:last].lstrip("+-"), number[last + 1 :]
    english = mark == "," and len(rest) == 3 and not whole.startswith("0")
    return number.count(mark) > 1 or english


def _before(one: tuple[float | str, str], other: tuple[float | str, str]) -> bool:
    return type(one[0]) is type(other[0]) and one[0] < other[0]  # type: ignore[operator]
