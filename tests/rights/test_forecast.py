"""What becomes unusable, when, and where it is live."""

from datetime import UTC, datetime

import pytest

from tests.rights.world import CONTRIBUTOR, OWNER, acting, of_asset
from tools.core.errors import Fixable
from tools.core.publications import Publication
from tools.core.rights.rules import Scope, ScopeKind
from tools.core.rights.statement import read_statement
from tools.core.rights.terms import RightsStatement


def record(world, text, *scopes):
    terms = read_statement(text, (), world.clock.now()).terms
    world.rights.record(RightsStatement(tuple(scopes), terms, confirmed=True), acting(OWNER))


def test_lists_what_ends_soonest_first_with_where_it_is_live(world):
    for name in ("soon", "later", "child", "never"):
        parent = "soon" if name == "child" else None
        world.add(name, parent_id=parent, step="resize" if parent else None)
    record(world, "for web until 31 December 2026", *of_asset("soon"))
    record(world, "for print in Germany until 15 January 2027", *of_asset("later"))
    record(world, "any use is fine", *of_asset("never"))
    with world.catalogue.writing() as records:
        at = world.clock.now()
        records.publications.put(Publication("k", "soon", 1, "website", "x", "plan", at))
    found = world.rights.forecast(60, OWNER)
    assert [one.asset.id for one in found] == ["soon", "child", "later"]
    assert found[0].live_on == ("website",)
    assert found[0].ends_at == datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    assert found[2].rule.channels == ("print",)
    assert [one.asset.id for one in world.rights.forecast(40, OWNER)] == ["soon", "child"]
    assert world.rights.forecast(10, OWNER) == []


def test_an_end_that_another_record_outlasts_is_no_loss(world):
    world.add("a", folder="/f")
    record(world, "for web until 31 December 2026", *of_asset("a"))
    record(world, "for web until 30 June 2027", Scope(ScopeKind.FOLDER, "/f"))
    assert world.rights.forecast(90, OWNER) == []
    assert [one.asset.id for one in world.rights.forecast(300, OWNER)] == ["a"]


def test_proposals_and_the_invisible_are_not_forecast(world):
    world.add("a")
    world.add("secret", audience=("lea",))
    world.rights.note(["a"], "web until 31 December 2026", None, None, acting(CONTRIBUTOR, "t"))
    record(world, "for web until 31 December 2026", *of_asset("secret"))
    assert world.rights.forecast(90, CONTRIBUTOR) == []
    assert len(world.rights.forecast(90, OWNER)) == 1


@pytest.mark.parametrize("days", [0, -1, 10**6])
def test_an_impossible_span_is_fixable(world, days):
    with pytest.raises(Fixable, match="between"):
        world.rights.forecast(days, OWNER)
