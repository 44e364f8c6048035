"""A model of pictures and texts: used by search, filled behind it, and made to prove itself."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.index import FakeIndex
from tests.fakes.joint import ColourJoint
from tests.library.world import World
from tools.core.assets import Field, FieldValue, Source
from tools.core.errors import Fixable
from tools.core.joint import switching
from tools.core.joint.golden import golden
from tools.core.joint.recall import FEWEST, Recall, judged
from tools.core.search.answers import Band, SearchRequest
from tools.core.search.example import Example, LikeRequest

SHADES = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255)}


@pytest.fixture
def world(world: World) -> World:
    world.joint_models |= {
        "good": ColourJoint("good"),
        "other": ColourJoint("other", extra=3),
        "blind": ColourJoint("blind", blind=True),
    }
    return world


def fill(world: World, folder: Path, each: int = 8, *, texts: bool = True) -> World:
    """Take in shades of colours with camera's names, and let a person describe each."""
    folder.mkdir(exist_ok=True)
    numbers = iter(range(1, 999))
    for full in SHADES.values():
        for place in range(each):
            shade = tuple(int(part * (1 - place / 40)) for part in full)
            Image.new("RGB", (64 + place, 48), shade).save(folder / f"IMG_{next(numbers):04}.png")
    world.take(folder)
    if texts:
        for asset in world.all():
            number = int(asset.file_name[4:8]) - 1
            say(world, asset.id, f"{[*SHADES][number // each]} picture number {number}")
    return world


def say(world: World, asset_id: str, text: str) -> None:
    now = world.clock.now()
    with world.catalogue.writing() as records:
        records.fields.put(
            [FieldValue(asset_id, Field.DESCRIPTION, text, Source.PERSON, "jane", now)]
        )


def switch(world: World, model: str, *, anyway: bool = False) -> switching.Switched:
    world.switching.begin(model, anyway=anyway)
    return world.switching.wait(lambda *_: None)


def found(world: World, query: str) -> list[str]:
    hits = world.search.find(SearchRequest(query, limit=50), world.owner).hits
    return [hit.asset.file_name for hit in hits if "the picture fits the words" in hit.why]


def test_words_find_pictures_that_nobody_described(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures", texts=False)
    assert found(world, "something crimson or red") == []
    assert switch(world, "good", anyway=True).took_over
    assert sorted(found(world, "something crimson or red"))[:8] == [
        f"IMG_{number:04}.png" for number in range(1, 9)
    ]
    assert "IMG_0017.png" not in found(world, "something crimson or red")
    switch(world, "none")
    assert found(world, "something crimson or red") == []


def test_what_comes_later_is_placed_and_what_is_forgotten_leaves(world: World, tmp_path: Path):
    switch(world, "good")
    fill(world, tmp_path / "pictures", each=2, texts=False)
    (index,) = world.joint_indexes.values()
    assert index.keys() == [asset.key for asset in world.all()]
    switch(world, "other", anyway=True)
    gone = world.all()[0]
    world.ingest.forget([gone.id], world.me)
    assert all(gone.key not in set(one.keys()) for one in world.joint_indexes.values())
    world.ingest.reindex(lambda *_: None)
    assert world.joint.active().index.keys() == [asset.key for asset in world.all()]


def test_without_its_model_search_says_so_and_files_are_taken_in(world: World, tmp_path: Path):
    switch(world, "good")
    world.joint_models["good"].missing = True
    fill(world, tmp_path / "pictures", each=1, texts=False)
    answer = world.search.find(SearchRequest("red", weak=True), world.owner)
    assert "Pictures themselves were not compared" in answer.note
    assert answer.hits
    world.joint_models["good"].missing = False
    world.switching.follow("")
    assert len(world.joint.active().index.keys()) == 3


def test_examples_are_compared_by_the_model_too(world: World, tmp_path: Path):
    """Halves are swapped: the label model's features differ, what is pictured does not."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(34):
        Image.new("RGB", (64 + number, 48), (0, 3 * number, 255)).save(folder / f"b{number}.png")
    for name, place in (("left", 0), ("right", 32)):
        picture = Image.new("RGB", (64, 48))
        picture.paste((255, 0, 0), (place, 0, place + 32, 48))
        picture.save(folder / f"{name}.png")
    world.take(folder)

    def like(example: Example) -> list[str]:
        hits = world.similar.find(LikeRequest(example, limit=50), world.owner).hits
        return [hit.asset.file_name for hit in hits if "pictures what" in hit.why]

    left = Example(world.named("left.png").id)
    assert like(left) == []
    switch(world, "good", anyway=True)
    assert like(left) == ["right.png"]
    assert "right.png" in like(Example(file=folder / "left.png"))


def test_a_model_that_finds_as_much_takes_over_and_reports(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures")
    came = switch(world, "good")
    assert came.took_over
    assert came.model == "good"
    for part in ("good: R@1 ", "R@5 ", "R@10 ", "(24/24", "95 %", "the labels of the built-in"):
        assert part in came.text


def test_a_clearly_worse_model_stays_out_until_a_person_says_so(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures")
    switch(world, "good")
    came = switch(world, "blind")
    assert not came.took_over
    assert came.model == "good"
    assert "clearly worse at R@" in came.text
    assert "dalm models switch blind --anyway" in came.text
    assert found(world, "something red")
    assert switch(world, "blind", anyway=True).model == "blind"
    assert found(world, "something red") == []


def test_too_few_texts_leave_it_to_a_person(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures", each=2)
    came = switch(world, "good")
    assert not came.took_over
    assert "Only 6 pictures have a text" in came.text
    assert switch(world, "good", anyway=True).took_over


def test_the_way_back_is_short_while_the_pictures_are_still_placed(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures")
    switch(world, "good")
    switch(world, "other", anyway=True)
    jobs = len(world.jobs.recent(99))
    came = switch(world, "good")
    assert came.model == "good"
    assert "still placed" in came.text
    assert len(world.jobs.recent(99)) == jobs


def test_the_old_model_answers_until_the_new_one_is_whole(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A step fails in the middle of the second round; what is placed stays, and it goes on."""
    fill(world, tmp_path / "pictures", each=16)
    switch(world, "good", anyway=True)
    monkeypatch.setattr(switching, "ROUND", 16)
    monkeypatch.setattr(switching, "BATCH", 8)
    put, calls = FakeIndex.put, []

    def failing(self: FakeIndex, keys: Sequence[int], vectors: object) -> None:
        calls.append(len(keys))
        if len(calls) == 4:
            raise Fixable("The disk is full: free some space and do it again.")
        put(self, keys, vectors)

    monkeypatch.setattr(FakeIndex, "put", failing)
    world.switching.begin("other", anyway=True)
    with pytest.raises(Fixable, match="disk is full"):
        world.switching.wait(lambda *_: None)
    state = world.switching.state
    assert (state.active.model, state.coming.model) == ("good", "other")
    assert len(world.joint.index(state.coming).keys()) == 24
    assert found(world, "something red")
    world.start()
    world.jobs.resume(state.job)
    assert world.switching.wait(lambda *_: None).model == "other"
    assert calls == [8] * 4 + [8] * 3
    assert found(world, "something red")


def test_settings_are_followed_when_they_change_and_only_then(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures")
    world.switching.follow("good")
    assert world.switching.state.active.model == "good"
    switch(world, "other")
    world.switching.follow("good")
    assert world.switching.state.active.model == "other"
    world.switching.follow(None)
    assert world.switching.state.active is None


def test_an_unknown_model_is_said_and_changes_nothing(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures", each=1)
    world.switching.begin("nobody/knows")
    with pytest.raises(Fixable, match="no model nobody/knows"):
        world.switching.wait(lambda *_: None)
    assert world.switching.state.active is None


def test_vectors_of_another_model_are_refused(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures")
    switch(world, "good")
    space = world.joint.active()
    with pytest.raises(Fixable):
        space.index.put([1], world.joint_models["other"].texts(["red"]))
    world.joint_models["good"] = ColourJoint("good", extra=1)
    world.start()
    with pytest.raises(Fixable, match="dalm models switch good"):
        world.joint.active()
    answer = world.search.find(SearchRequest("red"), world.owner)
    assert "was changed since it placed" in answer.note
    assert switch(world, "good").took_over
    assert found(world, "something red")


def test_golden_texts_are_what_people_and_files_say(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures", each=2)
    keys = [asset.key for asset in world.all()]
    assert {one.text for one in golden(world.catalogue, keys)} == {
        f"{colour} picture number {2 * place + number}"
        for place, colour in enumerate(SHADES)
        for number in (0, 1)
    }
    for asset in world.all():
        say(world, asset.id, "the same of all")
    assert golden(world.catalogue, keys) == []


@pytest.mark.parametrize(
    ("old", "new", "takes"),
    [
        ([1] * 30, [1] * 30, True),
        ([1] * 30, [1] * 26 + [None] * 4, True),
        ([1] * 30, [1] * 20 + [None] * 10, False),
        ([1] * 30, [9] * 30, False),
        ([None] * 30, [1] * 30, True),
        ([1] * (FEWEST - 1), [1] * (FEWEST - 1), False),
    ],
)
def test_the_rule_of_taking_over(old: list[int | None], new: list[int | None], takes: bool):
    verdict = judged(Recall("old", tuple(old)), Recall("new", tuple(new)))
    assert verdict.better_or_equal is takes
    assert "old: R@1" in verdict.text


def test_a_strong_hit_by_the_picture_alone_is_strong(world: World, tmp_path: Path):
    fill(world, tmp_path / "pictures", texts=False)
    switch(world, "good", anyway=True)
    hits = world.search.find(SearchRequest("something red", limit=50), world.owner).hits
    assert hits
    assert all(hit.band is Band.STRONG for hit in hits)
