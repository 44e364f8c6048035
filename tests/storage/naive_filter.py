"""A naive reading of criteria over plain rows, to hold the catalogue's SQL against."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tools.core.criteria import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Coloured,
    During,
    Keyed,
    Known,
    Not,
    Trait,
)


@dataclass
class Row:
    """What is known of one asset; a missing entry is not known."""

    key: int
    id: str
    one: dict = field(default_factory=dict)
    many: dict = field(default_factory=dict)
    colours: dict = field(default_factory=dict)
    added: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    # First moment and the one after the last, without a zone, and the lead over UTC in hours.
    taken: tuple | None = None
    parent: "Row | None" = None

    def ancestors(self):
        found = self.parent
        while found:
            yield found.id
            found = found.parent


def meets(row, criterion):  # noqa: C901  (one for each condition)
    """Tell whether a row meets a criterion."""
    match criterion:
        case AllOf(parts):
            return all(meets(row, part) for part in parts)
        case AnyOf(parts):
            return any(meets(row, part) for part in parts)
        case Not(part):
            return not meets(row, part)
        case Among(Trait.PARENT, values):
            return bool(set(values) & set(row.ancestors()))
        case Among(trait, values):
            has = [row.one[trait]] if trait in row.one else row.many.get(trait, ())
            return bool({v.casefold() for v in values} & {h.casefold() for h in has})
        case Known(Trait.TAKEN):
            return row.taken is not None
        case Known(Trait.ADDED):
            return True
        case Known(Trait.PARENT):
            return row.parent is not None
        case Known(trait):
            return trait in row.one or bool(row.many.get(trait))
        case Between(trait, low, high):
            value = row.one.get(trait)
            return (
                value is not None
                and (low is None or value >= low)
                and (high is None or value <= high)
            )
        case During(Trait.ADDED, since, before):
            return _within(row.added, row.added + timedelta(0), _aware(since), _aware(before))
        case During(_, since, before):
            return row.taken is not None and _taken(row.taken, since, before)
        case Coloured(names, share):
            found = [row.colours[name] for name in set(names) if name in row.colours]
            return bool(found) and sum(found) >= share - 1e-6
        case Keyed(keys):
            return row.key in keys
    raise AssertionError(criterion)


def _aware(moment):
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _within(first, last, since, before):
    return (since is None or first >= since) and (before is None or last < before)


def _taken(taken, since, before):
    first, last, lead = taken
    return (since is None or _there(first, lead, since) >= since) and (
        before is None or _there(last, lead, before) < before
    )


def _there(moment, lead, bound):
    if bound.tzinfo is None:
        return moment
    offset = timedelta(hours=lead) if lead is not None else bound.utcoffset()
    return (moment - offset).replace(tzinfo=UTC)
