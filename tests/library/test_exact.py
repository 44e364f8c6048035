"""What stands in quotation marks is found word for word, with where it stands."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.library.world import World
from tools.core.assets import Field, FieldValue, MediaType, Source
from tools.core.errors import Fixable
from tools.core.ingest.outcomes import IngestOptions
from tools.core.people import Role, Viewer
from tools.core.search.answers import Band, SearchAnswer, SearchRequest
from tools.core.search.letters import Phrase, composed, letters
from tools.core.search.passages import NEW_PAGE
from tools.core.search.quotes import Quoted, quoted_in

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def full(world: World, album: Path) -> World:
    (album / "club.txt").write_text(
        "Abends im Strand-\nclub: Café crème für 3.50, über die Straße."
    )
    (album / "tokyo.txt").write_text("夜の東京\nタワーは、とても美しいです。カフェもあります。" * 2)
    (album / "long.txt").write_text("A club. " * 30 + "The beach-club rules. " + "No beach. " * 30)
    world.take(album)
    return world


def asked(world: World, query: str, **request: object) -> SearchAnswer:
    return world.search.find(SearchRequest(query, **request), world.owner)  # type: ignore[arg-type]


def names(world: World, query: str, **request: object) -> list[str]:
    return [hit.asset.file_name for hit in asked(world, query, **request).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"beach club"', ["letter.txt", "long.txt"]),
        ("„Beach Club“", ["letter.txt", "long.txt"]),
        ("« beach club »", ["letter.txt", "long.txt"]),
        ('"beach-club"', ["letter.txt", "long.txt"]),
        ('"each clu"', ["letter.txt", "long.txt"]),
        ('"beachclub"', ["long.txt"]),
        ('"strandclub"', ["club.txt"]),
        ('"cafe creme"', ["club.txt"]),
        ('"uber die strasse"', ["club.txt"]),
        ('"3.50"', ["club.txt"]),
        ('"350"', []),
        ("「東京タワー」", ["tokyo.txt"]),
        ("「美」の書類", ["tokyo.txt"]),
        ("“summer sale”", ["blue sky.png"]),
        ('"red dog"', ["red_dog.png"]),
        ('"Lisbon"', ["prices.csv"]),
        ('"beach club" "40 chairs"', ["letter.txt"]),
        ('"beach club" "Lisbon"', []),
        ('"the beach rules"', []),
    ],
)
def test_phrases_are_found_as_they_stand(full: World, query: str, expected: list[str]) -> None:
    assert sorted(names(full, query)) == sorted(expected)


def test_the_other_words_choose_among_what_holds_the_phrase(full: World) -> None:
    assert names(full, 'images with "beach club"') == []
    assert names(full, 'chairs for Ana "beach club"') == ["letter.txt"]
    assert asked(full, 'chairs for Ana "beach club"').weak_hidden == 1
    assert len(names(full, 'chairs for Ana "beach club"', weak=True)) == 2
    assert len(names(full, 'documents that mention "beach club"')) == 2
    assert names(full, '"club"', media_type=MediaType.IMAGE) == []
    assert len(names(full, '"club"', limit=1)) == 1
    assert asked(full, '"club"', limit=1).note == "The first 1 of 3."


def test_a_hit_says_what_stands_there(full: World) -> None:
    (hit,) = asked(full, '"STRANDCLUB"').hits
    assert hit.why.startswith("text: “Abends im Strand- club: Café crème")
    assert hit.band is Band.STRONG
    assert hit.page is None
    (sale,) = asked(full, '"summer sale"').hits
    assert sale.why == "text in the picture: “Summer Sale”"
    told = next(h.why for h in asked(full, '"no beach"').hits)
    assert told.startswith("text: “…")
    assert told.endswith("…” (30 times)")
    assert len(told) < 200


def test_a_page_is_named_and_can_be_drawn(world: World) -> None:
    world.take(SAMPLES / "documents" / "brand-guideline.pdf")
    (hit,) = asked(world, '"cover no more than a fifth of a layout"').hits
    assert hit.page == 2
    assert hit.why.startswith("text on page 2: “…")
    (hit,) = asked(world, '"important stands in the upper"').hits
    assert hit.page == 3
    drawn = [world.library.thumbnail(hit.asset.id, world.owner, 160, page) for page in (1, 2, 3)]
    assert len(set(drawn)) == 3
    with pytest.raises(Fixable, match="There is no picture"):
        world.library.thumbnail(hit.asset.id, world.owner, 160, 4)


def test_what_is_not_there_word_for_word_says_what_its_words_find(full: World) -> None:
    answer = asked(full, '"club beach"')
    assert answer.hits == ()
    assert answer.note.startswith("Nothing says “club beach” word for word; ")
    assert "without the quotation marks" in answer.note
    assert asked(full, '"xyzzy"').note == "Nothing says “xyzzy” word for word; none at all."


def test_people_quote_only_what_they_may_see(world: World, album: Path) -> None:
    secret = IngestOptions(audience=("ana",))
    list(world.ingest.ingest([album / "letter.txt"], secret, world.me))
    bob = Viewer("bob", "Bob", frozenset({Role.VIEWER}))
    answer = world.search.find(SearchRequest('"beach club"'), bob)
    assert (answer.hits, answer.weak_hidden) == ((), 0)
    assert answer.note == "Nothing says “beach club” word for word; none at all."


def test_what_a_person_says_is_quoted_too(full: World) -> None:
    dog = full.named("red_dog.png")
    value = FieldValue(
        dog.id, Field.DESCRIPTION, "Rex at the lake", Source.PERSON, "jane", full.clock.now()
    )
    with full.catalogue.writing() as records:
        records.fields.put([value])
        full.indexing.words(records, [dog.id])
    assert names(full, '"at the lake"') == ["red_dog.png"]


def test_a_library_of_before_is_read_and_then_completed(full: World) -> None:
    with full.catalogue._engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM search_letters"))
    assert len(names(full, '"beach club"')) == 2
    full.ingest.repair(lambda _done, _total, _note: None)
    with full.catalogue.reading() as records:
        assert len(records.text.keys()) == len(full.all())
    assert len(names(full, '"beach club"')) == 2


@pytest.mark.parametrize(
    ("query", "phrases", "rest"),
    [
        ('dogs "on a beach" please', ("on a beach",), "dogs please"),
        ("„eins“ und “two”", ("eins", "two"), "und"),
        ('5" x 7" prints', (), '5" x 7" prints'),
        ('a single " mark', (), 'a single " mark'),
        ('"" and "!?"', (), '"" and "!?"'),
        ('画像「夏」"海"', ("夏", "海"), "画像"),
    ],
)
def test_quotations_are_read(query: str, phrases: tuple[str, ...], rest: str) -> None:
    assert quoted_in(query) == Quoted(phrases, rest)


WORDS = st.lists(
    st.text(st.characters(categories=["Ll", "Lu", "Lo", "Nd"]), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
)


@given(WORDS, st.text(max_size=40), st.text(max_size=40))
def test_a_phrase_is_found_in_any_text_that_has_it(
    words: list[str], before: str, after: str
) -> None:
    phrase = Phrase(" ".join(words))
    text = composed(f"{before} {' '.join(words)} {after}")
    place = phrase.place(text)
    if letters("".join(words)):
        assert place
        assert phrase.letters in letters(text)
        assert letters(text[place.start : place.end]) == phrase.letters


@given(st.text(max_size=30), st.text(max_size=200))
def test_what_is_found_has_the_letters_of_the_phrase(asked_for: str, text: str) -> None:
    """The letters narrow a search down, so they must leave out nothing that is found."""
    phrase = Phrase(asked_for)
    if phrase.place(composed(text)):
        assert phrase.letters in letters(text)


def test_gaps_of_any_length_are_passed_at_once() -> None:
    phrase = Phrase("a - - -- - - - - - b c")
    assert phrase.place("a" + " -" * 200_000) is None
    assert NEW_PAGE.isspace()
