"""Finds filters that no asset can meet together, before any is looked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, product

from tools.core.criteria import (
    SINGLE,
    AllOf,
    Among,
    AnyOf,
    Between,
    Cleared,
    Coloured,
    Criterion,
    During,
    Known,
    Leaf,
    Not,
    Trait,
)

# Beyond so many ways of meeting a filter it is not taken apart.
MOST_WAYS = 256
_EVER, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Literal:
    leaf: Leaf
    holds: bool


def contradiction(criteria: Sequence[Criterion]) -> tuple[int, ...]:
    """Give the places of the fewest criteria that exclude each other, () when all can be met."""
    for size in (1, 2, len(criteria)):
        for places in combinations(range(len(criteria)), size):
            if not _possible([criteria[place] for place in places]):
                return places
    return ()


def _possible(criteria: Sequence[Criterion]) -> bool:
    ways = _ways(AllOf(tuple(criteria)), holds=True)
    return ways is None or any(_consistent(way) for way in ways)


def _ways(criterion: Criterion, *, holds: bool) -> list[tuple[_Literal, ...]] | None:
    """Give every way of meeting a criterion as conditions that all hold; None for too many."""
    match criterion:
        case Not(part):
            return _ways(part, holds=not holds)
        case AllOf(parts) | AnyOf(parts):
            each = [_ways(part, holds=holds) for part in parts]
            if any(one is None for one in each):
                return None
            known = [one for one in each if one is not None]
            if isinstance(criterion, AllOf) is holds:
                return _multiplied(known)
            return [way for ways in known for way in ways]
        case _:
            return [(_Literal(criterion, holds),)]


def _multiplied(
    each: Sequence[Sequence[tuple[_Literal, ...]]],
) -> list[tuple[_Literal, ...]] | None:
    count = 1
    for ways in each:
        count *= len(ways)
    if count > MOST_WAYS:
        return None
    return [tuple(one for way in ways for one in way) for ways in product(*each)]


def _consistent(way: Sequence[_Literal]) -> bool:
    there = [one.leaf for one in way if one.holds]
    absent = [one.leaf for one in way if not one.holds]
    if any(_implies(leaf, denied) for leaf in there for denied in absent):
        return False
    if any(_exclude(one, other) for one, other in combinations(there, 2)):
        return False
    return not any(_empty(leaf) for leaf in (*there, *_met(there)))


def _met(there: Sequence[Leaf]) -> Iterator[Leaf]:
    """Give what several ranges of one trait leave over together."""
    for trait in Trait:
        numbers = [one for one in there if isinstance(one, Between) and one.trait is trait]
        if len(numbers) > 1:
            lows = [one.low for one in numbers if one.low is not None]
            highs = [one.high for one in numbers if one.high is not None]
            yield Between(trait, max(lows, default=None), min(highs, default=None))
        times = [one for one in there if isinstance(one, During) and one.trait is trait]
        if len(times) > 1:
            yield During(trait, max(map(_since, times)), min(map(_before, times)))


def _empty(leaf: Leaf) -> bool:
    match leaf:
        case Among(_, values):
            return not values
        case Between(_, low, high):
            return low is not None and high is not None and low > high
        case During():
            return _since(leaf) >= _before(leaf)
        case _:
            return False


def _exclude(one: Leaf, other: Leaf) -> bool:
    match one, other:
        case Among(trait, values), Among(same, others) if trait is same and trait in SINGLE:
            return not _plain(values) & _plain(others)
        case Cleared(), Cleared():
            places = (one.channel, one.territory, one.until)
            alike = places == (other.channel, other.territory, other.until)
            return alike and not set(one.outcomes) & set(other.outcomes)
        case _:
            return False


def _implies(one: Leaf, other: Leaf) -> bool:
    """Tell whether what meets one condition meets the other too."""
    match one, other:
        case Among(trait, values), Among(same, others):
            return trait is same and _plain(values) <= _plain(others)
        case ((Among(trait) | Between(trait) | During(trait) | Known(trait)), Known(same)):
            return trait is same or (trait is Trait.LIVE and same is Trait.USED)
        case Between(trait, low, high), Between(same, lower, higher):
            above = lower is None or (low is not None and low >= lower)
            below = higher is None or (high is not None and high <= higher)
            return trait is same and above and below
        case During(trait), During(same):
            inside = _since(one) >= _since(other) and _before(one) <= _before(other)
            return trait is same and inside
        case Coloured(names, share), Coloured(others, less):
            return set(names) <= set(others) and share >= less
        case _:
            return one == other


def _plain(values: Sequence[str]) -> set[str]:
    return {value.casefold() for value in values}


def _since(during: Leaf) -> datetime:
    assert isinstance(during, During)
    return _aware(during.since) if during.since else _EVER


def _before(during: Leaf) -> datetime:
    assert isinstance(during, During)
    return _aware(during.before) if during.before else _NEVER


def _aware(moment: datetime) -> datetime:
    # Clocks of places are at most half a day apart, which no contradiction should rest on.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
