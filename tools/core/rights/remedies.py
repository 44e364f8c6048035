"""The smallest change that turns a no into a yes, found by asking the engine about other uses."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from operator import attrgetter

from tools.core.rights.actions import EDITS, WORDS, Action, Purpose
from tools.core.rights.layers import Layer
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, ScopeKind
from tools.core.rights.territories import WORLD, name_of
from tools.core.rights.uses import Outcome, Use, Verdict, WhyUnknown

Judge = Callable[[Sequence[Layer], Use], Verdict]

_USUAL_CHANNELS = ("website", "social", "newsletter", "print", "internal")
_USUAL_PLACES = ("EUROPE", "EU", "DACH", "NORTH-AMERICA")
_USUAL_PURPOSES = (Purpose.NON_COMMERCIAL, Purpose.EDITORIAL, Purpose.INTERNAL)
_MOMENT = timedelta(microseconds=1)
_MOST_PER_KIND = 8


_TERMS = attrgetter(
    *("status", "kind", "clause", "holder", "record", "recorded_at", "starts", "ends"),
    *("actions", "channels", "territories", "purposes", "edits"),
)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of a use, in words that follow "It would be allowed"."""

    kind: str
    words: str
    use: Callable[[Use], Use]


def remedied(
    verdict: Verdict, layers: Sequence[Layer], use: Use, today: datetime, judge: Judge
) -> Verdict:
    """Add the smallest change that the judge finds to allow the use, if there is one.

    It tries one change of the use, then two, then what people could do about the records.
    """
    if verdict.why_unknown is WhyUnknown.CONFLICT:
        return replace(verdict, remedy="Ask legal which of the two holds, and revoke the other.")
    changes = list(_changes(layers, use, today))
    for several in _sizes(changes):
        other = use
        for change in several:
            other = change.use(other)
        if judge(layers, other).outcome is Outcome.ALLOWED:
            words = " ".join(change.words for change in several)
            return replace(verdict, remedy=f"It would be allowed {words}.", instead=other)
    return replace(verdict, remedy=_by_records(verdict, layers, use, judge))


def shape(layers: Sequence[Layer]) -> Hashable:
    """Give everything about layers that a remedy can depend on: their terms, not their names."""
    return tuple(
        (layer.past, layer.derived, tuple(map(_closeness, layer.rules)), *map(_TERMS, layer.rules))
        for layer in layers
    )


def _closeness(rule: Rule) -> tuple[str, int]:
    kind, value = rule.scope
    return kind, len(value) if kind is ScopeKind.FOLDER else 0


def _sizes(changes: Sequence[_Change]) -> Iterator[tuple[_Change, ...]]:
    for change in changes:
        yield (change,)
    for pair in combinations(changes, 2):
        if pair[0].kind != pair[1].kind:
            yield pair


def _changes(layers: Sequence[Layer], use: Use, today: datetime) -> Iterator[_Change]:
    rules = [rule for layer in layers for rule in layer.rules if rule.counts]
    if not any(rule.kind is RuleKind.PERMISSION for rule in rules):
        return
    yield from _without_edits(use)
    yield from _elsewhere(rules, use)
    yield from _places(rules, use)
    yield from _moments(rules, use, today)
    yield from _purposes(rules, use)


def _without_edits(use: Use) -> Iterator[_Change]:
    if use.edit is not None and use.action not in EDITS:
        words = f"without {WORDS[use.edit]} it"
        yield _Change("edit", words, lambda other: replace(other, edit=None))


def _elsewhere(rules: Sequence[Rule], use: Use) -> Iterator[_Change]:
    if use.action not in {Action.PUBLISH, Action.SHARE} and use.channel is None:
        return
    named = [c for r in rules if r.kind is RuleKind.PERMISSION for c in r.channels]
    for channel in _first(named, _USUAL_CHANNELS, use.channel):
        yield _Change("channel", f"on {channel}", _with_channel(channel))


def _places(rules: Sequence[Rule], use: Use) -> Iterator[_Change]:
    if not any(rule.territories for rule in rules):
        return
    named = [t for r in rules if r.kind is RuleKind.PERMISSION for t in r.territories]
    for place in _first(named, _USUAL_PLACES, use.territory):
        words = "worldwide" if place == WORLD else f"in {name_of(place)}"
        yield _Change("place", words, _with_place(place))


def _moments(rules: Sequence[Rule], use: Use, today: datetime) -> Iterator[_Change]:
    begin: set[datetime] = set()
    end: set[datetime] = set()
    for rule in rules:
        if rule.kind is RuleKind.PERMISSION:
            begin |= {rule.starts} if rule.starts else set()
            end |= {rule.ends} if rule.ends else set()
        elif rule.kind is RuleKind.PROHIBITION:
            begin |= {rule.ends + _MOMENT} if rule.ends else set()
            end |= {rule.starts - _MOMENT} if rule.starts else set()
    for moment in sorted(m for m in begin if m > use.at)[:_MOST_PER_KIND]:
        yield _Change("time", f"from {_day(moment)} on", _begun(moment))
    for moment in sorted((m for m in end if today <= m < (use.until or use.at)), reverse=True):
        yield _Change("time", f"until {_day(moment)}", _ended(moment))


def _purposes(rules: Sequence[Rule], use: Use) -> Iterator[_Change]:
    if not any(rule.purposes for rule in rules):
        return
    named = [p for r in rules if r.kind is RuleKind.PERMISSION for p in r.purposes]
    for purpose in _first(named, _USUAL_PURPOSES, use.purpose):
        yield _Change("purpose", f"for {purpose} use", _with_purpose(Purpose(purpose)))


def _by_records(verdict: Verdict, layers: Sequence[Layer], use: Use, judge: Judge) -> str:
    """Say what people could do about the records, if that would indeed allow the use."""

    def allows(changed: Sequence[Layer]) -> bool:
        return judge(changed, use).outcome is Outcome.ALLOWED

    if allows([replace(layer, past=frozenset()) for layer in layers]):
        return "Its original, as it is, would be allowed."
    for rule in (rule for layer in layers for rule in layer.rules):
        if rule.status is RuleStatus.PROPOSED and allows(_confirmed(layers, rule)):
            return f"It would be allowed once legal or a librarian confirms “{rule.clause}”."
    holder = next((r.holder for layer in layers for r in layer.rules if r.holder), "")
    if allows(_without(layers, verdict.rule_id)):
        return f"It would be allowed if {holder or 'the rights holder'} lifted that."
    if not allows(_with_wish(layers)):
        return ""
    if verdict.why_unknown is WhyUnknown.NO_RECORD:
        return "Record who made it and what they allow, and have it confirmed."
    return f"Ask {holder or 'the rights holder'} for a licence that covers {use}, and record it."


def _confirmed(layers: Sequence[Layer], proposed: Rule) -> list[Layer]:
    def one(rule: Rule) -> Rule:
        same = rule.id == proposed.id or (rule.record and rule.record == proposed.record)
        return replace(rule, status=RuleStatus.CONFIRMED) if same else rule

    return [replace(layer, rules=tuple(map(one, layer.rules))) for layer in layers]


def _without(layers: Sequence[Layer], rule_id: str | None) -> list[Layer]:
    return [
        replace(layer, rules=tuple(rule for rule in layer.rules if rule.id != rule_id))
        for layer in layers
    ]


def _with_wish(layers: Sequence[Layer]) -> list[Layer]:
    wish = Rule(
        id="",
        scope=(ScopeKind.ASSET, ""),
        status=RuleStatus.CONFIRMED,
        kind=RuleKind.PERMISSION,
        clause="",
        recorded_by="",
        recorded_at=datetime.min.replace(tzinfo=UTC),
    )
    return [replace(layer, rules=(*layer.rules, wish)) for layer in layers]


def _first(named: Sequence[str], usual: Sequence[str], current: str | None) -> list[str]:
    ordered = [one for one in dict.fromkeys((*named, *usual)) if one != current]
    return ordered[:_MOST_PER_KIND]


def _with_channel(channel: str) -> Callable[[Use], Use]:
    return lambda use: replace(use, channel=channel)


def _with_place(place: str) -> Callable[[Use], Use]:
    return lambda use: replace(use, territory=place)


def _with_purpose(purpose: Purpose) -> Callable[[Use], Use]:
    return lambda use: replace(use, purpose=purpose)


def _begun(moment: datetime) -> Callable[[Use], Use]:
    return lambda use: replace(
        use, at=moment, until=use.until if use.until and use.until > moment else None
    )


def _ended(moment: datetime) -> Callable[[Use], Use]:
    return lambda use: replace(use, at=min(use.at, moment), until=moment)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
