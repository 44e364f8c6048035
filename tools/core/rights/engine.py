"""The policy engine: rules and a use in, a verdict out. No clock, no store, no model.

It is total and deterministic, and adding a prohibition never allows more. The order of rules does
not matter. One permission must cover the whole use; a prohibition bites when it touches any part.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tools.core.rights.actions import WORDS
from tools.core.rights.layers import Layer
from tools.core.rights.matching import contradicts, shortfalls, speaks_of, taken_apart, touches
from tools.core.rights.remedies import remedied, shape
from tools.core.rights.rules import Rule, RuleKind, ScopeKind
from tools.core.rights.uses import Outcome, Use, Verdict, WhyUnknown

__all__ = [
    "Layer",
    "Outcome",
    "Use",
    "Verdict",
    "WhyUnknown",
    "decide",
    "decide_family",
    "decide_many",
    "judge",
]

_NOTHING_SAID = (WhyUnknown.NO_RECORD, WhyUnknown.SILENT)


def decide(rules: Sequence[Rule], use: Use, today: datetime | None = None) -> Verdict:
    """Decide a use of a work that has no original; remedies lie on or after `today`."""
    return decide_family((Layer(tuple(rules)),), use, today)


def decide_family(layers: Sequence[Layer], use: Use, today: datetime | None = None) -> Verdict:
    """Decide a use of a work with all its originals, the work itself first.

    What is not allowed carries the smallest change that the engine itself finds to allow it.
    """
    return decide_many([layers], use, today)[0]


def decide_many(
    families: Iterable[Sequence[Layer]], use: Use, today: datetime | None = None
) -> list[Verdict]:
    """Decide a use of many works; those with alike rules share one search for a remedy."""
    decided: list[Verdict] = []
    found: dict[Hashable, Verdict] = {}
    for layers in families:
        verdict = judge(layers, use)
        if verdict.outcome is not Outcome.ALLOWED:
            alike = (verdict.outcome, verdict.why_unknown, shape(layers))
            if alike not in found:
                found[alike] = remedied(verdict, layers, use, today or use.at, judge)
            known = found[alike]
            verdict = replace(verdict, remedy=known.remedy, instead=known.instead)
        decided.append(verdict)
    return decided


def judge(layers: Sequence[Layer], use: Use) -> Verdict:
    """Decide a use without looking for remedies: of all members the least permissive holds.

    A rendition that has nothing to say of its own follows its originals.
    """
    lowest: Verdict | None = None
    duties: dict[str, None] = {}
    for layer in layers:
        verdict = _one(layer, use)
        duties |= dict.fromkeys(verdict.duties)
        if layer.derived and verdict.why_unknown in _NOTHING_SAID:
            continue
        if lowest is None or verdict.outcome.rank < lowest.outcome.rank:
            lowest = verdict
    if lowest is None:
        return _unknown(layers[0] if layers else Layer(()), (), use)
    owed = tuple(duties) if lowest.outcome is Outcome.ALLOWED else ()
    return lowest if lowest.duties == owed else replace(lowest, duties=owed)


def _one(layer: Layer, use: Use) -> Verdict:
    wanted = taken_apart(use, layer.past)
    rules = [rule for rule in layer.rules if rule.counts]
    speaking = [r for r in rules if r.kind is RuleKind.PERMISSION and speaks_of(r, wanted)]
    covering = [rule for rule in speaking if not shortfalls(rule, wanted)]
    against = [r for r in rules if r.kind is RuleKind.PROHIBITION and touches(r, wanted)]
    undisputed = [rule for rule in against if not _answers(covering, rule)]
    if undisputed:
        return _verdict(Outcome.DENIED, max(undisputed, key=weight), layer)
    if against:
        return _conflict(max(against, key=weight), covering, layer)
    owed = _duties([r for r in rules if r.kind is RuleKind.DUTY and touches(r, wanted)])
    if covering:
        best = max(covering, key=weight)
        owed = (f"Credit: {best.credit}", *owed) if best.credit else owed
        return _verdict(Outcome.ALLOWED, best, layer, owed)
    if speaking:
        heaviest_first = sorted(speaking, key=weight, reverse=True)
        nearest = min(heaviest_first, key=lambda rule: shortfalls(rule, wanted))
        return _verdict(Outcome.DENIED, nearest, layer)
    return _unknown(layer, rules, use, owed)


def weight(rule: Rule) -> tuple[int, int, datetime, str]:
    """Order rules by how closely they are attached, then by when they were recorded."""
    return (*_closeness(rule), rule.recorded_at, rule.id)


def answers(permission: Rule, prohibition: Rule) -> bool:
    """Tell whether a permission disputes a prohibition instead of merely standing beside it.

    It must say the opposite, be attached at least as closely and be recorded no earlier.
    """
    return (
        permission.recorded_at >= prohibition.recorded_at
        and _closeness(permission) >= _closeness(prohibition)
        and contradicts(prohibition, permission)
    )


def _answers(covering: Sequence[Rule], prohibition: Rule) -> list[Rule]:
    return [permission for permission in covering if answers(permission, prohibition)]


def _closeness(rule: Rule) -> tuple[int, int]:
    kind, value = rule.scope
    rank = {ScopeKind.ASSET: 2, ScopeKind.FOLDER: 1}.get(kind, 0)
    return rank, len(value) if kind is ScopeKind.FOLDER else 0


def _duties(rules: Sequence[Rule]) -> tuple[str, ...]:
    ordered = sorted(rules, key=weight, reverse=True)
    return tuple(f"Credit: {rule.credit}" if rule.credit else rule.clause for rule in ordered)


def _verdict(outcome: Outcome, rule: Rule, layer: Layer, duties: tuple[str, ...] = ()) -> Verdict:
    return Verdict(
        outcome,
        rule.clause,
        rule_id=rule.id,
        duties=duties,
        document=rule.document,
        page=rule.page,
        source=layer.asset,
    )


def _conflict(prohibition: Rule, covering: Sequence[Rule], layer: Layer) -> Verdict:
    permission = max(_answers(covering, prohibition), key=weight)
    return replace(
        _verdict(Outcome.UNKNOWN, prohibition, layer),
        clause=f"Two records contradict each other: “{prohibition.clause}” and "
        f"“{permission.clause}”",
        why_unknown=WhyUnknown.CONFLICT,
    )


def _unknown(
    layer: Layer, rules: Sequence[Rule], use: Use, duties: tuple[str, ...] = ()
) -> Verdict:
    if rules:
        edits = " and ".join(sorted(WORDS[edit] for edit in use.edits | layer.past))
        deed = f"{WORDS[use.deed]} it" + (f" after {edits}" if edits else "")
        clause, why = f"Its rights records say nothing of {deed}.", WhyUnknown.SILENT
    else:
        clause, why = "There is no confirmed rights record of it.", WhyUnknown.NO_RECORD
    return Verdict(Outcome.UNKNOWN, clause, why_unknown=why, duties=duties, source=layer.asset)
