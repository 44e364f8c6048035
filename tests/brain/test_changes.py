"""How something like an example should differ, as people say it."""

import pytest

from agent.brains.arguments import Filler
from agent.brains.changes import changes
from agent.brains.screens import Card, Screen
from tests.brain.test_local_brain import CHANNELS

ON_SCREEN = Screen(
    results=(
        Card("a91f", "Dog on a beach", "dog.jpg", "image"),
        Card("b2c7", "Red car", "car.jpg", "image"),
    )
)


@pytest.mark.parametrize(
    ("request_", "plus", "minus"),
    [
        ("like this but at night", ("night",), ()),
        ("more like the second one, but without people", (), ("people",)),
        ("the second one but with no text and no people", (), ("text", "people")),
        ("wie das zweite, aber bei Nacht", ("Nacht",), ()),
        ("so was wie das Hundefoto, aber ohne Menschen", (), ("Menschen",)),
        ("comme la deuxième mais de nuit", ("nuit",), ()),
        ("como la primera pero en la playa", ("playa",), ()),
        ("come questa ma senza auto", (), ("auto",)),
        ("como esta, mas à noite", ("noite",), ()),
        ("zoals deze zonder mensen", (), ("mensen",)),
        ("これに似たもの、でも夜の", ("夜",), ()),
        ("人なしで2番目に似た画像", (), ("人",)),
        ("like this plus snow minus cars", ("snow",), ("cars",)),
        ("number 3 but with snow and mountains", ("snow", "mountains"), ()),
    ],
)
def test_what_should_differ_is_read(request_, plus, minus):
    found = changes(request_)
    assert (found.plus, found.minus) == (plus, minus)


@pytest.mark.parametrize("request_", ["anything like the dog?", "more like the one without people"])
def test_what_only_names_the_example_changes_nothing(request_):
    found = changes(request_)
    assert found.plus == found.minus == ()


def test_what_should_differ_does_not_name_the_example():
    filled = Filler(channels=CHANNELS).fill(
        "find_similar", "something like the second one, but with a dog", ON_SCREEN
    )
    assert filled.arguments == {"asset_id": "b2c7", "plus": ["dog"]}
