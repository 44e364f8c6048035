"""Words pick among what is on the screen, reach beyond it only when nothing there fits, and ask."""

import pytest

from tests.application.world import World
from tools.core.assets import Field, FieldValue, Source
from tools.core.directory import OWNER
from tools.core.errors import Fixable
from tools.core.referring import Ambiguous, Referring
from tools.core.search.answers import Band, Hit, SearchAnswer


class Finds:
    """A search that finds what the test says, and remembers what it was asked."""

    def __init__(self, world, *names):
        self.asked = []
        with world.catalogue.reading() as records:
            self.assets = records.assets.many(list(names), OWNER)

    def find(self, request, _viewer):
        self.asked.append(request.query)
        return SearchAnswer(tuple(Hit(a, 0.9, Band.STRONG, "") for a in self.assets))


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    for name in ("fig", "cup", "poster"):
        world.asset(name, cleared=False)
    colours = {"fig": ("red", 0.4), "cup": ("white", 0.7), "poster": ("red", 0.94)}
    with world.catalogue.writing() as records:
        records.fields.put(
            FieldValue(name, Field.COLOUR, colour, Source.MODEL, "m", world.clock.now(), share)
            for name, (colour, share) in colours.items()
        )
    yield world
    world.close()


def referring(world, *found):
    return Referring(catalogue=world.catalogue, search=Finds(world, *found))


def test_ids_alone_are_taken_as_they_are(world):
    assert referring(world).assets(["cup", "fig", "cup"], None, OWNER) == ["cup", "fig"]


def test_a_colour_picks_the_one_that_shows_most_of_it(world):
    assert referring(world).assets(["fig", "cup", "poster"], "the red one", OWNER) == ["poster"]


def test_a_title_picks_the_one_that_bears_it(world):
    assert referring(world).assets(["fig", "cup"], "the cup picture", OWNER) == ["cup"]


def test_what_fits_nothing_on_the_screen_is_looked_for_elsewhere_and_never_guessed(world):
    assert referring(world, "poster").assets(["cup"], "the red one", OWNER) == ["poster"]
    with pytest.raises(Ambiguous) as asked:
        referring(world, "poster", "fig").assets(["cup"], "red", OWNER)
    assert set(asked.value.candidates) == {"poster", "fig"}
    with pytest.raises(Fixable, match="Nothing here"):
        referring(world).assets(["cup"], "the red one", OWNER)


def test_several_that_fit_alike_are_asked_about(world):
    with world.catalogue.writing() as records:
        records.fields.put(
            FieldValue(name, Field.TAG, "spring", Source.PERSON, "owner", world.clock.now())
            for name in ("fig", "cup")
        )
    with pytest.raises(Ambiguous) as asked:
        referring(world).assets(["fig", "cup", "poster"], "spring", OWNER)
    assert set(asked.value.candidates) == {"fig", "cup"}


def test_nothing_named_and_nothing_known_say_what_to_do(world):
    with pytest.raises(Fixable, match="Which asset"):
        referring(world).assets(None, "  ", OWNER)
    with pytest.raises(Fixable, match="No asset 'x1'"):
        referring(world).assets(["fig", "x1"], None, OWNER)


def test_a_name_means_the_parent_and_not_its_renditions(world):
    assert referring(world, "cup").asset(None, "cup", OWNER) == "cup"
    assert referring(world, "cup").asset(None, "cup", OWNER, among=["fig", "poster"]) == "cup"
