"""Dates as people write them in eight languages: a day, month or year, perhaps with its zone."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from tools.core.errors import Fixable
from tools.core.search.filters.lexicon import pattern, source, values

_OF = r"(?:of |de |del |d')?"
_NAMED_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2, "est": -5, "edt": -4, "pst": -8,
                "pdt": -7, "jst": 9, "brt": -3}  # fmt: skip
_ZONE = re.compile(
    rf"\s?(?P<name>{'|'.join(sorted(_NAMED_ZONES, key=len, reverse=True))})?"
    r"(?:\s?(?P<hours>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?)?(?![a-z0-9])"
)
# Shortened months that are words of their own: sea, seven, out, ten.
_SHORTEST_ALONE = 4
_SHORT_MONTHS = frozenset({"may", "mai", "mei"})


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it was said, with where it ends in the text."""

    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: tuple[int, int] | None = None
    zone: tzinfo | None = None

    @property
    def first(self) -> datetime:
        """Give its first moment; the year must be known."""
        hour, minute = self.time or (0, 0)
        assert self.year is not None
        return datetime(self.year, self.month or 1, self.day or 1, hour, minute, tzinfo=self.zone)

    @property
    def next(self) -> datetime:
        """Give the first moment after it."""
        if self.time:
            return self.first + timedelta(minutes=1)
        if self.day:
            return self.first + timedelta(days=1)
        return later(self.first, 1 if self.month else 12)


def later(moment: datetime, months: int) -> datetime:
    """Give the same time so many months later, or before; short months end earlier."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise Fixable("That date is out of reach.")
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def day_at(text: str, position: int) -> Day | None:
    """Read the date that begins at a position of a folded text.

    Raises Fixable for one that does not exist, such as 31 February.
    """
    for form in _forms():
        match = form.match(text, position)
        if match is None:
            continue
        parts = match.groupdict()
        month = _month(parts.get("month"))
        if month and not parts.get("year") and not parts.get("day") and not _alone(parts):
            return None
        day = Day(
            match.end(),
            int(parts["year"]) if parts.get("year") else None,
            month,
            int(parts["day"]) if parts.get("day") else None,
            _time(parts),
        )
        _check(day, match[0])
        return _zoned(day, text)
    return None


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    month = f"(?P<month>{source('months')})"
    year, day = r"(?P<year>(?:19|20)\d\d)", r"(?P<day>\d{1,2})"
    nth = rf"{day}(?:st|nd|rd|th|er|\.)?"
    numbered = r"(?P<month>\d{1,2})"
    clock = r"(?:(?:t| at | )(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?)?"
    end = r"(?![a-z0-9])"
    return tuple(
        re.compile(rf"(?<![a-z0-9.,-]){form}")
        for form in (
            rf"{year}-{numbered}-{day}{clock}(?![0-9])",
            rf"{year}-{numbered}(?![0-9-])",
            rf"{year}/{numbered}/{day}(?![0-9])",
            rf"{year}年{numbered}月{day}日",
            rf"{year}年{numbered}月",
            rf"{year}年",
            rf"{numbered}月{day}日",
            rf"{numbered}月(?!{source('spans', 'months')[3:-1]})",
            rf"{day}\.\s?{numbered}\.\s?{year}{end}",
            rf"{day}/{numbered}/{year}{end}",
            rf"{nth}\s+{_OF}{month}\.?,?\s+{_OF}{year}{end}",
            rf"{month}\.?\s+{nth},?\s+{year}{end}",
            rf"{nth}\s+{_OF}{month}{end}",
            rf"{month}\.?,?\s+{_OF}{year}{end}",
            rf"{month}\.?\s+{nth}{end}",
            rf"{month}{end}",
            rf"{year}(?![0-9a-z]|[.,]\d|:\d)",
        )
    )


def _month(said: str | None) -> int | None:
    if not said:
        return None
    if said.isdigit():
        return int(said)
    return next(int(n) for n in values("months") if pattern("months", n).fullmatch(said))


def _alone(parts: dict[str, str | None]) -> bool:
    said = parts["month"] or ""
    return said.isdigit() or len(said) >= _SHORTEST_ALONE or said in _SHORT_MONTHS


def _time(parts: dict[str, str | None]) -> tuple[int, int] | None:
    hour, minute = parts.get("hour"), parts.get("minute")
    return (int(hour), int(minute)) if hour and minute else None


def _check(day: Day, said: str) -> None:
    hour, minute = day.time or (0, 0)
    try:
        # A leap year stands for a year that is not said.
        datetime(day.year or 2028, day.month or 1, day.day or 1, hour, minute)  # noqa: DTZ001
    except ValueError:
        raise Fixable(f"There is no date '{said.strip()}': check day and month.") from None


def _zoned(day: Day, text: str) -> Day:
    match = _ZONE.match(text, day.end)
    if match is None or not (match["name"] or (match["hours"] and day.time)):
        return day
    hours = _NAMED_ZONES[match["name"]] if match["name"] else 0
    more, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    lead = timedelta(hours=hours + more, minutes=minutes if more >= 0 else -minutes)
    if abs(lead) >= timedelta(hours=15):
        raise Fixable(f"There is no time zone '{match[0].strip()}'.")
    return Day(match.end(), day.year, day.month, day.day, day.time, timezone(lead))
