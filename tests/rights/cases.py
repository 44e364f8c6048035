"""Seeded random cases, thousands a second, for agreement on more than hypothesis draws."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.rights.naive import DAYS, FOR, MEDIA_OK, PLACES, day
from tools.core.rights.actions import EDITS, Action, Purpose
from tools.core.rights.engine import Layer, Use
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, Scope, ScopeKind

RECORDED = datetime(2025, 6, 1, tzinfo=UTC)
PLACE_NAMES = [p for p in PLACES if p != "elsewhere"]
MEDIA_NAMES = [m for m in MEDIA_OK if m != "other"]
PURPOSE_NAMES = [p for p in FOR if p in set(Purpose)]
EDIT_NAMES = sorted(EDITS)
SCOPES = [
    Scope(ScopeKind.ASSET, "a"),
    Scope(ScopeKind.FOLDER, "/x"),
    Scope(ScopeKind.FOLDER, "/x/y"),
    Scope(ScopeKind.SUPPLIER, "Acme"),
]
KINDS = [RuleKind.PERMISSION, RuleKind.PERMISSION, RuleKind.PROHIBITION, RuleKind.DUTY]


def random_rule(chance, number):
    def some(values, share):
        return tuple(chance.sample(values, chance.randint(1, 2))) if chance.random() < share else ()

    def moment():
        return day(chance.choice(DAYS)) if chance.random() < 0.25 else None

    starts, ends = moment(), moment()
    if starts and ends and starts > ends:
        starts, ends = ends, starts
    return Rule(
        id=f"r{number}",
        scope=chance.choice(SCOPES),
        status=RuleStatus.CONFIRMED if chance.random() < 0.9 else RuleStatus.PROPOSED,
        kind=chance.choice(KINDS),
        clause=f"clause {number}",
        recorded_by="ann",
        recorded_at=RECORDED.replace(day=chance.randint(1, 3)),
        actions=some([Action.PUBLISH, *Action], 0.4),
        channels=some(MEDIA_NAMES, 0.4),
        territories=some(PLACE_NAMES, 0.4),
        purposes=some(PURPOSE_NAMES, 0.2),
        edits=some(EDIT_NAMES, 0.3),
        starts=starts,
        ends=ends,
    )


def twin(chance, rule, number):
    """Turn a rule into its opposite, at random closer or newer: what conflicts are made of."""
    kind = RuleKind.PROHIBITION if rule.kind is RuleKind.PERMISSION else RuleKind.PERMISSION
    return replace(
        rule,
        id=f"r{number}",
        kind=kind,
        scope=chance.choice([rule.scope, *SCOPES]),
        recorded_at=RECORDED.replace(day=chance.randint(1, 3)),
        channels=chance.choice([rule.channels, ()]),
    )


def random_rules(chance, most=4):
    rules = [random_rule(chance, number) for number in range(chance.randint(0, most))]
    if rules and chance.random() < 0.4:
        rules.append(twin(chance, chance.choice(rules), 99))
    return rules


def random_use(chance):
    def maybe(values):
        return chance.choice(values) if chance.random() < 0.7 else None

    purpose = maybe(PURPOSE_NAMES)
    return Use(
        chance.choice([Action.PUBLISH] * 10 + list(Action)),
        channel=maybe(MEDIA_NAMES),
        territory=maybe(PLACE_NAMES),
        at=day(chance.choice(DAYS)),
        until=day(chance.choice(DAYS)) if chance.random() < 0.3 else None,
        purpose=Purpose(purpose) if purpose else None,
        edit=chance.choice(EDIT_NAMES) if chance.random() < 0.3 else None,
    )


def random_family(chance):
    return [
        Layer(
            tuple(random_rules(chance, 3)),
            name,
            past=frozenset(chance.sample(EDIT_NAMES, chance.randint(0, 1))),
            derived=chance.random() < 0.4,
        )
        for name in ("a", "b", "c")[: chance.randint(1, 3)]
    ]
