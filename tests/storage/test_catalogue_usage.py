"""What chat models used, on both databases."""

from datetime import date, timedelta

import pytest

from tests.storage.things import emptied
from tools.adapters.catalogue import SqlCatalogue, schema
from tools.core.spending import DayUse, Use

DAY = date(2026, 11, 24)
SOME = Use(calls=1, input=100, output=20, cached=60, written=5, cost=7, unpriced=0, unreported=1)


def row(use=SOME, day=DAY, person="ana", host="h", model="m", held=None):
    return DayUse(day, person, host, model, use, held or Use())


def add(catalogue, *rows):
    with catalogue.writing() as records:
        for one in rows:
            records.usage.add(one)


def since(catalogue, day=DAY, person=None):
    with catalogue.reading() as records:
        return records.usage.since(day, person)


def test_use_of_a_day_is_added_up_by_person_host_and_model(catalogue):
    add(catalogue, row(), row(), row(person="bo"), row(host=""), row(model="n"))
    assert since(catalogue, person="ana") == [row(host=""), row(SOME + SOME), row(model="n")]
    assert [found.person for found in since(catalogue)] == ["ana", "ana", "ana", "bo"]


def test_days_stand_apart_and_are_listed_from_one_on(catalogue):
    add(catalogue, row(day=DAY - timedelta(days=1)), row(), row(day=DAY + timedelta(days=1)))
    assert [found.day.day for found in since(catalogue)] == [24, 25]


def test_what_is_held_is_let_go_again(catalogue):
    held = Use(input=500, output=50, cost=3)
    add(catalogue, row(Use(), held=held))
    assert since(catalogue) == [row(Use(), held=held)]
    add(catalogue, row(held=Use(input=-500, output=-50, cost=-3)))
    assert since(catalogue) == [row()]


def test_large_amounts_are_kept_exactly(catalogue):
    add(catalogue, row(Use(calls=1, cost=10**15)), row(Use(calls=1, cost=1)))
    assert since(catalogue)[0].use.cost == 10**15 + 1


def test_a_failed_transaction_counts_nothing(catalogue):
    with pytest.raises(AttributeError):
        add(catalogue, row(), None)
    assert since(catalogue) == []


def test_a_library_of_the_version_before_is_brought_forward(catalogue_url):
    empty = emptied(catalogue_url)
    schema.migrate(empty._engine, "0001")
    empty.close()
    old = SqlCatalogue(catalogue_url)
    add(old, row())
    assert since(old) == [row()]
    with old._engine.connect() as connection:
        assert schema.version_of(connection) == schema.SCHEMA_VERSION
    old.close()
