"""Conditions on dates: "taken in May 2024", "added since Monday", "in the last 30 days"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from tools.core.assets import MediaType
from tools.core.criteria import AllOf, Among, AnyOf, Criterion, During, Trait
from tools.core.search.filters.calendar import Day, day_at, later
from tools.core.search.filters.lexicon import at, pattern, source, spans, values, whole
from tools.core.search.filters.piece import Piece
from tools.core.search.query import Vocabulary

DATELESS = frozenset({MediaType.DOCUMENT, MediaType.DATASET, MediaType.AUDIO})
_BEGINS = re.compile(r"(?<![a-z0-9])[a-z0-9]|\d")
_FROM = frozenset({"から", "〜", "~"})
_ONWARDS = re.compile(r"\s+(?:on|onwards?|forward|and later)(?![a-z])")


def dates(text: str, now: datetime, vocabulary: Vocabulary) -> list[Piece]:
    """Find conditions on dates in a folded text; Fixable for a date that does not exist."""
    usual = _usual(text, vocabulary)
    found: list[Piece] = []
    for piece in (*_stretches(text, now), *_points(text, now, vocabulary)):
        if not any(piece.spans(other) for other in found):
            found.append(piece)
    told: list[Piece] = []
    for piece in sorted(found, key=lambda one: one.start):
        last = told[-1] if told else None
        joined = last and pattern("join", "or").fullmatch(text[last.end : piece.start].strip())
        trait = last.trait if last and joined else None
        told.append(_told(piece, text, usual, trait))
    return told


def _usual(text: str, vocabulary: Vocabulary) -> Criterion | None:
    """Say what a date is of, where no verb says it: None for the date taken."""
    kinds = {k for word, k in vocabulary.types.items() if whole(re.escape(word)).search(text)}
    if kinds & {MediaType.IMAGE, MediaType.VIDEO}:
        return None
    return Among(Trait.TYPE, tuple(sorted(kinds & DATELESS) or tuple(sorted(DATELESS))))


def _told(piece: Piece, text: str, usual: Criterion | None, same: Trait | None) -> Piece:
    """Find the verb beside a date, which says whether it was taken or added then."""
    during = piece.criterion
    assert isinstance(during, During)
    for trait in (Trait.TAKEN, Trait.ADDED):
        verb = source("deed", trait.value)
        before = re.search(rf"(?<![a-z0-9]){verb}\s*$", text[: piece.start])
        after = re.compile(rf"\s*{verb}(?![a-z0-9])").match(text, piece.end)
        if before or after:
            start = before.start() if before else piece.start
            end = after.end() if after else piece.end
            told = replace(during, trait=trait)
            return replace(piece, start=start, end=end, criterion=told, trait=trait)
    if same:
        return replace(piece, criterion=replace(during, trait=same), trait=same)
    if usual is None:
        return piece
    # What has no date taken has at least the date when it came.
    added = AllOf((usual, replace(during, trait=Trait.ADDED)))
    return replace(piece, criterion=AnyOf((during, added)), trait=None)


def _stretches(text: str, now: datetime) -> Iterator[Piece]:
    """Find stretches that end now: "last week", "in the last 30 days"."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for span in spans("recent", text):
        since, before = _recent(span.value, today)
        role, start = _role(text, span.start)
        bounds = {"since": (since, None), "after": (before, None), "before": (None, since)}
        yield _piece(start, span.end, *bounds.get(role or "in", (since, before)))
    for match in _lately().finditer(text):
        unit = next(u for u in values("spans") if pattern("spans", u).fullmatch(match["unit"]))
        yield _piece(*match.span(), _ago(today, int(match["count"]), unit), None)
    for match in _aged().finditer(text):
        unit = next(u for u in values("spans") if pattern("spans", u).fullmatch(match["unit"]))
        since = _ago(today, int(match["count"]), unit)
        older = match["role"] is not None
        yield _piece(*match.span(), None if older else since, since if older else None)


@lru_cache(maxsize=1)
def _lately() -> re.Pattern[str]:
    before, middle = source("lately", "before"), source("lately", "middle")
    count, unit = r"(?P<count>\d{1,3})", f"(?P<unit>{source('spans')})"
    return whole(rf"{before}\s*{count}\s*(?:{middle}\s+)?{unit}")


@lru_cache(maxsize=1)
def _aged() -> re.Pattern[str]:
    old, new = source("aged", "older"), source("aged", "newer")
    unit = source("spans")
    return whole(rf"(?:(?P<role>{old})|{new})\s+(?P<count>\d{{1,3}})\s*(?P<unit>{unit})")


def _recent(name: str, today: datetime) -> tuple[datetime, datetime]:
    week = today - timedelta(days=today.weekday())
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    return {
        "today": (today, today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today),
        "this_week": (week, week + timedelta(days=7)),
        "last_week": (week - timedelta(days=7), week),
        "this_month": (month, later(month, 1)),
        "last_month": (later(month, -1), month),
        "this_year": (year, later(year, 12)),
        "last_year": (later(year, -12), year),
    }[name]


def _ago(today: datetime, count: int, unit: str) -> datetime:
    if unit in {"days", "weeks"}:
        return today - timedelta(days=count * (7 if unit == "weeks" else 1))
    return later(today, -count * (12 if unit == "years" else 1))


def _piece(start: int, end: int, since: datetime | None, before: datetime | None) -> Piece:
    # What is said without a zone is meant by the clock of the place.
    bare = [moment and moment.replace(tzinfo=None) for moment in (since, before)]
    return Piece(start, end, During(Trait.TAKEN, *bare), Trait.TAKEN)


def _points(text: str, now: datetime, vocabulary: Vocabulary) -> Iterator[Piece]:
    """Find dates with a word before or after that makes them a condition."""
    position = 0
    while match := _BEGINS.search(text, position):
        position = match.end()
        day = day_at(text, match.start())
        if day is None:
            continue
        found = _ranged(text, match.start(), day, now) or _led(text, match.start(), day, now)
        if found is None and day.year and _beside_type(text, match.start(), day.end, vocabulary):
            found = _during(match.start(), day.end, "in", _dated(day, now))
        if found:
            yield found
        position = max(position, day.end, found.end if found else 0)


def _led(text: str, start: int, day: Day, now: datetime) -> Piece | None:
    """Read a date by the word before it, or after it as Japanese has it."""
    role, begin = _role(text, start)
    end = day.end
    after = at("after_date", text, end)
    if after and (role is None or after.value != "in"):
        role, end = after.value, after.end
    if role in {"of", "in"} and (onwards := _ONWARDS.match(text, end)):
        role, end = "since", onwards.end()
    if role is None and _verb_beside(text, start, end):
        role = "in"
    if role is None or role == "between" or (role == "of" and day.year is None):
        return None
    if text[begin:start].strip() == "on" and not day.day:
        return None
    return _during(begin, end, role, _dated(day, now))


def _verb_beside(text: str, start: int, end: int) -> bool:
    verb = source("deed")
    after = re.compile(rf"\s*{verb}(?![a-z0-9])").match(text, end)
    return bool(after or re.search(rf"(?<![a-z0-9]){verb}\s*$", text[:start]))


def _ranged(text: str, start: int, day: Day, now: datetime) -> Piece | None:
    """Read "between A and B" and "from A to B"."""
    role, begin = _role(text, start)
    link = re.compile(rf"\s*{source('between_dates')}\s*").match(text, day.end)
    if link is None or (role is None and link[0].strip() not in _FROM):
        return None
    if role not in {None, "between", "of", "in", "since"}:
        return None
    until = day_at(text, link.end())
    if until is None:
        return None
    last = _dated(until, now)
    first = _dated(replace(day, year=day.year or last.year, zone=day.zone or last.zone), now)
    end = until.end
    if closed := pattern("after_date", "until").match(text, end):
        end = closed.end()
    return Piece(begin, end, During(Trait.TAKEN, first.first, last.next), Trait.TAKEN)


def _role(text: str, start: int) -> tuple[str | None, int]:
    """Give the role of the word before a date, and where it begins."""
    year = rf"(?:{source('year_word')}\s+)?"
    best: tuple[str | None, int] = (None, start)
    for role in values("before_date"):
        lead = re.search(
            rf"(?<![a-z0-9]){source('before_date', role)}(?:\s+|(?<=')){year}$", text[:start]
        )
        if lead and lead.start() < best[1]:
            best = (role, lead.start())
    return best


def _beside_type(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    shown = "|".join(
        re.escape(word)
        for word, kind in vocabulary.types.items()
        if kind in {MediaType.IMAGE, MediaType.VIDEO}
    )
    before = re.search(rf"(?<![a-z0-9])(?:{shown})\s+$", text[:start])
    after = re.compile(rf"\s*の?(?:{shown})(?![a-z0-9])").match(text, end)
    return bool(before or after)


def _dated(day: Day, now: datetime) -> Day:
    """Give a date its year: the last one in which it has begun."""
    if day.year is not None:
        return day
    begun = (day.month or 1, day.day or 1) <= (now.month, now.day)
    year = now.year if begun else now.year - 1
    while day.month == 2 and day.day == 29 and (year % 4 or (year % 100 == 0 and year % 400)):
        year -= 1
    return replace(day, year=year)


def _during(start: int, end: int, role: str, day: Day) -> Piece:
    since, before = {
        "since": (day.first, None),
        "after": (day.next, None),
        "before": (None, day.first),
        "until": (None, day.next),
    }.get(role, (day.first, day.next))
    return Piece(start, end, During(Trait.TAKEN, since, before), Trait.TAKEN)
