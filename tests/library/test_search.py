"""Search finds by kind, word and meaning, hides what is weak, and shows each viewer their own."""

from pathlib import Path

import pytest

from tests.library.world import World
from tools.core.assets import MediaType, Orientation
from tools.core.errors import Fixable
from tools.core.ingest.outcomes import IngestOptions
from tools.core.people import Role, Viewer
from tools.core.rights.uses import Outcome
from tools.core.search.answers import SearchRequest
from tools.core.search.example import Example, LikeRequest


def names(world: World, query: str, viewer: Viewer | None = None, **request: object) -> list[str]:
    asked = SearchRequest(query, **request)  # type: ignore[arg-type]
    answer = world.search.find(asked, viewer or world.owner)
    return [hit.asset.file_name for hit in answer.hits]


@pytest.fixture
def full(world: World, album: Path) -> World:
    world.take(album)
    return world


@pytest.mark.parametrize("query", ["animals", "Tiere", "dogs", "perros", "犬", "golden retriever"])
def test_kinds_and_labels_find_the_dog_alone(full: World, query: str) -> None:
    assert names(full, query) == ["red_dog.png"]


def test_words_in_pictures_and_documents_are_found(full: World) -> None:
    assert names(full, "summer sale") == ["blue sky.png"]
    assert names(full, "beach club") == ["letter.txt"]
    assert names(full, "Lisbon prices")[0] == "prices.csv"


@pytest.mark.parametrize("query", ["Himmel", "ciel bleu", "cielo azul", "空", "blauwe lucht"])
def test_english_names_are_found_in_other_languages(full: World, query: str) -> None:
    assert names(full, query) == ["blue sky.png"]


def test_other_languages_are_found_in_english_and_with_the_word_that_matched(
    world: World, album: Path
) -> None:
    (album / "red_dog.png").rename(album / "puente viejo.png")
    world.take(album)
    (hit,) = world.search.find(SearchRequest("bridge"), world.owner).hits
    assert hit.asset.file_name == "puente viejo.png"
    assert hit.why == "title 'Puente viejo'"


def test_nonsense_finds_nothing_strong(full: World) -> None:
    for query in ("quantum chromodynamics lecture", "zebra crossing at midnight", "xyzzy"):
        answer = full.search.find(SearchRequest(query), full.owner)
        assert answer.hits == (), query


def test_most_words_must_match(full: World) -> None:
    """By words alone, one of three (submarine) is no good hit for the whole."""
    full.embedder.missing = True
    answer = full.search.find(SearchRequest("submarine blueprint invoice"), full.owner)
    assert answer.hits == ()
    assert answer.weak_hidden >= 1
    assert "notes.md" in names(full, "submarine blueprint invoice", weak=True)


def test_type_and_shape_filters_are_hard(full: World) -> None:
    assert set(names(full, "documents")) == {"notes.md", "letter.txt"}
    assert set(names(full, "", media_type=MediaType.IMAGE)) == {
        "red_dog.png",
        "blue sky.png",
        "green.png",
    }
    assert names(full, "videos of dogs") == []
    assert names(full, "dogs", orientation=Orientation.PORTRAIT) == []
    assert names(full, "dog photos in landscape format") == ["red_dog.png"]


def test_each_hit_has_a_reason_and_a_badge(full: World) -> None:
    (hit,) = full.search.find(SearchRequest("dogs"), full.owner).hits
    assert "dog" in hit.why
    assert hit.verdict is not None
    assert hit.verdict.outcome is Outcome.UNKNOWN
    assert 0.5 <= hit.score <= 1.0


def test_people_see_their_own(world: World, album: Path) -> None:
    secret = IngestOptions(audience=("ana",))
    list(world.ingest.ingest([album / "red_dog.png"], secret, world.me))
    ana = Viewer("ana", "Ana", frozenset({Role.VIEWER}))
    bob = Viewer("bob", "Bob", frozenset({Role.VIEWER}))
    assert names(world, "dogs", ana) == ["red_dog.png"]
    assert names(world, "dogs", bob, weak=True) == []
    assert names(world, "", bob) == []
    dog = world.named("red_dog.png")
    for asked in (dog.id, "a0000000000"):
        with pytest.raises(Fixable, match=f"No asset '{asked}'. Search first"):
            world.similar.find(LikeRequest(Example(asked)), bob)
        with pytest.raises(Fixable, match=f"No asset '{asked}'. Search first"):
            world.library.details(asked, bob)


def test_the_like_of_an_asset_leaves_itself_out(full: World) -> None:
    dog = full.named("red_dog.png")
    answer = full.similar.find(LikeRequest(Example(dog.id), weak=True), full.owner)
    assert dog.id not in [hit.asset.id for hit in answer.hits]


def test_without_the_text_model_words_are_still_found(full: World) -> None:
    full.embedder.missing = True
    full.search._queries._means = []
    answer = full.search.find(SearchRequest("beach club"), full.owner)
    assert [hit.asset.file_name for hit in answer.hits] == ["letter.txt"]
    assert "dalm models fetch" in answer.note


def test_queries_that_break_parsers_are_plain_words(full: World) -> None:
    for query in ('"', "a* OR b", "NEAR(", "%_\\", "title:x", "'; drop table assets", "(" * 500):
        full.search.find(SearchRequest(query), full.owner)


def test_an_empty_library_has_no_hits(world: World) -> None:
    assert names(world, "dogs") == names(world, "") == []
