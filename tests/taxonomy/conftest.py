"""A whole library, and taxonomies in the formats that thesauri are exported as."""

from pathlib import Path

import pytest

from tests.fakes.clock import FixedClock
from tests.library.world import World

ANIMALS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/things/> .

:scheme a skos:ConceptScheme ; skos:prefLabel "Things"@en .
:creature a skos:Concept ;
    skos:prefLabel "Living beings"@en, "Lebewesen"@de, "野生動物"@ja .
:animal a skos:Concept ; skos:broader :creature ;
    skos:prefLabel "Animal"@en, "Tier"@de, "animal"@fr ; skos:altLabel "fauna"@en .
:pet a skos:Concept ; skos:broader :animal ;
    skos:prefLabel "Pet"@en, "Haustier"@de .
:dog a skos:Concept ; skos:broader :pet ;
    skos:prefLabel "Dog"@en, "Hund"@de, "chien"@fr, "犬"@ja ; skos:altLabel "hound"@en .
:vehicle a skos:Concept ; skos:prefLabel "Vehicle"@en, "Fahrzeug"@de ; skos:narrower :aircraft .
:aircraft a skos:Concept ; skos:prefLabel "Aircraft"@en, "Luftfahrzeug"@de ;
    skos:altLabel "airplane"@en .
"""


@pytest.fixture
def world(tmp_path: Path, clock: FixedClock) -> World:
    """Give an empty library whose jobs run at once."""
    return World(tmp_path, clock)


@pytest.fixture
def animals(tmp_path: Path) -> Path:
    """Give a small taxonomy in Turtle."""
    path = tmp_path / "animals.ttl"
    path.write_text(ANIMALS, encoding="utf-8")
    return path
