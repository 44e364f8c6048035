"""What is owned already is offered before it is made, licensed or published again."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.publisher import FakePublisher
from tests.library.world import CHANNELS, World
from tools.core.approvals import Approvals
from tools.core.assets import Asset
from tools.core.channels import parse_channels
from tools.core.deliveries import Deliveries
from tools.core.directory import OWNER
from tools.core.errors import Refused
from tools.core.people import Authority, Role, Viewer
from tools.core.policy import parse_policy
from tools.core.publishing import Publishing

STORY = (1080, 1920)
TEXT = "Dear Ana, the beach club opens in June with forty chairs and a very long bar."


def photo(path: Path, size: tuple[int, int], colour: tuple[int, int, int]) -> Path:
    """Write a picture in about one colour, no two of them with the same bytes."""
    picture = Image.new("RGB", size, colour)
    picture.putpixel((5, 5), tuple(random.Random(path.name).randbytes(3)))
    picture.save(path)
    return path


def cleared(world: World, *assets: Asset) -> None:
    world.rights.own_work([asset.id for asset in assets], "Jane Doe", Authority(OWNER))


def publishing(world: World) -> Publishing:
    policy = parse_policy((CHANNELS.parent / "policy.toml").read_text())
    publishers = {"website": FakePublisher()}
    parts = {"catalogue": world.catalogue, "clock": world.clock, "rights": world.rights}
    return Publishing(
        approvals=Approvals(policy=policy, catalogue=world.catalogue, clock=world.clock),
        policy=policy,
        channels=parse_channels(CHANNELS.read_text()),
        publishers=publishers,
        deliveries=Deliveries(library=world.library, publishers=publishers, **parts),
        owned=world.owned,
        **parts,
    )


@pytest.fixture
def reds(world: World, tmp_path: Path) -> World:
    """Give three pictures that look alike, one of them a story, and one that does not."""
    world.take(
        photo(tmp_path / "red.png", (1600, 2400), (250, 5, 5)),
        photo(tmp_path / "agency.png", (800, 600), (245, 9, 9)),
        photo(tmp_path / "story.png", STORY, (240, 12, 12)),
        photo(tmp_path / "blue.png", STORY, (5, 5, 250)),
    )
    return world


def owned(notes: Sequence[str]) -> list[str]:
    return [note for note in notes if note.startswith("You already own")]


def test_a_cleared_picture_of_that_size_is_offered_and_the_rendition_made(reds: World) -> None:
    red, story, blue = (reds.named(f"{name}.png") for name in ("red", "story", "blue"))
    made = reds.reframer.reframe([red.id], ["instagram-story"], reds.me)
    assert owned(made.notes) == []
    cleared(reds, story, blue)
    made = reds.reframer.reframe([red.id], ["instagram-story"], reds.me)
    assert owned(made.notes) == [
        f"You already own 'Story' ({story.id}): instagram-story (1080 x 1920), looks like it and "
        "is cleared."
    ]
    assert len(made.assets) == 1
    assert owned(reds.reframer.reframe([red.id], ["1:1"], reds.me).notes) == []


def test_a_rendition_of_an_older_version_is_offered(reds: World, tmp_path: Path) -> None:
    red = reds.named("red.png")
    reds.reframer.reframe([red.id], ["instagram-story"], reds.me)
    photo(tmp_path / "red.png", (1600, 2402), (255, 1, 1))
    reds.take(tmp_path / "red.png")
    made = reds.reframer.reframe([red.id], ["instagram-story"], reds.me)
    (line,) = owned(made.notes)
    assert "made from version 1" in line


def test_a_translation_by_other_means_is_offered(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text(TEXT)
    (folder / "by hand.txt").write_text(TEXT.replace("Dear", "Querida").upper())
    world.take(folder)
    letter, hand = world.named("letter.txt"), world.named("by hand.txt")
    made = world.translation.translate(letter.id, "pt", world.me)
    assert [hand.id in line for line in owned(made.notes)] == [True]
    assert "a text in Portuguese that reads like it" in owned(made.notes)[0]
    (again,) = made.assets
    (folder / "letter.txt").write_text(f"{TEXT} Yours, Jane.")
    world.take(folder / "letter.txt")
    renewed = world.translation.translate(letter.id, "pt", world.me)
    assert any(again.id in line and "from version 1" in line for line in owned(renewed.notes))


def test_what_may_not_go_out_is_told_with_what_may(reds: World) -> None:
    agency, story = reds.named("agency.png"), reds.named("story.png")
    with pytest.raises(Refused) as refused:
        publishing(reds).plan([agency.id], "website", None, reds.owner)
    assert "You already own" not in str(refused.value)
    cleared(reds, story)
    with pytest.raises(Refused, match="You already own 'Story'") as refused:
        publishing(reds).plan([agency.id], "website", None, reds.owner)
    assert "may be used so" in str(refused.value)


def test_a_plan_names_what_is_on_the_channel_already(reds: World) -> None:
    red, story = reds.named("red.png"), reds.named("story.png")
    cleared(reds, red, story)
    service = publishing(reds)
    approvals = service._approvals
    draft = service.plan([story.id], "website", None, reds.owner)
    assert draft.offers == ()
    plan = approvals.propose(draft, reds.me)
    approvals.decide(plan.id, reds.owner, approved=True)
    service.publish([story.id], "website", None, Authority(reds.owner, "t1", plan.id))
    draft = service.plan([red.id], "website", None, reds.owner)
    assert [name for name, _ in draft.offers] == [story.id]
    assert "on website already" in draft.offers[0][1]
    again = approvals.propose(draft, reds.me)
    with reds.catalogue.reading() as records:
        kept = records.plans.get(again.id)
    assert kept
    assert kept.draft.offers == draft.offers


def test_nobody_is_offered_what_they_may_not_see(reds: World) -> None:
    red = reds.named("red.png")
    bob = Viewer("bob", "Bob", frozenset({Role.CONTRIBUTOR}))
    hidden = photo(reds.folder / "hidden.png", STORY, (249, 6, 6))
    reds.take(hidden, audience=("ana",))
    cleared(reds, reds.named("hidden.png"))
    made = reds.reframer.reframe([red.id], ["instagram-story"], Authority(bob))
    assert owned(made.notes) == []
