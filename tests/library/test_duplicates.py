"""What is there twice is found in three classes, with what to keep and why; nothing goes."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from tests.library.world import World
from tools.adapters.imaging.pillow import PillowImaging
from tools.core.assets import Field, FieldValue, Source
from tools.core.duplicates.fingerprints import FURTHEST, close_pairs
from tools.core.duplicates.report import DuplicateGroup, Sameness, asks_for_duplicates
from tools.core.people import Role, Viewer
from tools.reply import duplicates as worded

PHOTOS = Path(__file__).parents[2] / "samples" / "photos"


def photo(name: str = "IMG_2148.jpg") -> Image.Image:
    return Image.open(PHOTOS / name).convert("RGB")


@pytest.fixture
def shelf(world: World, tmp_path: Path) -> World:
    """Give one photo in four files, a burst-like variant of it, and another photo."""
    folder = tmp_path / "shelf"
    (folder / "again").mkdir(parents=True)
    whole = photo()
    whole.save(folder / "sunset.jpg", quality=92)
    (folder / "again" / "copy of sunset.jpg").write_bytes((folder / "sunset.jpg").read_bytes())
    whole.resize((whole.width // 2, whole.height // 2)).save(folder / "small.webp", quality=60)
    whole.save(folder / "tagged.jpg", quality=40, comment=b"retagged")
    warm = ImageEnhance.Brightness(whole).enhance(1.3)
    warm.crop((20, 20, whole.width - 20, whole.height - 20)).save(folder / "another shot.jpg")
    photo("IMG_2071.jpg").save(folder / "other.jpg", quality=90)
    world.take(folder)
    return world


def groups(world: World, sameness: Sameness, viewer: Viewer | None = None) -> list[DuplicateGroup]:
    report = world.duplicates.report(viewer or world.owner)
    return [group for group in report.groups if group.sameness is sameness]


def names(group: DuplicateGroup) -> list[str]:
    return [group.keep.file_name, *(spare.asset.file_name for spare in group.spares)]


def test_files_with_the_same_bytes_are_told_with_their_places(shelf: World) -> None:
    (group,) = groups(shelf, Sameness.BYTES)
    assert {group.keep.file_name} < {"sunset.jpg", "copy of sunset.jpg"}
    assert group.spares == ()
    assert len(group.copies) == 1
    assert group.copies[0].endswith("sunset.jpg")


def test_one_picture_in_several_files_is_one_group(shelf: World) -> None:
    (group,) = groups(shelf, Sameness.PICTURE)
    first, *rest = names(group)
    assert "sunset" in first
    assert sorted(rest) == ["small.webp", "tagged.jpg"]
    assert group.because == "least compressed"
    assert group.bytes == sum(spare.asset.version.bytes for spare in group.spares)


def test_what_only_looks_alike_is_a_class_of_its_own(shelf: World, tmp_path: Path) -> None:
    """The vision model of tests tells nothing but colours apart."""
    for name, colour in (("shot 1.png", (9, 9, 240)), ("shot 2.png", (20, 9, 235))):
        Image.new("RGB", (300, 200), colour).save(tmp_path / name)
    shelf.take(tmp_path / "shot 1.png", tmp_path / "shot 2.png")
    blue = next(g for g in groups(shelf, Sameness.SCENE) if "shot 1.png" in names(g))
    assert sorted(names(blue)) == ["shot 1.png", "shot 2.png"]
    photos = next(g for g in groups(shelf, Sameness.SCENE) if "another shot.jpg" in names(g))
    assert "shot 2.png" not in names(photos)


def test_nothing_is_deleted_and_what_could_go_is_shown(shelf: World) -> None:
    before = [(asset.id, asset.state) for asset in shelf.all()]
    told, reply = worded(shelf.duplicates.report(shelf.owner))
    assert "Nothing was deleted." in told
    assert sorted(one.asset.file_name for one in reply.shown) == ["small.webp", "tagged.jpg"]
    assert [(asset.id, asset.state) for asset in shelf.all()] == before


def test_what_people_said_of_a_spare_is_pointed_out(shelf: World) -> None:
    small = shelf.named("small.webp")
    said = FieldValue(small.id, Field.DESCRIPTION, "Dusk", Source.PERSON, "jane", shelf.clock.now())
    with shelf.catalogue.writing() as records:
        records.fields.put([said])
        records.collections.add("Evenings", [small.id], "jane", shelf.clock.now())
    (group,) = groups(shelf, Sameness.PICTURE)
    notes = {spare.asset.file_name: spare.notes for spare in group.spares}
    assert notes["small.webp"] == (
        "people described it: carry their words over first",
        "in a collection",
    )
    assert notes["tagged.jpg"] == ()


def test_of_files_alike_in_size_the_described_one_is_kept(shelf: World) -> None:
    tagged = shelf.named("tagged.jpg")
    said = FieldValue(
        tagged.id, Field.DESCRIPTION, "Dusk", Source.PERSON, "jane", shelf.clock.now()
    )
    with shelf.catalogue.writing() as records:
        records.fields.put([said])
    (group,) = groups(shelf, Sameness.PICTURE)
    assert group.keep.id == tagged.id
    assert group.because == "best described by people"


def test_a_rendition_is_no_duplicate_of_its_original(shelf: World) -> None:
    made = shelf.reframer.reframe([shelf.named("other.jpg").id], ["1000x1000", "500x500"], shelf.me)
    assert len(made.assets) == 2
    found = {name for group in shelf.duplicates.report(shelf.owner).groups for name in names(group)}
    assert not found & {asset.file_name for asset in made.assets}


def test_nobody_learns_of_what_they_may_not_see(world: World, tmp_path: Path) -> None:
    path, other = tmp_path / "secret.jpg", tmp_path / "open.jpg"
    photo().save(path, quality=90)
    photo().save(other, quality=50)
    world.take(path, audience=("ana",))
    world.take(other)
    bob = Viewer("bob", "Bob", frozenset({Role.VIEWER}))
    assert world.duplicates.report(bob).groups == ()
    assert len(groups(world, Sameness.PICTURE)) == 1


def test_pictures_of_before_are_recognised_when_the_library_is_opened(shelf: World) -> None:
    with shelf.catalogue.writing() as records:
        records.fields.retire(records.fields.everywhere(Field.FINGERPRINT), shelf.clock.now())
    assert groups(shelf, Sameness.PICTURE) == []
    assert "`dalm reindex`" in shelf.duplicates.report(shelf.owner).note
    shelf.ingest.repair(lambda _done, _total, _note: None)
    assert len(groups(shelf, Sameness.PICTURE)) == 1


def test_fingerprints_are_for_machines(shelf: World) -> None:
    known = shelf.library.details(shelf.named("other.jpg").id, shelf.owner)
    assert Field.FINGERPRINT not in {value.field for value in known.fields}


def test_a_picture_is_recognised_after_what_is_usually_done_to_it(tmp_path: Path) -> None:
    imaging, whole = PillowImaging(), photo()
    print_ = imaging.fingerprint(whole)
    for quality in (30, 60, 90):
        path = tmp_path / f"{quality}.jpg"
        whole.resize((400, round(400 * whole.height / whole.width))).save(path, quality=quality)
        again = imaging.open(path)
        assert apart(print_, imaging.fingerprint(again)) <= FURTHEST
        assert imaging.difference(whole, again) < 0.06
    marked = whole.copy()
    wide, high = whole.size
    ImageDraw.Draw(marked).rectangle((wide * 0.8, high * 0.8, wide * 0.95, high * 0.95), fill="red")
    assert imaging.difference(whole, marked) > 0.06
    assert apart(print_, imaging.fingerprint(photo("IMG_2071.jpg"))) > FURTHEST
    assert imaging.fingerprint(Image.new("RGB", (90, 60), "teal")) == "0" * 16


PRINTS = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=8)


@given(PRINTS, st.integers(0, 2**32), st.integers(0, 9))
def test_near_fingerprints_are_found_as_by_comparing_each_with_each(
    known: list[int], seed: int, flips: int
) -> None:
    chance = random.Random(seed)
    near = known[0]
    for _ in range(flips):
        near ^= 1 << chance.randrange(64)
    prints = {key: f"{one:016x}" for key, one in enumerate(dict.fromkeys([*known, near]))}
    expected = {
        (a, b) for a in prints for b in prints if a < b and apart(prints[a], prints[b]) <= FURTHEST
    }
    assert close_pairs(prints) == expected


def test_many_with_one_fingerprint_are_paired_with_the_first() -> None:
    assert close_pairs(dict.fromkeys(range(4), "00ff00ff00ff00ff")) == {(0, 1), (0, 2), (0, 3)}


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("duplicates", True),
        ("what do we have twice?", True),
        ("Welche Bilder sind doppelt?", True),
        ("les doublons", True),
        ("archivos duplicados", True),
        ("重複した画像", True),
        ("alt text", False),
        ("", False),
    ],
)
def test_who_asks_for_duplicates_is_understood(topic: str, asked: bool) -> None:
    assert asks_for_duplicates(topic) is asked


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()
