"""Places, names and things said in ways that took the brain in before."""

import pytest

from agent.brains import naming
from agent.brains.lexicon import fold
from agent.brains.positions import places
from agent.brains.references import Manner, refer
from agent.brains.screens import Card, Screen
from agent.brains.worded import read_arguments
from tools.core.channels import parse_channels

SCREEN = Screen(
    results=(
        Card("a-1", "Dog on beach", "IMG_1.jpg", "image"),
        Card("a-2", "Bicycle at a wall", "IMG_2.jpg", "image"),
        Card("a-3", "Plakat Sommerfest", "poster.png", "image"),
    )
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("EXIF of number two", [2]),
        ("Nummer vier auf Niederländisch", [4]),
        ("tradução do número 4", [4]),
        ("delete the last", [-1]),
        ("die letzte", [-1]),
        ("crop the last one", [-1]),
        ("what does it say on page 3 of the guide", []),
        ("was steht auf Seite 2 der Broschüre", []),
        ("説明文を2行で書いて", []),
        ("who last edited the brochure", []),
        ("who downloaded the brochure last?", []),
        ("what changed since the last version", []),
    ],
)
def test_places(text, wanted):
    assert places(fold(text)) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("hund", "a-1"),
        ("le chien", "a-1"),
        ("犬", "a-1"),
        ("vélo", "a-2"),
        ("fahrradbild", "a-2"),
        ("poster", "a-3"),
        ("cartel", "a-3"),
        ("affiche", "a-3"),
    ],
)
def test_titles_are_found_in_other_languages(words, wanted):
    found = refer(words, SCREEN, words)
    assert (found.manner, found.ids, found.ambiguous) == (Manner.TITLE, (wanted,), False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a91f should be called Beach Run", "Beach Run"),
        ("das Foto soll Baltic Morning heißen", "Baltic Morning"),
        ("renomme la 2 en City Ride", "City Ride"),
        ("la macchina si chiama Rosso", "Rosso"),
        ("e51a debe llamarse Kitchen Stories 4", "Kitchen Stories 4"),
        ("use A woman beside a car as the alternative text of it", "A woman beside a car"),
        ("call it Morning Mist", "Morning Mist"),
        ("what is the title of the second one", None),
    ],
)
def test_titles_that_are_given(text, wanted):
    assert naming.title(text) == wanted


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("these need the keyword trade-fair", ("trade-fair",), ()),
        ("number two gets the tag urban", ("urban",), ()),
        ("a91f bitte mit Sand verschlagworten", ("Sand",), ()),
        ("black friday tag on all of them", ("black friday",), ()),
        ("die Broschüre ist final, das Schlagwort draft kann weg", (), ("draft",)),
        ("タグ「夏」を「秋」に変えて", ("秋",), ("夏",)),
        ("étiquette la troisième « voiture de collection »", ("voiture de collection",), ()),
        ("enlève « femme » des mots-clés, sans toucher à l'image", (), ("femme",)),
        ("the brochure is final, take the draft tag off", (), ("draft",)),
    ],
)
def test_tags_that_are_given(text, add, remove):
    change = naming.tag_change(text)
    assert (change.add, change.remove) == (add, remove)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("put the second one among my favourites", "Favourites"),
        ("voeg toe aan mijn favorieten", "Favourites"),
        ("das zweite zu den Favoriten", "Favourites"),
        ("dog into Pets please", "Pets"),
        ("the collection Sea", "Sea"),
        ("put them together", None),
    ],
)
def test_collections_that_are_named(text, wanted):
    assert naming.collection(text) == wanted


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ("show me animals", {"query": "animals"}),
        ("show me photos of dogs with no people, taken in 2024",
         {"query": "dogs, with no people, taken in 2024", "media_type": "image"}),
        ("zeig mir Bilder ohne Menschen von Bergen",
         {"query": "Bergen, ohne Menschen", "media_type": "image"}),
        ("find the dogs but no videos", {"query": "dogs, but no videos"}),
        ("人がいない海の写真を見せて", {"query": "海, 人がいない", "media_type": "image"}),
        ("dogs on 31 February 2024", {"query": "dogs on 31 February 2024"}),
    ],
)  # fmt: skip
def test_hard_filters_go_along_as_they_were_said(request_, wanted):
    assert read_arguments("search_assets", request_, parse_channels(""), None) == wanted
