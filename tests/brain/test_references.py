"""What "it", "these", "the second one" and titles point at."""

import pytest

from agent.brains.references import Manner, refer
from agent.brains.screens import Card, Screen, read_screen

RESULTS = (
    Card("a-dog", "Dog on the beach", "IMG_2001.jpg", "image"),
    Card("a-cat", "Tabby cat", "IMG_2015.png", "image"),
    Card("a-car", "Red sports car", "IMG_2022.webp", "image"),
    Card("a-doc", "Product sheet", "product-sheet.docx", "document"),
)
MADE = (
    Card("a-sto", "Tabby cat — instagram-story", "cat-instagram-story.jpg", "image"),
    Card("a-thu", "Tabby cat — youtube-thumbnail", "cat-youtube-thumbnail.jpg", "image"),
)
SHOWN = Screen(results=RESULTS)
AFTER = Screen(results=RESULTS, made=MADE)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("make the second one square", ["a-cat"]),
        ("mach das zweite quadratisch", ["a-cat"]),
        ("recadre la deuxième", ["a-cat"]),
        ("recorta la primera a 9:16", ["a-dog"]),
        ("togli la terza", ["a-car"]),
        ("haal de laatste weg", ["a-doc"]),
        ("2番目を削除して", ["a-cat"]),
        ("delete 1 and 3", ["a-dog", "a-car"]),
        ("tag the first two with sea", ["a-dog", "a-cat"]),
        ("the last two", ["a-car", "a-doc"]),
        ("die letzten drei löschen", ["a-cat", "a-car", "a-doc"]),
        ("archive 2 to 4", ["a-cat", "a-car", "a-doc"]),
        ("what about a-car", ["a-car"]),
        ("how big is IMG_2015.png", ["a-cat"]),
        ("delete img_2022", ["a-car"]),
    ],
)
def test_positions_ids_and_file_names(text, ids):
    assert list(refer(text, SHOWN).ids) == ids


@pytest.mark.parametrize(
    "text",
    ["which licences end in the second quarter", "crop for 2025", "make it 16:9", "in 3 weeks"],
)
def test_other_numbers_are_no_positions(text):
    assert refer(text, SHOWN).manner is not Manner.ORDINAL


def test_the_story_is_the_one_that_was_made():
    assert refer("publish the story to the website", AFTER, "story").ids == ("a-sto",)


def test_a_title_is_found_by_its_words():
    found = refer("translate the product sheet into Portuguese", SHOWN, "product sheet")
    assert (found.manner, found.ids) == (Manner.TITLE, ("a-doc",))


def test_a_title_that_is_not_shown_is_left_to_the_tool():
    found = refer("translate the price list into Portuguese", SHOWN, "price list")
    assert (found.manner, found.ids, found.query) == (Manner.WORDS, (), "price list")


def test_a_colour_is_looked_up_among_what_is_shown():
    found = refer("delete the blue one", SHOWN, "blue")
    assert found.query == "blue"
    assert found.ids == tuple(card.id for card in RESULTS)


def test_these_prefer_a_selection_then_what_was_made_then_results():
    chosen = Screen(results=RESULTS, made=MADE, selection=(RESULTS[2],))
    assert refer("tag all of these with x", chosen).ids == ("a-car",)
    assert refer("tag all of these with x", AFTER).ids == ("a-sto", "a-thu")
    assert len(refer("tag all of these with x", SHOWN).ids) == 4


def test_it_among_several_is_ambiguous_and_alone_is_not():
    assert refer("delete it", SHOWN).ambiguous
    alone = refer("delete it", Screen(results=RESULTS[:1]))
    assert (alone.ids, alone.ambiguous) == (("a-dog",), False)


def test_nothing_on_the_screen_gives_no_ids():
    assert refer("delete it", Screen()).ids == ()


def test_two_equal_titles_are_ambiguous():
    twins = Screen(results=(RESULTS[0], Card("a-two", "Dog in the snow", "x.jpg", "image")))
    found = refer("delete the dog", twins, "dog")
    assert found.ambiguous
    assert set(found.ids) == {"a-dog", "a-two"}


def test_an_upload_is_meant_by_saying_so():
    screen = Screen(results=RESULTS, uploads=(Card("a-up", "scan", "scan.png", "image"),))
    assert refer("tag the one I uploaded with scan", screen).ids == ("a-up",)


def test_a_screen_is_read_from_a_message_and_bad_parts_are_empty():
    raw = {
        "results": [{"id": "a-1", "title": "T", "file": "f.jpg", "media_type": "image"}, "odd"],
        "selection": ["a-1", "a-9"],
        "made": None,
    }
    screen = read_screen(raw)
    assert [card.title for card in screen.selection] == ["T", ""]
    assert screen.made == ()
    assert read_screen("nonsense") == Screen()


def test_left_and_right_are_the_ends_of_what_is_shown():
    two = Screen(selection=RESULTS[:2], results=RESULTS)
    for left, right in (
        ("tag the one on the left with x", "the right one please"),
        ("das linke Bild", "das rechte Bild"),
        ("celle de gauche", "celle de droite"),
        ("la de la izquierda", "la de la derecha"),
        ("quella a sinistra", "quella a destra"),
        ("左の写真", "右の写真"),
    ):
        assert refer(left, two).ids == ("a-dog",)
        assert refer(right, two).ids == ("a-cat",)
    assert refer("crop it to the right size", SHOWN).manner is not Manner.ORDINAL


def test_who_selects_and_says_this_means_the_selection_whatever_the_words_resemble():
    selected = Screen(selection=RESULTS[2:3], results=RESULTS)
    for text in ("tag this dog with sea", "diese Katze hier taggen", "この写真に犬のタグ"):
        assert refer(text, selected, "dog").ids == ("a-car",)
    assert refer("publish the dog this week", selected, "dog").ids == ("a-dog",)


def test_the_original_is_what_the_pictures_in_focus_were_made_from():
    made = (Card("a-sto", "Tabby cat — instagram-story", "s.jpg", "image", parent="a-cat"),)
    shown = Screen(made=made, results=RESULTS)
    for text in ("put the original in the archive", "das Original", "el original", "元の写真"):
        assert refer(text, shown, "original").ids == ("a-cat",)
    assert refer("the original", SHOWN, "original").manner is Manner.WORDS


def test_what_was_selected_before_is_still_known_by_its_title():
    before = Screen(recent=RESULTS[1:3])
    assert refer("who made the cat one?", before, "cat").ids == ("a-cat",)
