"""Conditions in a few words for a person, each of which can be taken away by its words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tools.core.criteria import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Cleared,
    Coloured,
    Criterion,
    During,
    Keyed,
    Known,
    Leaf,
    MadeFrom,
    Not,
    Shows,
    Trait,
)
from tools.core.rights.territories import name_of
from tools.core.rights.uses import Outcome
from tools.core.search.filters.calendar import later

MOSTLY = 0.4
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_PRESENT = {
    Trait.TAG: ("with tags", "no tags"),
    Trait.COLLECTION: ("in a collection", "in no collection"),
    Trait.AUTHOR: ("with a known author", "no author"),
    Trait.LANGUAGE: ("with a known language", "no known language"),
    Trait.PARENT: ("renditions", "originals"),
    Trait.USED: ("used before", "never used"),
    Trait.LIVE: ("published", "not published"),
    Trait.TITLE: ("with a title", "no title"),
    Trait.DESCRIPTION: ("with a description", "no description"),
    Trait.ALT_TEXT: ("with alt text", "no alt text"),
    Trait.TEXT: ("with text in it", "no text in it"),
    Trait.RATING: ("rated", "not rated"),
    Trait.MARK: ("with a colour label", "no colour label"),
    Trait.SPACE: ("with free space", "no free space"),
    Trait.SENSITIVE: ("with sensitive content", "no sensitive content"),
    Trait.TAKEN: ("with a date taken", "no date taken"),
}
_RIGHTS: dict[tuple[Outcome, ...], str] = {
    (Outcome.ALLOWED,): "cleared",
    (Outcome.DENIED,): "rights denied",
    (Outcome.UNKNOWN,): "rights unknown",
}


def worded(criterion: Criterion) -> str:
    """Give a condition in words, such as "type: image", "no people" or "taken 2024"."""
    match criterion:
        case AnyOf((During(_, since, before), AllOf((_, During(Trait.ADDED))))):
            return f"dated {_period(since, before)}"
        case AnyOf(parts):
            return _joined(parts, "or")
        case AllOf(parts):
            return _joined(parts, "and")
        case Not(part):
            return _denied(part)
        case _:
            return _leaf(criterion)


def _denied(part: Criterion) -> str:
    match part:
        case Known(trait) if trait in _PRESENT:
            return _PRESENT[trait][1]
        case Shows(words):
            return f"without {words}"
        case AnyOf(parts):
            return " and ".join(_denied(one) for one in parts)
        case _:
            return f"not {worded(part)}"


def _joined(parts: Sequence[Criterion], word: str) -> str:
    """Join conditions; what they have in common before the colon is said once."""
    said = list(dict.fromkeys(worded(part) for part in parts))
    heads = {one.partition(": ")[0] for one in said}
    if len(heads) == 1 and all(": " in one for one in said):
        return f"{heads.pop()}: {f' {word} '.join(one.partition(': ')[2] for one in said)}"
    return f" {word} ".join(said)


def _leaf(leaf: Leaf) -> str:  # noqa: C901, PLR0911  (one for each condition)
    match leaf:
        case Among(Trait.USED, values):
            return f"used on {' or '.join(values)}"
        case Among(Trait.LIVE, values):
            return f"published on {' or '.join(values)}"
        case Among(Trait.PARENT, values):
            return f"made from {' or '.join(values)}"
        case Among(trait, values):
            return f"{trait.value}: {' or '.join(values)}"
        case Known(trait):
            return _PRESENT.get(trait, (f"with {trait.value}", ""))[0]
        case Between(trait, low, high):
            return _between(trait, low, high)
        case During(trait, since, before):
            return f"{trait.value} {_period(since, before)}"
        case Coloured(names, share):
            return f"colour: {'mostly ' if share >= MOSTLY else ''}{names[0]}"
        case Cleared():
            return _cleared(leaf)
        case Shows(words):
            return f"shows {words}"
        case MadeFrom(name):
            return f"made from {name}"
        case Keyed(keys):
            return f"{len(keys)} assets"


def _between(trait: Trait, low: float | None, high: float | None) -> str:
    if trait is Trait.PEOPLE and high is not None and high < 1:
        return "no people"
    if low is not None and low == high:
        return f"{trait.value}: {_amount(trait, low)}"
    bounds = []
    if low is not None:
        # What lies just beyond a whole number was said as "more than".
        bounds.append(f"{'over' if low % 1 else 'at least'} {_amount(trait, low)}")
    if high is not None:
        bounds.append(f"{'under' if high % 1 else 'at most'} {_amount(trait, high)}")
    return f"{trait.value}: {' and '.join(bounds)}"


def _amount(trait: Trait, number: float) -> str:
    near = round(number, 3)
    match trait:
        case Trait.BYTES:
            for unit, size in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
                if near >= size:
                    return f"{near / size:g} {unit}"
            return f"{near:g} bytes"
        case Trait.DURATION:
            whole = near >= 60 and near % 60 == 0
            return f"{near / 60:g} min" if whole else f"{near:g} s"
        case Trait.PIXELS:
            return f"{near / 1e6:g} megapixels"
        case Trait.WIDTH | Trait.HEIGHT:
            return f"{near:g} px"
        case _:
            return f"{near:g}"


def _period(since: datetime | None, before: datetime | None) -> str:
    if since is None or before is None:
        if since:
            return f"since {_moment(since)}"
        return f"before {_moment(before)}" if before else "at any time"
    if since.day == 1 and since.hour == since.minute == 0:
        if since.month == 1 and before == later(since, 12):
            return f"{since.year}{_zone(since)}"
        if before == later(since, 1):
            return f"{_MONTHS[since.month - 1]} {since.year}{_zone(since)}"
    if before == since + timedelta(days=1):
        return _moment(since)
    return f"from {_moment(since)} to {_moment(before - timedelta(seconds=1), day=True)}"


def _moment(moment: datetime, *, day: bool = False) -> str:
    clock = "" if day or not (moment.hour or moment.minute) else f" {moment:%H:%M}"
    return f"{moment:%Y-%m-%d}{clock}{_zone(moment)}"


def _zone(moment: datetime) -> str:
    return f" {moment.tzname()}" if moment.tzinfo else ""


def _cleared(wanted: Cleared) -> str:
    said = _RIGHTS.get(wanted.outcomes, "not cleared")
    said += f" for {wanted.channel}" if wanted.channel else ""
    said += f" in {name_of(wanted.territory)}" if wanted.territory else ""
    if wanted.until:
        said += f" until {wanted.until - timedelta(seconds=1):%Y-%m-%d}"
    return said
