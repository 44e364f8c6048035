"""The engine is total, deterministic, monotone in prohibitions and agrees with a second one."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rights import cases, naive
from tools.core.rights.engine import Outcome, WhyUnknown, decide, decide_family, decide_many, judge
from tools.core.rights.rules import Rule, RuleKind

CASES = 2500
chances = st.randoms(use_true_random=False)
quick = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_the_naive_engine(seed):
    chance = random.Random(seed)
    seen = Counter()
    for _ in range(CASES):
        rules, use = cases.random_rules(chance), cases.random_use(chance)
        verdict = decide(rules, use) if chance.random() < 0.1 else judge_one(rules, use)
        said = str(verdict.why_unknown or verdict.outcome)
        assert said == naive.decide(rules, use), (rules, use)
        seen[said] += 1
    # Agreement says little about an outcome that hardly ever comes up.
    assert all(seen[word] > CASES / 200 for word in ("allowed", "denied", "no record", "silent"))
    assert seen["conflict"] > CASES / 500, seen


def test_agrees_with_the_naive_engine_on_families():
    chance = random.Random(7)
    seen = Counter()
    for _ in range(CASES):
        family, use = cases.random_family(chance), cases.random_use(chance)
        outcome = judge(family, use).outcome
        assert outcome == naive.decide_family(family, use), (family, use)
        seen[outcome] += 1
    assert all(seen[outcome] > CASES / 200 for outcome in Outcome), seen


@given(chances)
@quick
def test_adding_a_prohibition_never_allows_more(chance):
    family, use = cases.random_family(chance), cases.random_use(chance)
    prohibition = replace(cases.random_rule(chance, 500), kind=RuleKind.PROHIBITION)
    where = chance.randrange(len(family))
    stricter = [*family]
    stricter[where] = replace(family[where], rules=(*family[where].rules, prohibition))
    assert judge(stricter, use).outcome.rank <= judge(family, use).outcome.rank


def test_adding_a_prohibition_never_allows_more_on_many_cases():
    chance = random.Random(11)
    fell = 0
    for _ in range(CASES):
        rules, use = cases.random_rules(chance), cases.random_use(chance)
        prohibition = cases.twin(chance, cases.random_rule(chance, 500), 501)
        prohibition = replace(prohibition, kind=RuleKind.PROHIBITION)
        before = judge_one(rules, use).outcome.rank
        after = judge_one([*rules, prohibition], use).outcome.rank
        assert after <= before, (rules, prohibition, use)
        fell += after < before
    assert fell > CASES / 100


@given(chances)
@quick
def test_the_order_of_rules_changes_nothing(chance):
    rules, use = cases.random_rules(chance), cases.random_use(chance)
    shuffled = chance.sample(rules, len(rules))
    assert decide(rules, use) == decide(rules, use)
    one, other = decide(rules, use), decide(shuffled, use)
    assert (one.outcome, one.clause, one.duties) == (other.outcome, other.clause, other.duties)


def test_every_verdict_explains_itself_and_every_named_remedy_works():
    chance = random.Random(3)
    named = 0
    for _ in range(CASES // 8):
        family, use = cases.random_family(chance), cases.random_use(chance)
        verdict = decide_family(family, use)
        assert verdict.clause
        assert (verdict.why_unknown is not None) == (verdict.outcome is Outcome.UNKNOWN)
        assert not (verdict.remedy if verdict.outcome is Outcome.ALLOWED else verdict.duties)
        if verdict.instead is not None:
            named += 1
            assert verdict.instead != use
            assert judge(family, verdict.instead).outcome is Outcome.ALLOWED
            assert verdict.remedy.startswith("It would be allowed")
    assert named > CASES / 200


def test_many_works_at_once_are_decided_as_each_alone():
    chance = random.Random(21)
    for _ in range(40):
        use = cases.random_use(chance)
        families = [cases.random_family(chance) for _ in range(4)]
        # The same terms under other names share one search for a remedy.
        families += [[replace(layer, asset="twin") for layer in family] for family in families]
        assert decide_many(families, use) == [decide_family(family, use) for family in families]


@given(chances)
@quick
def test_a_family_allows_no_more_than_any_root(chance):
    family, use = cases.random_family(chance), cases.random_use(chance)
    if judge(family, use).outcome is Outcome.ALLOWED:
        roots = [layer for layer in family if not layer.derived]
        assert all(judge([root], use).outcome is Outcome.ALLOWED for root in roots)


@given(chances)
@quick
def test_what_nobody_confirmed_does_not_count(chance):
    rules = [rule for rule in cases.random_rules(chance) if not rule.counts]
    assert decide(rules, cases.random_use(chance)).why_unknown is WhyUnknown.NO_RECORD


@given(chances)
@quick
def test_a_rule_survives_being_written(chance):
    rule = cases.random_rule(chance, 1)
    assert Rule.from_json(rule.to_json()) == rule


def judge_one(rules, use):
    return judge([cases.Layer(tuple(rules), "a")], use)
