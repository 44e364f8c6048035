"""Countries in eight languages, groups, and finding them in sentences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.core.errors import Fixable
from tools.core.rights.territories import area, mentions, name_of, territory_code
from tools.core.rights.territory_names import NAMES

ROWS = [line.split("|") for line in NAMES.strip().splitlines()]


def test_every_country_has_a_name_in_each_of_eight_languages():
    assert len(ROWS) == 250
    assert all(len(row) == 9 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_name_means_its_country_however_it_is_written(row):
    code, *names = row
    assert territory_code(code.lower()) == code
    for name in names:
        assert territory_code(f" {name.upper()} ") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("germany", "DE"),
        ("Alemanha", "DE"),
        ("ドイツ", "DE"),
        ("the Netherlands", "NL"),
        ("Hollande", "NL"),
        ("UK", "GB"),
        ("u.s.a.", "US"),
        ("EUA", "US"),
        ("Etats-Unis", "US"),
        ("Österreich", "AT"),
        ("osterreich", "AT"),
        ("Côte d’Ivoire", "CI"),
        ("eu", "EU"),
        ("European Union", "EU"),
        ("EWR", "EEA"),
        ("DACH", "DACH"),
        ("Benelux", "BENELUX"),
        ("worldwide", "WORLD"),
        ("weltweit", "WORLD"),
        ("全世界", "WORLD"),
        ("north america", "NORTH-AMERICA"),
    ],
)
def test_what_people_call_territories(text, code):
    assert territory_code(text) == code


@pytest.mark.parametrize(("text", "hint"), [("Germny", "Did you mean Germany"), ("", "Name a")])
def test_an_unknown_territory_says_what_to_do(text, hint):
    with pytest.raises(Fixable, match=hint):
        territory_code(text)


def test_groups_hold_their_members():
    assert len(area(("EU",))) == 27
    assert area(("EEA",)) - area(("EU",)) == {"IS", "LI", "NO"}
    assert area(("DACH",)) == {"DE", "AT", "CH"}
    assert "GB" not in area(("EU",))
    assert "GB" in area(("EUROPE",))
    assert area(()) is area(("DE", "WORLD")) is None
    assert all(code in {row[0] for row in ROWS} for code in area(("EUROPE", "SOUTH-AMERICA")))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("web in the EU and the United States", ["EU", "US"]),
        ("it is for us in Germany, no more", ["DE"]),
        ("in US or UK", ["US", "GB"]),
        ("Bosnia & Herzegovina and North Macedonia", ["BA", "MK"]),
        ("French people in france", ["FR"]),
        ("everywhere but Japan", ["WORLD", "JP"]),
        ("NO CROPS IN ITALY", ["IT"]),
        ("no AI, NO crops, in DE, AT or CH", ["DE", "AT", "CH"]),
    ],
)
def test_finds_territories_in_sentences(text, codes):
    assert [found.code for found in mentions(text)] == codes


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_territory_or_fixable(text):
    mentions(text)
    try:
        code = territory_code(text)
    except Fixable:
        return
    assert name_of(code)
