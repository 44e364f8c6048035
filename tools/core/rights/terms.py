"""What somebody says about rights, before it is kept as rules."""

from dataclasses import dataclass
from datetime import datetime

from tools.core.rights.actions import Action
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, Scope


@dataclass(frozen=True, slots=True)
class Term:
    """One permission, prohibition or duty of a statement; what is empty does not limit it."""

    kind: RuleKind
    clause: str
    actions: tuple[Action, ...] = ()
    channels: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    edits: tuple[Action, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    credit: str = ""


@dataclass(frozen=True, slots=True)
class RightsStatement:
    """Terms for one or more scopes, with where they are written down.

    `unread` are the words nobody made sense of; `confirmed` is what a front door sets after a
    person with the role has seen the terms, and it counts outside conversations only.
    """

    scopes: tuple[Scope, ...]
    terms: tuple[Term, ...]
    document: str = ""
    page: int | None = None
    holder: str = ""
    creator: str = ""
    licence: str = ""
    unread: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Who keeps a statement, when, under which record id, and whether it counts at once."""

    record: str
    by: str
    at: datetime
    confirmed: bool


def rules_of(statement: RightsStatement, entry: Entry) -> list[Rule]:
    """Make a rule of each term for each scope."""
    return [
        _rule(statement, entry, scope, term, f"{entry.record}-{number}")
        for number, (scope, term) in enumerate(
            ((scope, term) for scope in statement.scopes for term in statement.terms), start=1
        )
    ]


def same_rule(one: Rule, other: Rule) -> bool:
    """Tell whether two rules say the same of the same thing with the same standing."""
    return _content(one) == _content(other)


def _rule(statement: RightsStatement, entry: Entry, scope: Scope, term: Term, rule_id: str) -> Rule:
    return Rule(
        id=rule_id,
        scope=scope,
        status=RuleStatus.CONFIRMED if entry.confirmed else RuleStatus.PROPOSED,
        kind=term.kind,
        clause=term.clause,
        recorded_by=entry.by,
        recorded_at=entry.at,
        actions=term.actions,
        channels=term.channels,
        territories=term.territories,
        purposes=term.purposes,
        edits=term.edits,
        starts=term.starts,
        ends=term.ends,
        document=statement.document,
        page=statement.page,
        holder=statement.holder,
        creator=statement.creator,
        licence=statement.licence,
        credit=term.credit,
        record=entry.record,
        confirmed_by=entry.by if entry.confirmed else None,
        confirmed_at=entry.at if entry.confirmed else None,
    )


def _content(rule: Rule) -> tuple[object, ...]:
    limits = (rule.actions, rule.channels, rule.territories, rule.purposes, rule.edits)
    written = (rule.clause, rule.document, rule.page, rule.licence)
    people = (rule.holder, rule.creator, rule.credit)
    return (rule.scope, rule.status, rule.kind, *limits, rule.starts, rule.ends, written, people)
