"""Conditions on rights and use: "cleared for Instagram in Brazil until March", "never used"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from tools.core.criteria import Among, Cleared, Known, Not, Trait
from tools.core.errors import Fixable
from tools.core.rights.territories import mentions, territory_code
from tools.core.rights.uses import Outcome
from tools.core.search.filters.calendar import Day, day_at
from tools.core.search.filters.lexicon import at, source, spans
from tools.core.search.filters.line import Line
from tools.core.search.filters.piece import Piece, before_noun

# These describe things as well: approved suppliers, usable space.
_SOFT = re.compile("approved|licen[cs]ed|allowed|permitted|usable|free to use")
_RUN = re.compile(r"[\u30a0-\u30ff]+|[\u4e00-\u9fff]{2,}")
_NOT_ALLOWED = (Outcome.DENIED, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Place:
    """A channel, a territory or an end that belongs to a condition, and where it stands."""

    start: int
    end: int
    channel: str | None = None
    territory: str | None = None
    until: datetime | None = None


def rights(line: Line, now: datetime) -> list[Piece]:
    """Find conditions on what the rights say; Fixable for a date that does not exist."""
    found: list[Piece] = []
    for outcomes, table in (
        ((Outcome.UNKNOWN,), "unknown"),
        (_NOT_ALLOWED, "denied"),
        ((Outcome.ALLOWED,), "cleared"),
    ):
        for match in _verb("rights", table).finditer(line.folded):
            bare = Piece(*match.span(), Cleared(outcomes))
            piece = _placed(bare, line, now)
            soft = _SOFT.fullmatch(match[0]) and piece == bare
            if soft and before_noun(line.folded, match.end()):
                continue
            if not any(piece.spans(other) for other in found):
                found.append(piece)
    return found


def use(line: Line) -> list[Piece]:
    """Find conditions on whether and where something was used."""
    text = line.folded
    found = [
        replace(piece, criterion=Not(piece.criterion))
        for trait, value in ((Trait.USED, "unused"), (Trait.LIVE, "unpublished"))
        for piece in _published(trait, value, text)
    ]
    found += _published(Trait.LIVE, "published", text)
    used = re.compile(rf"(?<![a-z0-9])(?:{_USED})(?![a-z0-9])")
    for match in used.finditer(text):
        place = _channel(text, match.end())
        if place and place.channel:
            criterion = Among(Trait.USED, (place.channel,))
            found.append(Piece(match.start(), place.end, criterion, Trait.USED))
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda one: (one.start, -one.end)):
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept


_USED = (
    "used|benutzt(?:e[nrms]?)?|verwendet(?:e[nrms]?)?|utilisee?s?|usad[oa]s?|utilizad[oa]s?"
    "|usat[aeio]|utilizzat[aeio]|gebruikte?"
)


def _published(trait: Trait, value: str, text: str) -> Iterator[Piece]:
    """Find a word for being used, with the channel that follows it."""
    for span in spans("said", text):
        if span.value == value:
            place = _channel(text, span.end)
            if value == "published" and place is None and before_noun(text, span.end):
                continue
            there = Among(trait, (place.channel,)) if place and place.channel else Known(trait)
            yield Piece(span.start, place.end if place else span.end, there, trait)


@lru_cache(maxsize=8)
def _verb(table: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){source(table, value)}(?![a-z0-9])")


def _placed(piece: Piece, line: Line, now: datetime) -> Piece:
    """Add the channel, territory and end that follow, or in Japanese stand before."""
    cleared = piece.criterion
    assert isinstance(cleared, Cleared)
    while place := _following(line, piece.end, now):
        cleared = _with(cleared, place)
        piece = replace(piece, end=place.end)
    while place := _preceding(line, piece.start, now) or _leading(line, piece.start, now):
        cleared = _with(cleared, place)
        piece = replace(piece, start=place.start)
    return replace(piece, criterion=cleared)


def _with(cleared: Cleared, place: _Place) -> Cleared:
    return replace(
        cleared,
        channel=cleared.channel or place.channel,
        territory=cleared.territory or place.territory,
        until=cleared.until or place.until,
    )


def _following(line: Line, position: int, now: datetime) -> _Place | None:
    text = line.folded
    until = re.compile(rf"\s*{source('before_date', 'until')}\s+").match(text, position)
    if until and (day := day_at(text, until.end())):
        return _Place(position, day.end, until=_end(day, now))
    return _channel(text, position) or _territory(line, position)


def _channel(text: str, position: int) -> _Place | None:
    link = _link().match(text, position)
    channel = at("channels", text, link.end()) if link else None
    if channel:
        return _Place(position, channel.end, channel=channel.value)
    anywhere = at("anywhere", text, link.end()) if link else None
    return _Place(position, anywhere.end) if anywhere else None


def _territory(line: Line, position: int) -> _Place | None:
    link = _link().match(line.folded, position)
    if link is None:
        return None
    origin = line.origin[link.end()]
    found = next((m for m in mentions(line.written[origin:]) if m.start == 0), None)
    if found is None:
        return None
    end = next(i for i, place in enumerate(line.origin) if place >= origin + found.end)
    return _Place(position, end, territory=found.code)


def _preceding(line: Line, position: int, now: datetime) -> _Place | None:
    """Read what stands before in Japanese: ブラジルのインスタで3月まで使用可能."""
    text = line.folded[:position]
    particle = re.search(r"(?:まで|での?|に|の|用に?|向け)$", text)
    if particle is None:
        return None
    for start in range(max(0, particle.start() - 12), particle.start()):
        day = day_at(text, start) if particle[0] == "まで" else None
        if day and day.end == particle.start():
            return _Place(start, position, until=_end(day, now))
        channel = at("channels", text, start)
        if channel and channel.end == particle.start():
            return _Place(start, position, channel=channel.value)
    runs = [run for run in _RUN.finditer(text[: particle.start()]) if run.end() == particle.start()]
    code = _code(runs[-1][0]) if runs else None
    return _Place(runs[-1].start(), position, territory=code) if code else None


def _leading(line: Line, position: int, now: datetime) -> _Place | None:
    """Read what stands before as in German: für Instagram in Brasilien freigegeben."""
    text = line.folded
    end = len(text[:position].rstrip())
    starts = [match.start() for match in re.finditer(r"(?<![a-z0-9])[a-z]", text[:end])]
    for start in starts[-4:]:
        place = _following(line, start, now)
        if place and place.end == end:
            return place
    return None


def _code(name: str) -> str | None:
    try:
        return territory_code(name)
    except Fixable:
        return None


def _end(day: Day, now: datetime) -> datetime:
    """Give the end of a date to come: of the next one where no year is said."""
    if day.year is None:
        over = (day.month or 12, day.day or 31) < (now.month, now.day)
        day = replace(day, year=now.year + over)
    last = day.next
    return last if last.tzinfo else last.replace(tzinfo=UTC)


@lru_cache(maxsize=1)
def _link() -> re.Pattern[str]:
    link, article = source("use", "link"), source("use", "article")
    return re.compile(rf"\s*(?:{link}(?:\s+|(?<=[^\sa-z])))?(?:{article}\s+)?")
