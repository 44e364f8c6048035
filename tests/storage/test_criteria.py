"""Criteria find what a naive reading of them finds, alike on SQLite and PostgreSQL."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.naive_filter import Row, meets
from tests.storage.things import NOON, OWNER, add, new_asset, publication, value
from tools.adapters.catalogue import SqlCatalogue
from tools.core.assets import AssetState, Field, MediaType, Source
from tools.core.criteria import (
    ALWAYS,
    NEVER,
    AllOf,
    Among,
    AnyOf,
    Between,
    Cleared,
    Coloured,
    During,
    Keyed,
    Known,
    Not,
    Shows,
    Trait,
    loosened,
)
from tools.core.ingest.evidence import Evidence, faces_to_json
from tools.core.perception import Box, Seen
from tools.core.records import AssetFilter

BOX = Box(0, 0, 1, 1)
STATES = tuple(AssetState)
COLOURS = ("teal", "red", "light blue")
TAGS = ("Spring", "Äpfel", "%", "draft")
AUTHORS = ("Jane Doe", "JÜRGEN", "ana")
CHANNELS = ("website", "instagram")
SIZES = ((1600, 900), (900, 1600), (1000, 1000), (None, None))
DATES = (
    None,
    "2024",
    "2024-02",
    "2023-12-31",
    "2023-12-31T23:30:00",
    "2024-01-01T00:30:00+09:00",
    "2023-12-31T23:59:59-05:00",
    "2024-03-05T12:00:00Z",
    "no date",
    "2024-02-31",
)
# First moment, last second and the lead over UTC in hours of each of them.
STRETCHES = {
    "2024": (datetime(2024, 1, 1), datetime(2024, 12, 31, 23, 59, 59), None),
    "2024-02": (datetime(2024, 2, 1), datetime(2024, 2, 29, 23, 59, 59), None),
    "2023-12-31": (datetime(2023, 12, 31), datetime(2023, 12, 31, 23, 59, 59), None),
    "2023-12-31T23:30:00": (datetime(2023, 12, 31, 23, 30),) * 2 + (None,),
    "2024-01-01T00:30:00+09:00": (datetime(2024, 1, 1, 0, 30),) * 2 + (9,),
    "2023-12-31T23:59:59-05:00": (datetime(2023, 12, 31, 23, 59, 59),) * 2 + (-5,),
    "2024-03-05T12:00:00Z": (datetime(2024, 3, 5, 12),) * 2 + (0,),
}


class Shelf:
    """Fills a catalogue with varied assets and keeps plain rows of the same."""

    def __init__(self, catalogue):
        self.catalogue, self.rows, self.random = catalogue, [], random.Random(7)

    def fill(self, count):
        for number in range(count):
            self.rows.append(self.one(number))
        return self

    def one(self, number):
        pick, name = self.random.choice, f"a{number}"
        width, height = pick(SIZES)
        parent = pick(self.rows) if self.rows and self.random.random() < 0.4 else None
        kind, added = pick(tuple(MediaType)), NOON + timedelta(days=self.random.randrange(-40, 40))
        file = {"width": width, "height": height, "bytes": self.random.randrange(5000),
                "duration": pick((None, 1.5, 30.0, 90.0)), "pages": pick((None, 1, 12)),
                "added_at": added}  # fmt: skip
        (asset,) = add(self.catalogue, new_asset(name, kind, file, parent_id=parent and parent.id))
        row = Row(asset.key, name, added=added, parent=parent)
        row.one = {Trait.TYPE: kind, Trait.STATUS: AssetState.ACTIVE}
        row.one |= {Trait.BYTES: file["bytes"], Trait.TITLE: "yes"}
        shape = {Trait.WIDTH: width, Trait.HEIGHT: height, Trait.ORIENTATION: asset.orientation,
                 Trait.PIXELS: width and width * height, Trait.DURATION: file["duration"],
                 Trait.PAGES: file["pages"]}  # fmt: skip
        row.one |= {trait: found for trait, found in shape.items() if found is not None}
        self.describe(row)
        return row

    def describe(self, row):
        pick, some = self.random.choice, self.random.sample
        values = [value(row.id, "Title", Field.TITLE)]
        tags, author, language = (
            some(TAGS, pick((0, 1, 2))),
            pick((None, *AUTHORS)),
            pick(("de", None)),
        )
        values += [value(row.id, tag) for tag in tags]
        values += [value(row.id, author, Field.CREATOR)] if author else []
        values += [value(row.id, language, Field.LANGUAGE)] if language else []
        values += [value(row.id, "alt", Field.ALT_TEXT)] if (alt := pick((True, False))) else []
        row.colours = {
            name: round(self.random.random() / 2, 4) for name in some(COLOURS, pick((0, 1, 2)))
        }
        values += [
            value(row.id, name, Field.COLOUR, Source.MODEL, "palette", sure=share)
            for name, share in row.colours.items()
        ]
        date, faces, persons = pick(DATES), pick((None, 0, 2)), pick((None, 0, 1, 3))
        values += [value(row.id, date, Field.CAPTURED_AT, Source.FILE)] if date else []
        row.taken = STRETCHES.get(date)
        if faces is not None:
            seen = (Seen("face", 0.9, BOX),) * faces
            values.append(value(row.id, faces_to_json(seen), Field.FACES, Source.MODEL))
        if persons is not None:
            seen = (
                *(Seen("person", 0.8, BOX),) * persons,
                Seen("person", 0.3, BOX),
                Seen("dog", 0.9),
            )
            values.append(value(row.id, Evidence(seen).to_json(), Field.EVIDENCE, Source.MODEL))
        if faces is not None or persons is not None:
            row.one[Trait.PEOPLE] = max(faces or 0, persons or 0)
        row.many = {Trait.TAG: tags, Trait.AUTHOR: [author] if author else [],
                    Trait.LANGUAGE: [language] if language else [],
                    Trait.ALT_TEXT: ["alt"] if alt else []}  # fmt: skip
        used, live = pick(CHANNELS), pick((True, False, None))
        state = pick(STATES)
        with self.catalogue.writing() as records:
            records.fields.put(values)
            if pick((True, False)):
                records.collections.add("Größe", [row.id], "jane", NOON)
                row.many[Trait.COLLECTION] = ["Größe"]
            if live is not None:
                told = replace(publication(f"k-{row.id}", row.id), channel=used)
                records.publications.put(told)
                row.many[Trait.USED] = [used]
                row.many[Trait.LIVE] = [used] if live else []
                if not live:
                    records.publications.withdrawn(told.key, NOON)
            records.assets.set_state(row.id, state, NOON)
        row.one[Trait.STATUS] = state


MOMENTS = st.sampled_from(
    [
        datetime(2023, 12, 31, 23, 30),
        datetime(2024, 1, 1),
        datetime(2024, 3, 1),
        datetime(2025, 1, 1),
    ]
)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))])
BOUNDS = st.none() | st.builds(lambda m, z: m.replace(tzinfo=z), MOMENTS, ZONES)
ADDED = st.none() | st.integers(-50, 50).map(lambda days: NOON + timedelta(days=days))
NUMBERS = st.none() | st.sampled_from([0, 1, 2, 3, 29.5, 30, 900, 1000, 1600, 900_000, 2500, 1e12])
MEASURED = st.sampled_from(
    [
        Trait.PEOPLE,
        Trait.BYTES,
        Trait.WIDTH,
        Trait.HEIGHT,
        Trait.PIXELS,
        Trait.DURATION,
        Trait.PAGES,
    ]
)
VALUES = st.one_of(
    st.builds(Among, st.just(Trait.TYPE), st.lists(st.sampled_from(MediaType)).map(tuple)),
    st.builds(Among, st.just(Trait.STATUS), st.lists(st.sampled_from(STATES)).map(tuple)),
    st.builds(Among, st.just(Trait.ORIENTATION), st.just(("portrait", "Square"))),
    st.builds(
        Among, st.just(Trait.TAG), st.lists(st.sampled_from([*TAGS, "äPFEL", "'"])).map(tuple)
    ),
    st.builds(
        Among, st.just(Trait.AUTHOR), st.sampled_from([*AUTHORS, "jürgen"]).map(lambda a: (a,))
    ),
    st.builds(Among, st.just(Trait.COLLECTION), st.sampled_from([("größe",), ("x", "GRÖSSE"), ()])),
    st.builds(Among, st.just(Trait.LANGUAGE), st.just(("DE", "fr"))),
    st.builds(Among, st.sampled_from([Trait.USED, Trait.LIVE]), st.just(("website",))),
    st.builds(Among, st.just(Trait.PARENT), st.integers(0, 30).map(lambda n: (f"a{n}", "zz"))),
)
LEAVES = st.one_of(
    VALUES,
    st.builds(Known, st.sampled_from(sorted(set(Trait) - {Trait.DESCRIPTION, Trait.TEXT}))),
    st.builds(Between, MEASURED, NUMBERS, NUMBERS),
    st.builds(During, st.just(Trait.TAKEN), BOUNDS, BOUNDS),
    st.builds(During, st.just(Trait.ADDED), ADDED, ADDED),
    st.builds(Coloured, st.sampled_from([("teal",), COLOURS]), st.floats(0.01, 1)),
    st.builds(Keyed, st.lists(st.integers(0, 60)).map(tuple)),
)  # fmt: skip
CRITERIA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
EVERY_STATE = AssetFilter(states=STATES)


def found(catalogue, criterion):
    with catalogue.reading() as records:
        return records.assets.keys(AssetFilter(states=STATES, where=criterion), OWNER)


def test_criteria_find_what_a_naive_filter_finds(catalogue):
    shelf = Shelf(catalogue).fill(40)
    seen = set()

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(criterion=CRITERIA)
    def check(criterion):
        expected = [row.key for row in shelf.rows if meets(row, criterion)]
        assert found(catalogue, criterion) == expected
        seen.add(len(expected))

    check()
    assert len(seen) > 10


def test_every_condition_by_itself_and_its_opposite(catalogue):
    shelf = Shelf(catalogue).fill(40)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(leaf=LEAVES)
    def check(leaf):
        inside = {row.key for row in shelf.rows if meets(row, leaf)}
        assert set(found(catalogue, leaf)) == inside
        assert set(found(catalogue, Not(leaf))) == {row.key for row in shelf.rows} - inside

    check()


def test_always_and_never(catalogue):
    shelf = Shelf(catalogue).fill(3)
    assert found(catalogue, ALWAYS) == [row.key for row in shelf.rows]
    assert found(catalogue, NEVER) == []


def test_what_others_must_tell_first_is_not_guessed(catalogue):
    with pytest.raises(AssertionError, match="resolved"):
        found(catalogue, Not(Shows("cats")))


def test_loosening_lets_through_what_others_must_tell():
    teal = Coloured(("teal",), 0.5)
    asked = AllOf((teal, Cleared(), Not(AnyOf((Shows("cats"), teal)))))
    assert loosened(asked) == AllOf((teal, ALWAYS, Not(AnyOf((NEVER, teal)))))


def test_people_and_dates_follow_the_values_in_force(catalogue):
    (asset,) = add(catalogue, new_asset("a1"))
    two = faces_to_json((Seen("face", 0.9, BOX),) * 2)
    taken = During(Trait.TAKEN, datetime(2024, 1, 1), datetime(2025, 1, 1))
    said = [value("a1", two, Field.FACES), value("a1", "2024-05-01", Field.CAPTURED_AT)]
    with catalogue.writing() as records:
        records.fields.put(said)
    assert found(catalogue, AllOf((Between(Trait.PEOPLE, 2, 2), taken))) == [asset.key]
    with catalogue.writing() as records:
        records.fields.put([value("a1", "2025-05-01", Field.CAPTURED_AT)])
    assert found(catalogue, taken) == []
    with catalogue.writing() as records:
        records.fields.retire(records.fields.current(["a1"]), NOON)
    assert found(catalogue, AnyOf((Known(Trait.PEOPLE), Known(Trait.TAKEN)))) == []


def test_an_older_library_can_be_filtered_once_it_is_opened(catalogue_url):
    older = SqlCatalogue(catalogue_url)
    shelf = Shelf(older).fill(40)
    with older._engine.begin() as connection:
        for name in ("taken_first", "taken_last", "taken_offset", "people"):
            connection.execute(sa.text(f"ALTER TABLE assets DROP COLUMN {name}"))
        for name in ("taxonomies", "companions", "cloud_grants", "cloud_sendings"):
            connection.execute(sa.text(f"DROP TABLE {name}"))
        connection.execute(sa.text("UPDATE field_values SET folded = '' WHERE field != 'tag'"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0006'"))
    older.close()
    opened = SqlCatalogue(catalogue_url)
    for criterion in (
        Between(Trait.PEOPLE, 0, 0),
        Known(Trait.TAKEN),
        During(Trait.TAKEN, datetime(2024, 1, 1, tzinfo=UTC)),
        Coloured(("teal", "red"), 0.1),
        Among(Trait.AUTHOR, ("jürgen",)),
    ):
        expected = [row.key for row in shelf.rows if meets(row, criterion)]
        assert found(opened, criterion) == expected != []
    opened.close()
