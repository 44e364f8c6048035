"""Counting, prices and budgets of chat models."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from agent.events import RefusedCall, Text, ToolUsed, Used
from agent.graph import Brain
from agent.prices import Prices, read_prices
from agent.thinking import Pause
from agent.usage import Budget, Budgets, Meter, read_budgets
from tests.application.talking import Talking, about
from tests.application.world import ANA, CON, PAT, World
from tests.fakes.clock import FixedClock
from tests.fakes.model import ScriptedModel
from tools.adapters.catalogue import SqlCatalogue
from tools.core.directory import OWNER
from tools.core.errors import Fixable, Refused
from tools.core.spending import NANOS, Use, total

OURS = """
[[price]]
model = "m"
input = 2.0
cached = 0.5
written = 2.5
output = 10.0
"""


class Remote:
    """An endpoint that never fails."""

    model = "m"
    host = "h"

    def pause(self, error: Exception, tries: int) -> Pause | None:
        return None

    def too_long(self, error: Exception) -> bool:
        return False


REMOTE = Remote()


def meter(folder, budget=None, clock=None, zone=UTC, prices=OURS):
    return Meter(
        catalogue=SqlCatalogue(f"sqlite:///{folder / 'catalogue.db'}"),
        clock=clock or FixedClock(),
        prices=read_prices(prices),
        budgets=Budgets(budget or Budget()),
        zone=zone,
    )


def spend(counts, person=ANA, use=None, tokens=100):
    """Ask once, and use what was asked for."""
    return counts.settle(
        counts.hold(person, REMOTE, tokens), use or Use(1, input=tokens, output=500)
    )


def test_a_price_counts_each_kind_of_token_once():
    prices = read_prices(OURS)
    use = Use(calls=1, input=1000, output=100, cached=600, written=100)
    cost = 300 * Decimal("2e-6") + 600 * Decimal("0.5e-6") + 100 * Decimal("2.5e-6")
    cost += 100 * Decimal("10e-6")
    assert prices.priced(use, "h", "m").cost == int(cost * NANOS)
    assert prices.words(prices.priced(use, "h", "m").cost) == "0.0022 USD"


def test_without_other_prices_cached_input_costs_as_much_as_any():
    prices = read_prices('[[price]]\nmodel = "m"\ninput = 1\noutput = 1')
    use = Use(calls=1, input=10, output=0, cached=10)
    assert prices.priced(use, "h", "m").cost == 10_000


def test_a_price_that_is_not_known_is_not_made_up():
    use = Use(calls=2, input=1000, output=100)
    for host, model in (("h", "other"), ("my.own.host", "gpt-5-mini")):
        priced = read_prices().priced(use, host, model)
        assert (priced.cost, priced.unpriced) == (0, 2)


def test_the_prices_that_come_along_have_a_date_and_a_source():
    known = read_prices()
    assert known._prices
    for price in known._prices:
        assert price.date
        assert price.source.startswith("https://")
        assert 0 < price.cached <= price.input < price.output


def test_a_name_with_a_date_has_the_price_of_the_name():
    known = read_prices()
    plain = known.of("api.openai.com", "gpt-5-mini")
    assert plain is not None
    assert known.of("api.openai.com", "gpt-5-mini-2025-08-07") == plain
    assert known.of("api.openai.com", "gpt-5-minimal") is None


def test_a_teams_own_price_comes_first_and_another_currency_stands_alone():
    own = read_prices('[[price]]\nmodel = "gpt-5-mini"\ninput = 9\noutput = 9')
    found = own.of("api.openai.com", "gpt-5-mini")
    assert found is not None
    assert found.input == Decimal(9_000_000_000) / 1_000_000
    euro = read_prices('currency = "EUR"\n[[price]]\nmodel = "m"\ninput = 1\noutput = 1')
    assert euro.of("h", "m")
    assert euro.of("api.openai.com", "gpt-5-mini") is None


@pytest.mark.parametrize(
    "text",
    [
        "[[price]]\nmodel = 'm'\ninput = 1",
        "[[price]]\ninput = 1\noutput = 1",
        "[[price]]\nmodel = 'm'\ninput = -1\noutput = 1",
        "[[price]]\nmodel = 'm'\ninput = 'much'\noutput = 1",
        "[[price]",
    ],
)
def test_a_price_that_cannot_be_used_is_named(text):
    with pytest.raises(Fixable, match=r"prices\.toml"):
        read_prices(text)


def test_budgets_are_everybodys_unless_a_person_has_their_own():
    users = """
    [[user]]
    id = "ana"
    roles = ["librarian"]
    budget_tokens = 500
    [[user]]
    id = "pat"
    roles = ["publisher"]
    budget_cost = 0.5
    """
    budgets = read_budgets(Budget(tokens=100, cost=7), users)
    assert budgets.of("ana") == Budget(500, 7)
    assert budgets.of("pat") == Budget(100, NANOS // 2)
    assert budgets.of("owner") == Budget(100, 7)


@pytest.mark.parametrize("line", ["budget_tokens = -1", "budget_tokens = 'x'", "budget_cost = -1"])
def test_a_budget_that_is_none_is_named(line):
    with pytest.raises(Fixable, match=r"users\.toml: budget_.* of ana"):
        read_budgets(Budget(), f"[[user]]\nid = 'ana'\nroles = []\n{line}")


def test_a_budget_of_tokens_ends_before_it_is_run_over(tmp_path):
    counts = meter(tmp_path, Budget(tokens=2000))
    for _ in range(3):
        spend(counts)
    with pytest.raises(Refused, match="2,000 tokens, does not reach") as refused:
        spend(counts)
    for words in ("1,800 used", "midnight", "/search_assets query=dogs", "approve ID", "/usage"):
        assert words in str(refused.value)
    assert total(row.use for row in counts.days(1)).tokens == 1800


def test_a_budget_of_money_ends_too(tmp_path):
    counts = meter(tmp_path, Budget(cost=NANOS // 100))
    spend(counts)
    with pytest.raises(Refused, match=r"0\.0100 USD, does not reach .* \(0\.0052 USD used\)"):
        spend(counts)


def test_a_budget_of_money_without_a_price_lets_nothing_through(tmp_path):
    counts = meter(tmp_path, Budget(cost=NANOS), prices="")
    with pytest.raises(Refused, match=r"no price is known of m\. Enter it into prices\.toml"):
        spend(counts)


def test_the_budget_of_one_is_not_that_of_another(tmp_path):
    counts = meter(tmp_path, Budget(tokens=700))
    spend(counts)
    with pytest.raises(Refused):
        spend(counts)
    spend(counts, PAT)


def test_a_day_ends_at_midnight_of_the_place(tmp_path):
    clock = FixedClock(datetime(2026, 11, 24, 22, 30, tzinfo=UTC))
    counts = meter(tmp_path, Budget(tokens=700), clock, timezone(timedelta(hours=1)))
    spend(counts)
    clock.move(minutes=29)
    with pytest.raises(Refused):
        spend(counts)
    clock.move(minutes=1)
    spend(counts)
    assert [row.day.day for row in counts.days(2)] == [24, 25]


def test_many_who_ask_at_once_do_not_run_over_the_budget(tmp_path):
    meter(tmp_path)
    gate = threading.Barrier(6)
    outcomes = []

    def process():
        counts = meter(tmp_path, Budget(tokens=2000))
        gate.wait()
        try:
            held = counts.hold(ANA, REMOTE, 100)
        except Refused:
            outcomes.append(False)
            gate.wait()
        else:
            outcomes.append(True)
            gate.wait()
            counts.settle(held, Use(1, input=100, output=500))

    threads = [threading.Thread(target=process) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True, True, True]
    (row,) = meter(tmp_path).days(1)
    assert row.use.tokens == 1800
    assert row.held == Use()


def test_a_call_that_never_came_back_counts_as_what_was_held(tmp_path):
    counts = meter(tmp_path, Budget(tokens=700))
    counts.hold(ANA, REMOTE, 100)
    with pytest.raises(Refused):
        counts.hold(ANA, REMOTE, 100)


def test_a_model_of_this_machine_is_counted_and_costs_no_budget(tmp_path):
    counts = meter(tmp_path, Budget(tokens=700))
    counts.count(ANA, Use(calls=3))
    spend(counts)
    told = counts.told(ANA)
    assert "the model of this machine: 3 calls, at no cost" in told
    assert "Left until midnight: 100 of 700 tokens." in told
    assert "m at h: 1 call, 100 tokens in, 500 out, 0.0052 USD" in told


def test_others_use_is_shown_to_admins_only(tmp_path):
    counts = meter(tmp_path)
    spend(counts, ANA)
    spend(counts, PAT)
    assert [view.person for view in counts.views(ANA, 7)] == ["ana"]
    assert [view.person for view in counts.views(OWNER, 7, everybody=True)] == ["ana", "pat"]
    with pytest.raises(Refused, match="for admins"):
        counts.views(ANA, 7, everybody=True)


@pytest.fixture
def remote(tmp_path):
    """Lend a conversation with a scripted model that is paid for, and a budget for one call."""
    world = World(tmp_path)
    world.asset("fig")
    model = ScriptedModel(script=[], heard=[])
    brain = Brain(model, [], about, remote=REMOTE)
    talk = Talking(tmp_path, world, brain, Budgets(Budget(tokens=560)), Prices([]))
    talk.model = model
    yield talk
    talk.close()


def test_a_used_up_budget_stops_a_turn_politely_and_commands_go_on(remote):
    script = ("check_rights", {"asset_ids": ["fig"]})
    events = remote.ask("may we use it?", script, "Never asked.", viewer=OWNER)
    assert [event.outcome for event in events if isinstance(event, ToolUsed)] == ["done"]
    (refused,) = [event for event in events if isinstance(event, RefusedCall)]
    assert "begins anew at midnight" in refused.text
    assert len(remote.model.heard) == 1
    assert isinstance(events[-2], Used)
    done = remote.ask('/check_rights asset_ids=["fig"]', viewer=OWNER)
    assert [event.outcome for event in done if isinstance(event, ToolUsed)] == ["done"]
    (told,) = [event for event in remote.ask("/usage", viewer=OWNER) if isinstance(event, Text)]
    assert "Left until midnight" in told.text


def test_a_budget_of_yesterday_is_no_budget_of_today(remote):
    remote.ask("hello", "Hello. " * 60, viewer=CON)
    refused = remote.ask("hello", viewer=CON)
    assert any(isinstance(event, RefusedCall) for event in refused)
    remote.world.clock.move(days=1)
    events = remote.ask("hello", "Hello.", viewer=CON, thread="t-2")
    assert not any(isinstance(event, RefusedCall) for event in events)


def test_the_catalogue_keeps_no_text_of_what_was_said(remote):
    remote.ask("a very secret request", "A secret answer.", viewer=OWNER)
    with remote.world.catalogue.reading() as records:
        rows = records.usage.since(remote.world.clock.now().date())
    assert rows
    assert "secret" not in str(rows)


def test_a_model_without_an_endpoint_is_counted_by_calls(tmp_path):
    talk = Talking(tmp_path)
    events = talk.ask("hello", "Hello.", viewer=OWNER)
    (used,) = [event for event in events if isinstance(event, Used)]
    assert used == Used("local", 1)
    assert "the model of this machine: 1 call" in talk.meter.told(OWNER)
    talk.close()
