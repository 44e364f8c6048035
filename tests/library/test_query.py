"""Queries in eight languages are taken apart into what they are about and what they filter by."""

import pytest

from tools.core.assets import MediaType, Orientation
from tools.core.search.kinds import default_kinds
from tools.core.search.query import LONGEST_QUERY, Understood, default_vocabulary, understand


def read(query: str) -> Understood:
    return understand(query, default_vocabulary(), default_kinds())


@pytest.mark.parametrize(
    "query",
    [
        "show me animals",
        "zeig mir Tiere",
        "montre-moi des animaux",
        "muéstrame animales",
        "mostrami gli animali",
        "mostre-me os animais",
        "laat dieren zien",
        "動物を見せて",
    ],
)
def test_animals_are_a_kind_in_every_language(query: str) -> None:
    asked = read(query)
    assert {kind.name for kinds in asked.kinds.values() for kind in kinds} == {"animal"}
    assert set(asked.terms) == set(asked.kinds)
    assert asked.media_type is None


@pytest.mark.parametrize(
    ("query", "media_type", "about"),
    [
        ("videos of dogs", MediaType.VIDEO, "dogs"),
        ("Fotos vom Strand", MediaType.IMAGE, "Strand"),
        ("documentos sobre preços", MediaType.DOCUMENT, "preços"),
        ("les photos de la plage", MediaType.IMAGE, "plage"),
        ("video's van honden", MediaType.VIDEO, "honden"),
        ("海の写真を探してください", MediaType.IMAGE, "海"),
        ("all documents", MediaType.DOCUMENT, ""),
        ("video camera on a tripod", None, "video camera on a tripod"),
        ("a picture frame", None, "picture frame"),
        ("PDFs about the return policy", MediaType.DOCUMENT, "return policy"),
    ],
)
def test_type_words_become_filters(query: str, media_type: MediaType | None, about: str) -> None:
    asked = read(query)
    assert (asked.media_type, asked.about) == (media_type, about)


@pytest.mark.parametrize(
    ("query", "orientation", "perhaps"),
    [
        ("Bilder im Hochformat", Orientation.PORTRAIT, None),
        ("fotos verticales de gente", Orientation.PORTRAIT, None),
        ("foto orizzontali di un bosco", Orientation.LANDSCAPE, None),
        ("縦長の写真", Orientation.PORTRAIT, None),
        ("portrait shots of people", None, Orientation.PORTRAIT),
        ("wide forest pictures", None, Orientation.LANDSCAPE),
        ("astronaut portrait", None, None),
        ("town square", None, None),
    ],
)
def test_shape_words_become_filters_where_they_are_clear(
    query: str, orientation: Orientation | None, perhaps: Orientation | None
) -> None:
    asked = read(query)
    assert (asked.orientation, asked.perhaps) == (orientation, perhaps)


def test_words_keep_their_accents_in_what_is_embedded() -> None:
    asked = read("¿Dónde está el café?")
    assert "café" in asked.about
    assert "cafe" in asked.terms


@pytest.mark.parametrize("query", ["", "   ", "?!*", "\x00\x07", '"', "the of and"])
def test_queries_without_content_are_about_nothing(query: str) -> None:
    asked = read(query)
    assert (asked.about, asked.terms) == ("", ())


def test_an_endless_query_is_cut() -> None:
    asked = read("word " * 10_000)
    assert len(asked.about) <= LONGEST_QUERY


def test_every_kind_has_words_in_eight_languages_and_something_that_shows_it() -> None:
    kinds = default_kinds()
    for kind in kinds.every.values():
        assert len(kind.words) >= 8, kind.name
        assert kind.classes or kind.class_names or kind.objects, kind.name
        assert set(kind.within) <= set(kinds.every), kind.name
