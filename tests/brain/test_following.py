"""Requests that take up the one before with something else in them."""

import pytest

from agent.brains.arguments import Filler
from agent.brains.earlier import Earlier
from agent.brains.following import follows, given_tags, only_filters
from agent.brains.screens import Card, Screen
from tests.brain.test_local_brain import CHANNELS

DOG, CAT, CAR = (Card(f"a-{name}", name, f"{name}.jpg", "image") for name in ("Dog", "Cat", "Car"))
FILLER = Filler(channels=CHANNELS)


@pytest.mark.parametrize(
    "text",
    [
        "and the third one?",
        "and in portrait?",
        "was ist mit dem zweiten",
        "no, the other one",
        "nein, die andere",
        "no, al alce",
        "non, l'autre",
        "the other one please",
        "同様に2番目も",
    ],
)
def test_what_takes_up_the_request_before(text):
    assert follows(text) == (text != "was ist mit dem zweiten")


@pytest.mark.parametrize(
    "text",
    [
        "no wait, undo that",
        "no, delete the second one",
        "no thanks",
        "and then I would like to see every picture of a dog that we ever had",
        "show me the other one",
        "同じようにウェブサイトに公開してから全部をアーカイブに移してください",
    ],
)
def test_what_is_a_request_of_its_own(text):
    assert not follows(text)


def test_a_request_that_names_only_filters():
    assert only_filters("and in portrait?")
    assert only_filters("und im Querformat?")
    assert not only_filters("and portraits of nurses")
    assert not only_filters("and the third one?")


def test_tags_given_with_the_next_asset():
    assert given_tags("and the right one with backup.") == ("backup",)
    assert given_tags("and the right one") == ()


@pytest.mark.parametrize("place", ["selection", "recent", "results"])
def test_the_other_of_two_is_the_one_that_was_not_named(place):
    screen = Screen(**{place: (DOG, CAT)})
    earlier = Earlier("tag_assets", {"asset_ids": ["a-Dog"], "add": ["x"]}, again=True)
    filled = FILLER.join("tag_assets", "no, the other one", screen, {"add": ["x"]}, earlier)
    assert filled.arguments == {"add": ["x"], "asset_ids": ["a-Cat"]}


def test_the_other_of_three_is_asked():
    screen = Screen(results=(DOG, CAT, CAR))
    earlier = Earlier("tag_assets", {"asset_ids": ["a-Dog"], "add": ["x"]}, again=True)
    filled = FILLER.join("tag_assets", "no, the other one", screen, {"add": ["x"]}, earlier)
    assert filled.ask == "which_one"
    assert [card.id for card in filled.candidates] == ["a-Cat", "a-Car"]


def test_words_that_turned_out_to_mean_an_asset_are_it_in_the_next_request():
    earlier = Earlier("check_rights", {"query": "the poster"}, about=("a-Car",))
    filled = FILLER.join("check_rights", "and in the US?", Screen(), {"territory": "US"}, earlier)
    assert filled.arguments["asset_ids"] == ["a-Car"]


def test_another_shape_is_made_of_the_same_picture_and_not_of_the_first_shape():
    made = Card("a-new", "Dog — 16:9", "dog-16-9.jpg", "image", parent="a-Dog")
    screen = Screen(made=(made,), results=(DOG,))
    earlier = Earlier("reframe_assets", {"targets": ["16:9"]}, about=("a-Dog",), again=True)
    given = {"targets": ["9:16"]}
    filled = FILLER.join("reframe_assets", "and in portrait?", screen, given, earlier)
    assert filled.arguments["asset_ids"] == ["a-Dog"]
