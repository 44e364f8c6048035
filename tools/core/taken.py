"""When something was taken: the clock at that place, how exactly it is known, and its zone."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_WRITTEN = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Taken:
    """First and last second of the stretch in which it was taken, by the clock of the place.

    Both are seconds since 1970 as if that clock showed UTC; `offset` is its lead over UTC in
    seconds, or None where the zone is not known.
    """

    first: int
    last: int
    offset: int | None = None


def read_taken(text: str) -> Taken | None:
    """Read a year, month, day or moment of ISO 8601; None for what is no date."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    *parts, zone = match.groups()
    numbers = [int(part) for part in parts if part is not None]
    try:
        first = wall(datetime(*_whole(numbers)))  # noqa: DTZ001  (a clock without a zone)
    except (ValueError, OverflowError):
        return None
    return Taken(first, first + _length(numbers) - 1, _offset(zone))


def wall(moment: datetime) -> int:
    """Give what a clock shows as seconds since 1970, whatever its zone."""
    return int((moment.replace(tzinfo=UTC) - _START).total_seconds())


def _whole(numbers: list[int]) -> tuple[int, int, int, int, int, int]:
    year, month, day, hour, minute, second = [*numbers, *(1, 1, 1, 0, 0, 0)[len(numbers) :]]
    return year, month, day, hour, minute, second


def _length(numbers: list[int]) -> int:
    if len(numbers) == 1:
        return int(timedelta(days=365 + calendar.isleap(numbers[0])).total_seconds())
    if len(numbers) == 2:
        return calendar.monthrange(numbers[0], numbers[1])[1] * 86_400
    return {3: 86_400, 5: 60}.get(len(numbers), 1)


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return (hours * 60 + minutes) * 60 * (-1 if zone[0] == "-" else 1)
