"""Tables are assets with columns, rows, a warning about persons, and are found by their values."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.world import World
from tools.core.assets import Field, MediaType
from tools.core.datasets import profiling
from tools.core.datasets.personal import personal_kind
from tools.core.datasets.profiling import profiled
from tools.core.datasets.schema import Kind
from tools.core.search.answers import SearchRequest

PEOPLE = """contact,e-mail,tel,visits,since,city,licence
Ana Souza,ana@example.org,+351 21 555 0101,12,2024-03-01,Lisbon,CC BY 4.0
Jan Visser,jan@example.org,+31 20 555 0102,7,2023-11-30,Utrecht,CC BY 4.0
Mia Weber,mia@example.org,030 5550103,"1,204",2025-01-15,Berlin,CC BY 4.0
"""


@pytest.fixture
def people(world: World, tmp_path: Path) -> World:
    (tmp_path / "people.csv").write_text(PEOPLE)
    many = "".join(f"{n};Town {n};{n / 4}\n" for n in range(300))
    (tmp_path / "towns.csv").write_text("id;town;share\n" + many + "300;Zzyzx;1.5\n")
    world.take(tmp_path / "people.csv", tmp_path / "towns.csv")
    return world


def columns(world: World, name: str) -> list[str]:
    return [value.value for value in world.values(world.named(name), Field.COLUMN)]


def test_a_table_is_described_column_by_column(people: World) -> None:
    assert people.named("people.csv").media_type is MediaType.DATASET
    assert columns(people, "people.csv") == [
        "contact: text, such as Ana Souza, Jan Visser, Mia Weber",
        "e-mail: text, personal data (e-mail)",
        "tel: text, personal data (phone)",
        "visits: number, 7 to 1,204",
        "since: date, 2023-11-30 to 2025-01-15",
        "city: text, such as Lisbon, Utrecht, Berlin",
        "licence: text, such as CC BY 4.0",
    ]
    assert people.first(people.named("people.csv"), Field.ROWS) == "3"
    assert people.first(people.named("towns.csv"), Field.ROWS) == "301"
    assert people.first(people.named("people.csv"), Field.LICENCE) == "CC BY 4.0"
    assert people.values(people.named("towns.csv"), Field.LICENCE) == []


def test_persons_in_a_table_are_warned_of(people: World) -> None:
    warned = people.first(people.named("people.csv"), Field.WARNING)
    told = [value.value for value in people.values(people.named("people.csv"), Field.WARNING)]
    assert "It seems to hold personal data: e-mail (e-mail), phone (tel)." in told, warned
    told = [value.value for value in people.values(people.named("towns.csv"), Field.WARNING)]
    assert not any("personal" in line for line in told)


def test_a_table_is_found_by_a_column_and_by_a_value_far_below(people: World) -> None:
    def names(query: str) -> list[str]:
        answer = people.search.find(SearchRequest(query), people.owner)
        return [hit.asset.file_name for hit in answer.hits]

    assert names('datasets with "zzyzx"') == ["towns.csv"]
    assert names("Utrecht visits") == ["people.csv"]
    assert names('"CC BY 4.0"') == ["people.csv"]
    why = people.search.find(SearchRequest('"town 299"'), people.owner).hits[0].why
    assert "Town 299" in why


def test_values_about_persons_are_no_search_words(world: World, tmp_path: Path) -> None:
    rows = "".join(f"p{n}@example.org,{n}\n" for n in range(200))
    (tmp_path / "mail.csv").write_text("address,n\n" + rows)
    world.take(tmp_path / "mail.csv")
    (text,) = world.values(world.named("mail.csv"), Field.TEXT)
    assert "p199@example.org" not in text.value


def test_a_table_of_before_is_described_at_the_next_reindex(people: World) -> None:
    towns = people.named("towns.csv")
    with people.catalogue.writing() as records:
        records.fields.retire(people.values(towns, Field.COLUMN), people.clock.now())
    assert columns(people, "towns.csv") == []
    people.ingest.reindex(lambda _done, _total, _note: None)
    assert len(columns(people, "towns.csv")) == 3


@pytest.mark.parametrize(
    ("cells", "kind", "least", "most"),
    [
        (["3", "-7", "12"], Kind.WHOLE, "-7", "12"),
        (["1,5", "0,25"], Kind.NUMBER, "0,25", "1,5"),
        (["1.204,50", "99"], Kind.NUMBER, "99", "1.204,50"),
        (["1,204,000", "5"], Kind.NUMBER, "5", "1,204,000"),
        (["2024-01-02", "2023-12-31T10:00"], Kind.DATE, "2023-12-31T10:00", "2024-01-02"),
        (["31.12.2023", "1.1.2024"], Kind.DATE, "", ""),
        (["yes", "No"], Kind.YES_NO, "", ""),
        (["", " "], Kind.EMPTY, "", ""),
        (["a", "1", ""], Kind.TEXT, "", ""),
    ],
)
def test_what_the_cells_of_a_column_are(
    cells: list[str], kind: Kind, least: str, most: str
) -> None:
    (column,) = profiled(["c"], [[cell] for cell in cells]).columns
    assert (column.kind, column.least, column.most) == (kind, least, most)


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("Email", [], "e-mail"),
        ("customer_email", [], "e-mail"),
        ("notes", ["write to", "x@y.org"], "e-mail"),
        ("phoneNumber", [], "phone"),
        ("n", ["+49 30 1234567", "030/7654321"], "phone"),
        ("n", ["0123456", "2024-01-01"], ""),
        ("Vorname", [], "name"),
        ("last name", [], "name"),
        ("name", ["Ana Souza", "Jan de Vries", "Mia Weber"], "name"),
        ("name", ["bottle", "cap"], ""),
        ("file_name", ["Ana Souza.jpg"], ""),
        ("氏名", [], "name"),
        ("Geburtsdatum", [], "date of birth"),
        ("IBAN", [], "identity number"),
        ("price", ["12", "1300"], ""),
        ("telescope", ["Hubble"], ""),
        ("email opens", ["12"], ""),
    ],
)
def test_columns_about_persons(name: str, values: list[str], kind: str) -> None:
    assert personal_kind(name, values) == kind


def test_many_rows_are_counted_and_the_first_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiling, "MOST_ROWS", 10)
    schema = profiled(["n"], ([str(n)] for n in range(25)))
    assert (schema.rows, schema.looked_at, schema.columns[0].most) == (25, 10, "9")


@given(
    st.lists(st.text(max_size=10), max_size=5),
    st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=12),
)
def test_any_table_has_a_description(names: list[str], rows: list[list[str]]) -> None:
    schema = profiled(names, rows)
    assert len(schema.columns) == len(names)
    assert schema.rows == len(rows)
    for column in schema.columns:
        assert column.description
        assert 0 <= column.filled <= 1
