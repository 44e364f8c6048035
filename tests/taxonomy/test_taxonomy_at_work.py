"""A taxonomy changes nothing until a person accepts it; then labels become concepts."""

from pathlib import Path

import pytest
from PIL import Image

from tests.library.world import World
from tools.core.assets import Field, Source
from tools.core.errors import Fixable, Refused
from tools.core.people import Role, Viewer
from tools.core.search.answers import Band, SearchRequest
from tools.core.taxonomy.concepts import Concept, Label, Taxonomy
from tools.core.taxonomy.mapping import Mapper

TOM = Viewer("tom", "Tom", frozenset({Role.CONTRIBUTOR}))
LIA = Viewer("lia", "Lia", frozenset({Role.LIBRARIAN}))


def quiet(*_: object) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture
def full(world: World, tmp_path: Path) -> World:
    folder = tmp_path / "shots"
    folder.mkdir()
    for name, colour in (("one.png", "red"), ("two.png", "blue"), ("three.png", "green")):
        Image.new("RGB", (160, 90), colour).save(folder / name)
    (folder / "letter.txt").write_text("Dear Ana, the club opens in June with 40 chairs.")
    world.take(folder)
    return world


def tags(world: World, name: str) -> dict[str, Source]:
    return {v.value: v.source for v in world.values(world.named(name), Field.TAG)}


def found(world: World, query: str, **more: object) -> list[str]:
    answer = world.search.find(SearchRequest(query, **more), world.owner)  # type: ignore[arg-type]
    return sorted(hit.asset.file_name for hit in answer.hits if hit.band is Band.STRONG)


def test_nothing_is_tagged_before_a_person_accepts(full: World, animals: Path) -> None:
    full.taxonomies.propose(animals, full.owner)
    full.ingest.reindex(quiet)
    assert tags(full, "one.png") == {}
    assert full.taxonomies.taxonomy() is None
    with pytest.raises(Fixable, match="accepted"):
        full.taxonomies.candidates(full.owner)
    accepted = full.taxonomies.accept(LIA, quiet)
    assert accepted.kept.accepted_by == "lia"
    assert tags(full, "one.png") == {"dog": Source.MODEL}
    assert tags(full, "two.png") == {"aircraft": Source.MODEL}
    assert tags(full, "three.png") == {}
    with full.catalogue.reading() as records:
        rows = [row for row in records.audit.rows() if row.action.startswith("taxonomy")]
    assert [row.action for row in rows] == ["taxonomy.proposed", "taxonomy.accepted"]
    assert rows[-1].actor_name == "lia"
    assert accepted.kept.sha256 in (rows[-1].payload or "")


def test_tags_say_which_model_saw_what(full: World, animals: Path) -> None:
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    (tag,) = full.values(full.named("one.png"), Field.TAG)
    assert (tag.by, tag.confidence) == ("rules 1: “dog” is its name", 0.9)


def test_a_broader_concept_finds_narrower_ones(full: World, animals: Path) -> None:
    assert "one.png" not in found(full, "living beings")
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    for query in (
        "living beings",
        "Lebewesen",
        "pets",
        "野生動物",
        "tagged fauna",
        "#creature #pet",
    ):
        assert found(full, query) == (["one.png"] if "#creature" not in query else []), query
    assert found(full, "", tag="living beings") == ["one.png"]
    assert found(full, "#haustier") == ["one.png"]
    assert found(full, "not tagged animal", media_type=None) == [
        "letter.txt", "three.png", "two.png",
    ]  # fmt: skip
    assert found(full, "vehicles") == ["two.png"]


def test_tags_are_told_in_the_language_of_the_query(full: World, animals: Path) -> None:
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    answer = full.search.find(SearchRequest("zeig mir die Lebewesen"), full.owner)
    assert "tag 'Hund'" in answer.hits[0].why
    english = full.search.find(SearchRequest("living beings"), full.owner)
    assert "tag 'Dog'" in english.hits[0].why


def test_what_a_person_said_is_not_said_again(full: World, animals: Path) -> None:
    full.tagging.tag([full.named("one.png").id], ["Hund"], [], full.me)
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    assert tags(full, "one.png") == {"hund": Source.PERSON}
    assert found(full, "#animal") == ["one.png"]


def test_new_files_and_another_taxonomy_are_tagged_too(
    full: World, animals: Path, tmp_path: Path
) -> None:
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    Image.new("RGB", (99, 90), "red").save(tmp_path / "late.png")
    full.take(tmp_path / "late.png")
    assert tags(full, "late.png") == {"dog": Source.MODEL}
    table = tmp_path / "other.csv"
    table.write_text("id,broader,prefLabel@en\n1,,Vegetables\n2,,Retriever\n")
    full.taxonomies.propose(table, full.owner)
    assert tags(full, "late.png") == {"dog": Source.MODEL}
    full.taxonomies.accept(full.owner, quiet)
    assert tags(full, "late.png") == {"retriever": Source.MODEL}
    assert tags(full, "three.png") == {"vegetables": Source.MODEL}
    full.ingest.reindex(quiet)
    assert tags(full, "three.png") == {"vegetables": Source.MODEL}


def test_words_that_fit_nothing_are_proposed_and_not_invented(full: World, animals: Path) -> None:
    full.tagging.tag([full.named("letter.txt").id], ["beach club"], [], full.me)
    full.taxonomies.propose(animals, full.owner)
    full.taxonomies.accept(full.owner, quiet)
    words = {one.word: (one.origin, one.assets) for one in full.taxonomies.candidates(LIA)}
    assert words == {"broccoli": ("model", 2), "beach club": ("person", 1)}


def test_who_may_only_contribute_is_refused(full: World, animals: Path) -> None:
    for act in (
        lambda: full.taxonomies.propose(animals, TOM),
        lambda: full.taxonomies.accept(TOM, quiet),
        lambda: full.taxonomies.candidates(TOM),
    ):
        with pytest.raises(Refused, match="librarians"):
            act()
    with pytest.raises(Fixable, match="No taxonomy waits"):
        full.taxonomies.accept(LIA, quiet)
    with pytest.raises(Fixable, match="no file"):
        full.taxonomies.propose(animals.with_name("gone.ttl"), LIA)


def test_labels_map_by_name_by_lexicon_and_by_kind(world: World) -> None:
    concepts = [("Fahrzeug", "de"), ("Hund", "de"), ("musical instrument", "en"), ("plant", "en")]
    taxonomy = Taxonomy(tuple(Concept(f"urn:{n}", (Label(x, n),)) for n, x in concepts))
    names = list(world.vision.label_names)
    names[0], names[402], names[217] = "tench", "acoustic guitar", "English springer, spaniel"
    mapper = Mapper(taxonomy, embedder=world.embedder, label_names=lambda: names)

    def mapped(label: str) -> str:
        one = mapper.mapped(label)
        return one.concept.name("en") if one else ""

    assert mapped("Hund") == "Hund"
    assert mapped("dog") == "Hund"
    assert mapped("English springer, spaniel") == "Hund"
    assert mapped("acoustic guitar") == "musical instrument"
    assert mapped("suspension bridge") == ""
