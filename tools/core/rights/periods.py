"""Periods in English sentences: "from Jan until 31 December", "for two years", "in 2027"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"{_NTH}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"{_MONTH}\s+{_NTH}(?:,?\s+{_YEAR})?",
        rf"{_MONTH}(?:\s+(?:of\s+)?{_YEAR})?",
        _YEAR,
    )
)
_ALONE = re.compile(rf"(?<!\w)(?:{_NTH}\s+(?:of\s+)?)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
_LEADS = (
    ("before", r"(?:not\s+)?(?:before|prior to)"),
    ("after", r"after"),
    ("start", r"(?:valid\s+)?(?:from|since|starting|beginning|as of|effective)(?:\s+(?:on|in))?"),
    (
        "end",
        r"(?:until|till|til|to|through|thru|up to|by|–|-|(?:which\s+)?(?:expires?|ends?|ending)"
        r"(?:\s+(?:on|in))?)(?:\s+and including)?",
    ),
    ("during", r"(?:in|during|for|throughout)"),
)
_LEAD = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LEADS)
    + r")\s+(?:the\s+)?(?:(?P<edge>start|beginning|end)\s+of\s+)?(?:the\s+year\s+)?",
    re.IGNORECASE,
)
_NUMBERS = [
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
]
_SPAN = re.compile(
    rf"\bfor\s+(?:a\s+period\s+of\s+)?(?P<count>\d{{1,3}}|a|{'|'.join(_NUMBERS)})\s+"
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Period:
    """When something begins and ends, and which parts of the text said so.

    `before` and `after` are moments named by those words, which permit or forbid by context.
    """

    starts: datetime | None = None
    ends: datetime | None = None
    before: datetime | None = None
    after: datetime | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    year: int | None
    month: int | None
    day: int | None


def read_period(text: str, today: datetime) -> Period:
    """Read when a sentence says something holds.

    An end without a year is the next one from today on, a beginning without one the last before the
    end. A month or a year as an end is included. Days are days in UTC.
    """
    found: dict[str, tuple[_Day, str]] = {}
    spans: list[tuple[int, int]] = []
    for lead in _LEAD.finditer(text):
        role = next(name for name, _ in _LEADS if lead[name])
        match = next((m for pattern in _DATES if (m := pattern.match(text, lead.end()))), None)
        day = _day(match) if match else None
        if match and day and role not in found:
            found[role] = (day, (lead["edge"] or "").lower())
            spans.append((lead.start(), match.end()))
            if (
                role == "end"
                and "start" not in found
                and (bare := _just_before(text, lead.start()))
            ):
                found["start"] = (bare[0], "")
                spans.append(bare[1])
    if not found and (alone := _ALONE.search(text)) and (day := _day(alone)):
        found["during"] = (day, "")
        spans.append(alone.span())
    return _with_length(_period(found, today, tuple(spans)), text, today)


def _just_before(text: str, at: int) -> tuple[_Day, tuple[int, int]] | None:
    """Give the date that ends where "to" begins, as in "1 January to 31 March"."""
    for pattern in _DATES:
        for match in pattern.finditer(text[:at]):
            if not text[match.end() : at].strip() and (day := _day(match)):
                return day, match.span()
    return None


def _period(
    found: dict[str, tuple[_Day, str]], today: datetime, spans: tuple[tuple[int, int], ...]
) -> Period:
    if "during" in found:
        day, _ = found["during"]
        return Period(_first(day, today), _last(day, today), spans=spans)
    ends = _edge(found["end"], today, last=True) if "end" in found else None
    starts = None
    if "start" in found:
        day, edge = found["start"]
        starts = _edge((day, edge), today, last=False)
        if day.year is None and ends is not None:
            starts = _edge((_Day(ends.year, day.month, day.day), edge), today, last=False)
            if starts > ends:
                earlier = _Day(ends.year - 1, day.month, day.day)
                starts = _edge((earlier, edge), today, last=False)
    before = _first(found["before"][0], today) if "before" in found else None
    after = _last(found["after"][0], today) if "after" in found else None
    return Period(starts, ends, before, after, spans)


def _edge(found: tuple[_Day, str], today: datetime, *, last: bool) -> datetime:
    day, edge = found
    at_end = last if not edge else edge == "end"
    return _last(day, today) if at_end else _first(day, today)


def _with_length(period: Period, text: str, today: datetime) -> Period:
    match = _SPAN.search(text)
    if match is None or period.ends is not None:
        return period
    word = match["count"].lower()
    count = int(word) if word.isdigit() else 1 if word == "a" else _NUMBERS.index(word) + 1
    start = period.starts or today.astimezone(UTC).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    unit = match["unit"].lower()
    if unit in {"day", "week"}:
        end = start + timedelta(days=count * (7 if unit == "week" else 1))
    else:
        end = _months_later(start, count * (12 if unit == "year" else 1))
    spans = (*period.spans, match.span())
    return Period(start, end - MOMENT, period.before, period.after, spans)


def _months_later(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = start.day
    while True:
        try:
            return start.replace(year=year, month=month + 1, day=day)
        except ValueError:
            day -= 1


def _day(match: re.Match[str]) -> _Day | None:
    parts = match.groupdict()
    month = parts.get("month")
    number = None
    if month:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year, day = parts.get("year"), parts.get("day")
    found = _Day(int(year) if year else None, number, int(day) if day else None)
    try:
        datetime(found.year or 2028, found.month or 1, found.day or 1, tzinfo=UTC)
    except ValueError:
        return None
    return found


def _first(day: _Day, today: datetime) -> datetime:
    try:
        return datetime(_year(day, today), day.month or 1, day.day or 1, tzinfo=UTC)
    except ValueError:
        return datetime(_year(day, today), day.month or 1, 28, tzinfo=UTC)


def _last(day: _Day, today: datetime) -> datetime:
    first = _first(day, today)
    if day.day:
        return first + timedelta(days=1) - MOMENT
    return _months_later(first, 1 if day.month else 12) - MOMENT


def _year(day: _Day, today: datetime) -> int:
    """Give the year said, or the one in which the day or month is next over."""
    if day.year is not None:
        return day.year
    over = (today.month, today.day) > (day.month or 12, day.day or 31)
    year = today.year + over
    return year if (day.month, day.day) != (2, 29) else year + -year % 4
