"""Hard filters as a value with named parts, for whoever fills in a form instead of a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import ClassVar

from tools.core.assets import AssetState, MediaType, Orientation
from tools.core.colours import NAMES
from tools.core.criteria import (
    Among,
    AnyOf,
    Between,
    Cleared,
    Criterion,
    During,
    Known,
    MadeFrom,
    Not,
    Shows,
    Trait,
)
from tools.core.errors import Fixable
from tools.core.repurposing.languages import language_code
from tools.core.rights.territories import territory_code
from tools.core.rights.uses import Outcome
from tools.core.search.filters.calendar import Day, day_at
from tools.core.search.filters.colouring import FAMILIES, SOME, coloured
from tools.core.search.filters.lexicon import values
from tools.core.search.filters.line import line_of
from tools.core.search.filters.reading import Clause
from tools.core.search.filters.wording import worded
from tools.core.tags import normal_tag


class By(StrEnum):
    """What a filter is about."""

    TYPE = "type"
    ORIENTATION = "orientation"
    STATUS = "status"
    TAG = "tag"
    COLLECTION = "collection"
    AUTHOR = "author"
    LANGUAGE = "language"
    DESCRIPTION = "description"
    ALT_TEXT = "alt_text"
    TEXT = "text"
    COLOUR = "colour"
    PEOPLE = "people"
    BYTES = "bytes"
    WIDTH = "width"
    HEIGHT = "height"
    SECONDS = "seconds"
    PAGES = "pages"
    TAKEN = "taken"
    ADDED = "added"
    RIGHTS = "rights"
    USED = "used"
    PUBLISHED = "published"
    MADE_FROM = "made_from"
    SHOWS = "shows"


# Who reads these from JSON refuses what they do not know: a filter must not be dropped silently.
STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition, or its opposite with `negate`.

    Some of `values` holds, or lies from `min` to `max`, both included; with none of these there
    is any value at all. Dates are ISO 8601, a year, month, day or moment with or without a zone;
    shares of colours run from 0 to 1. The values of rights are an outcome (allowed, where none is
    named), a channel and a territory, and `max` is a date until which they have to hold. Filters
    with the same name in `any` are alternatives, of which one has to hold.
    """

    __pydantic_config__: ClassVar = STRICT

    by: By
    values: tuple[str, ...] = ()
    min: str | float | None = None
    max: str | float | None = None
    negate: bool = False
    any: str | None = None


Filters = tuple[Filter, ...]
"""Filters that all hold, but for alternatives."""

_NAMED = {
    By.TYPE: (Trait.TYPE, MediaType),
    By.ORIENTATION: (Trait.ORIENTATION, Orientation),
    By.STATUS: (Trait.STATUS, AssetState),
}
_TOLD: dict[By, tuple[Trait, Callable[[str], str]]] = {
    By.TAG: (Trait.TAG, normal_tag),
    By.COLLECTION: (Trait.COLLECTION, str.strip),
    By.AUTHOR: (Trait.AUTHOR, str.strip),
    By.LANGUAGE: (Trait.LANGUAGE, language_code),
    By.USED: (Trait.USED, str.lower),
    By.PUBLISHED: (Trait.LIVE, str.lower),
}
_MEASURED = {
    By.PEOPLE: Trait.PEOPLE,
    By.BYTES: Trait.BYTES,
    By.WIDTH: Trait.WIDTH,
    By.HEIGHT: Trait.HEIGHT,
    By.SECONDS: Trait.DURATION,
    By.PAGES: Trait.PAGES,
}
_DATED = {By.TAKEN: Trait.TAKEN, By.ADDED: Trait.ADDED}
_PRESENT = {
    By.DESCRIPTION: Trait.DESCRIPTION,
    By.ALT_TEXT: Trait.ALT_TEXT,
    By.TEXT: Trait.TEXT,
    By.MADE_FROM: Trait.PARENT,
}


def clauses_of(filters: Filters) -> tuple[Clause, ...]:
    """Give filters as clauses, each of which can be taken away.

    Raises Fixable for what does not exist: a date, colour, language, territory or type.
    """
    groups: dict[str, list[Criterion]] = {}
    for place, wanted in enumerate(filters):
        found = _condition(wanted)
        name = f"any {wanted.any}" if wanted.any else str(place)
        groups.setdefault(name, []).append(Not(found) if wanted.negate else found)
    criteria = [_any(parts) for parts in groups.values()]
    return tuple(Clause(worded(criterion), criterion) for criterion in criteria)


def _condition(wanted: Filter) -> Criterion:
    by = wanted.by
    if by in _NAMED or by in _TOLD:
        return _one_of(by, wanted.values)
    if by in _MEASURED:
        return _lies(_MEASURED[by], wanted)
    if by in _DATED:
        return _dated(_DATED[by], wanted)
    if by in _PRESENT and not wanted.values:
        return Known(_PRESENT[by])
    return _asked(by, wanted)


def _asked(by: By, wanted: Filter) -> Criterion:
    match by:
        case By.COLOUR:
            share = _number(wanted.min) or SOME
            return _any([coloured(_colour(name), share) for name in wanted.values])
        case By.RIGHTS:
            return _clearance(wanted)
        case By.MADE_FROM:
            return _any([MadeFrom(name) for name in wanted.values])
        case By.SHOWS:
            return _any([Shows(words) for words in wanted.values])
        case _:
            raise Fixable(f"A filter by {by} takes no values: it is there, or with negate not.")


def _one_of(by: By, values: Sequence[str]) -> Criterion:
    trait = _NAMED[by][0] if by in _NAMED else _TOLD[by][0]
    if not values:
        return Known(trait)
    if by in _TOLD:
        return Among(trait, tuple(_TOLD[by][1](value) for value in values))
    known = [str(one) for one in _NAMED[by][1]]
    plain = tuple(value.strip().lower() for value in values)
    for value in plain:
        if value not in known:
            raise Fixable(f"No {by} '{value[:40]}'. Known: {', '.join(known)}.")
    return Among(trait, plain)


def _any(parts: Sequence[Criterion]) -> Criterion:
    if not parts:
        raise Fixable("A filter by colour, made_from or shows needs values.")
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _lies(trait: Trait, wanted: Filter) -> Criterion:
    exact = [_number(value) for value in wanted.values]
    if exact:
        return _any([Between(trait, number, number) for number in exact])
    low, high = _number(wanted.min), _number(wanted.max)
    return Known(trait) if low is None and high is None else Between(trait, low, high)


def _dated(trait: Trait, wanted: Filter) -> Criterion:
    if wanted.values:
        days = [_day(value) for value in wanted.values]
        return _any([During(trait, day.first, day.next) for day in days])
    if wanted.min is None and wanted.max is None:
        return Known(trait)
    since = _day(str(wanted.min)).first if wanted.min is not None else None
    before = _day(str(wanted.max)).next if wanted.max is not None else None
    return During(trait, since, before)


def _clearance(wanted: Filter) -> Cleared:
    found = Cleared()
    for value in wanted.values:
        plain = value.strip().lower()
        if plain in list(Outcome):
            found = replace(found, outcomes=(Outcome(plain),))
        elif plain in values("channels"):
            found = replace(found, channel=plain)
        else:
            found = replace(found, territory=territory_code(value))
    if wanted.max is None:
        return found
    until = _day(str(wanted.max)).next
    return replace(found, until=until if until.tzinfo else until.replace(tzinfo=UTC))


def _number(said: str | float | None) -> float | None:
    if said is None:
        return None
    try:
        return float(said)
    except ValueError as error:
        raise Fixable(f"'{str(said)[:40]}' is no number.") from error


def _day(text: str) -> Day:
    line = line_of(text.removesuffix(".0"))
    day = day_at(line.folded, 0)
    if day is None or day.year is None or day.end < len(line.folded):
        raise Fixable(f"'{line.written[:40]}' is no date: write it like 2024, 2024-05-31.")
    return day


def _colour(name: str) -> str:
    plain = name.strip().lower().replace("gray", "grey")
    if plain not in FAMILIES and plain not in NAMES:
        raise Fixable(f"No colour '{name[:40]}'. Known: {', '.join(NAMES)}.")
    return plain
