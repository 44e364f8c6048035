"""Reads plain English sentences about rights into terms; what it cannot read it lists.

It is deterministic and knows no grammar: words it knows narrow the term they stand in, and what
remains is `unread`, for the person who confirms. In doubt it permits less and forbids more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tools.core.rights import phrases as say
from tools.core.rights.actions import Action, Purpose
from tools.core.rights.licences import open_licence
from tools.core.rights.media import mentioned
from tools.core.rights.periods import MOMENT, Period, read_period
from tools.core.rights.rules import RuleKind, Scope
from tools.core.rights.terms import RightsStatement, Term
from tools.core.rights.territories import WORLD, mentions

_LONGEST = 2000
_QUOTED = 400
_USUAL = (Action.PUBLISH, Action.SHARE)
_PLACE, _CHANNEL = "territories", "channels"


@dataclass(frozen=True, slots=True)
class _Found:
    """Something a fragment names: its dimension, value and place in the text."""

    dimension: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Reading:
    """What was understood so far."""

    permissions: list[Term] = field(default_factory=list)
    others: list[Term] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_statement(text: str, scopes: Sequence[Scope], today: datetime) -> RightsStatement:
    """Read sentences such as "licensed from Jan until 31 December for web in the EU, no crops".

    Terms may come out empty when nothing was understood; everything that was not is in `unread`.
    """
    whole = re.sub(r"[ \t]+", " ", text.strip()[:_LONGEST])
    holder, document, page = _names(whole, today)
    statement = RightsStatement(tuple(scopes), (), document, page, holder, holder)
    named = say.OPEN_LICENCE.search(whole)
    if named and (holder or named[0].lower()[:4] in {"cc0", "cc-0", "cc 0", "publ"}):
        known = open_licence(named[0], holder)
        return replace(statement, terms=known.terms, licence=known.name)
    reading = _Reading()
    for fragment in say.SPLIT.split(whole):
        if fragment and fragment.strip():
            _read(fragment.strip(), today, reading)
    permissions = _merged(reading.permissions, whole[:_QUOTED])
    terms = tuple(dict.fromkeys((*permissions, *reading.others)))
    return replace(statement, terms=terms, unread=tuple(dict.fromkeys(reading.unread)))


def _read(fragment: str, today: datetime, reading: _Reading) -> None:
    period = read_period(fragment, today)
    credit = None if say.UNLIMITED.search(fragment) else say.CREDIT.search(fragment)
    taken = [*period.spans, *([credit.span()] if credit else [])]
    taken += [m.span() for p in (say.HOLDER, say.DOCUMENT) for m in p.finditer(fragment)]
    found = [one for one in _found(fragment) if not _overlaps((one.start, one.end), taken)]
    if credit:
        name = (credit["name"] or "").strip(" \"“”'‘’©")
        reading.others.append(Term(RuleKind.DUTY, fragment[:_QUOTED], credit=name))
    outside = say.OUTSIDE.search(fragment)
    forbids = say.FORBIDS.search(fragment) and not say.UNLIMITED.search(fragment)
    if forbids and not outside:
        terms = _prohibitions(fragment, found, period)
        reading.others += terms
        reading.unread += [] if terms else [fragment]
    elif found or period.spans or say.ANYTHING.search(fragment):
        reading.permissions += _permissions(fragment, found, period)
    elif not credit and say.PERMITS.search(fragment) and not _left_over(fragment, taken):
        reading.permissions.append(Term(RuleKind.PERMISSION, ""))
    spans = [*taken, *((one.start, one.end) for one in found)]
    reading.unread += [
        word for word in _left_over(fragment, spans) if fragment not in reading.unread
    ]


def _found(fragment: str) -> list[_Found]:
    places = [_Found(_PLACE, m.code, m.start, m.end) for m in mentions(fragment)]
    channels = [_Found(_CHANNEL, name, start, end) for name, start, end in mentioned(fragment)]
    listed: Iterable[tuple[str, Iterable[tuple[str, re.Pattern[str]]]]] = (
        ("purposes", say.PURPOSES),
        ("edits", say.EDIT_WORDS),
        ("actions", say.ACTIONS),
    )
    words = [
        _Found(dimension, value, match.start(), match.end())
        for dimension, patterns in listed
        for value, pattern in patterns
        for match in pattern.finditer(fragment)
    ]
    kept: list[_Found] = []
    for one in sorted((*places, *channels, *words), key=lambda f: f.start - f.end):
        spans = [(k.start, k.end) for k in kept if k.dimension == one.dimension]
        longer = [(k.start, k.end) for k in kept if k.end - k.start > one.end - one.start]
        if not _overlaps((one.start, one.end), [*spans, *longer]):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.dimension))


def _permissions(fragment: str, found: Sequence[_Found], period: Period) -> list[Term]:
    """Make one term of each run of channels and places: "web in the EU and print in Germany"."""
    ends = period.ends or (period.before - MOMENT if period.before else None)
    starts = period.starts or (period.after + MOMENT if period.after else None)
    everywhere = bool(say.ANYTHING.search(fragment))
    actions = _of(found, "actions")
    edits = tuple(Action(e) for e in _of(found, "edits"))
    only = re.search(r"\bonly\b", fragment, re.IGNORECASE)
    purposes = tuple(p for p in _of(found, "purposes") if only or p != Purpose.COMMERCIAL)
    shared = Term(
        RuleKind.PERMISSION,
        fragment if everywhere else "",
        actions=tuple(Action(a) for a in actions),
        purposes=purposes,
        edits=edits,
        starts=starts,
        ends=ends,
    )
    groups = _groups([one for one in found if one.dimension in {_PLACE, _CHANNEL}])
    return [
        replace(shared, channels=_of(group, _CHANNEL), territories=_of(group, _PLACE))
        for group in groups
    ]


def _groups(found: Sequence[_Found]) -> list[list[_Found]]:
    groups: list[list[_Found]] = [[]]
    for one in found:
        current = groups[-1]
        kinds = {known.dimension for known in current}
        if len(kinds) > 1 and current[-1].dimension != one.dimension:
            groups.append([])
        groups[-1].append(one)
    return groups


def _merged(terms: Sequence[Term], whole: str) -> list[Term]:
    """Let fragments complete each other: dates, purposes and edits hold for every place named.

    A fragment that names only a place, or only a channel, takes the other from the one before it.
    """
    if not terms:
        return []
    merged: list[Term] = []
    for term in (term for term in terms if term.channels or term.territories):
        before = merged[-1] if merged else term
        whole_term = replace(
            term,
            channels=term.channels or before.channels,
            territories=term.territories or before.territories,
        )
        if merged and not (before.channels and before.territories):
            completes = bool(before.channels) != bool(term.channels)
            merged = merged[:-1] if completes else merged
        merged.append(whole_term)
    merged = merged or [Term(RuleKind.PERMISSION, "")]
    for more in (term for term in terms if not (term.channels or term.territories)):
        merged = [_completed(term, more) for term in merged]
    anything = any(term.clause for term in terms)
    return [_usual(replace(term, clause=whole), anything=anything) for term in merged]


def _completed(term: Term, more: Term) -> Term:
    return replace(
        term,
        actions=term.actions + more.actions,
        purposes=term.purposes + more.purposes,
        edits=term.edits + more.edits,
        starts=term.starts or more.starts,
        ends=term.ends or more.ends,
    )


def _usual(term: Term, *, anything: bool) -> Term:
    """Fill in what a permission means that does not say what may be done."""
    if anything and not term.actions:
        return term
    actions = tuple(dict.fromkeys(term.actions or _USUAL))
    edits = tuple(dict.fromkeys((Action.EDIT, *term.edits)))
    places = () if WORLD in term.territories else term.territories
    return replace(term, actions=actions, edits=edits, territories=places)


def _prohibitions(fragment: str, found: Sequence[_Found], period: Period) -> list[Term]:
    starts = period.starts or (period.after + MOMENT if period.after else None)
    ends = period.ends or (period.before - MOMENT if period.before else None)
    base = Term(RuleKind.PROHIBITION, fragment[:_QUOTED], starts=starts, ends=ends)
    if not found:
        limited = period.spans or say.FULL_STOP.search(fragment)
        return [base] if limited else []
    groups: list[list[_Found]] = [[]]
    for one in found:
        towards = say.TOWARDS.search(fragment[: one.start])
        same = {known.dimension for known in groups[-1]} == {one.dimension}
        if groups[-1] and not towards and not same:
            groups.append([])
        groups[-1].append(one)
    return [_prohibition(base, group) for group in groups]


def _prohibition(base: Term, found: Sequence[_Found]) -> Term:
    places = _of(found, _PLACE)
    return replace(
        base,
        channels=_of(found, _CHANNEL),
        territories=() if WORLD in places else places,
        purposes=_of(found, "purposes"),
        edits=tuple(Action(e) for e in _of(found, "edits")),
        actions=tuple(Action(a) for a in _of(found, "actions")),
    )


def _names(text: str, today: datetime) -> tuple[str, str, int | None]:
    document = say.DOCUMENT.search(text)
    page = int(document["page"]) if document and document["page"] else None
    for match in say.HOLDER.finditer(text):
        name = match["name"].strip(" .")
        known = mentions(name) or read_period(f"from {name}", today).spans or mentioned(name)
        if not known:
            return name, document["name"] if document else "", page
    return "", document["name"] if document else "", page


def _of(found: Sequence[_Found], dimension: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.value for one in found if one.dimension == dimension))


def _overlaps(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _left_over(fragment: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    rest = list(fragment)
    for start, end in spans:
        rest[start:end] = "|" * (end - start)
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[^\W_][\w'’-]*|\|", "".join(rest)):
        if word == "|" or word.lower() in say.NEUTRAL:
            runs.append([])
        else:
            runs[-1].append(word)
    return [" ".join(run) for run in runs if run]
