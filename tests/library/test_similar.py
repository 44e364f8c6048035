"""Asking by example: assets, parts of them, files from outside, and what should differ."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.fakes.index import FakeIndex
from tests.library.world import World
from tools.core.assets import MediaType
from tools.core.errors import Fixable
from tools.core.perception import Box
from tools.core.search.answers import Band
from tools.core.search.example import Example, LikeRequest, read_box
from tools.core.search.visual import MOMENTS

RED, CRIMSON, BLUE, GREEN = (250, 0, 0), (225, 25, 20), (0, 0, 250), (0, 128, 0)
GREY, PALE, WHITE = (128, 128, 128), (120, 120, 250), (250, 250, 250)


def halves(path: Path, left: tuple[int, int, int], right: tuple[int, int, int]) -> Path:
    picture = Image.new("RGB", (200, 100), left)
    picture.paste(right, (100, 0, 200, 100))
    picture.save(path)
    return path


def film(path: Path, *colours: tuple[int, int, int]) -> Path:
    """Write a second of each colour."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"g": "1", "crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for colour in colours:
            frame = av.VideoFrame.from_ndarray(np.full((96, 160, 3), colour, dtype=np.uint8))
            for _ in range(10):
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.fixture
def gallery(world: World, tmp_path: Path) -> World:
    """Give a library of plain pictures; red ones show a dog, blue ones an airship."""
    folder = tmp_path / "gallery"
    folder.mkdir()
    for name, left, right in (
        ("red.png", RED, RED),
        ("crimson.png", CRIMSON, CRIMSON),
        ("blue.png", BLUE, BLUE),
        ("green.png", GREEN, GREEN),
        ("green and grey.png", GREEN, GREY),
        ("pale.png", PALE, WHITE),
    ):
        halves(folder / name, left, right)
    (folder / "letter.txt").write_text("Dear Ana, the beach club opens in June with 40 chairs.")
    (folder / "reply.txt").write_text("Dear Ana, the beach club opens in June with 60 chairs.")
    world.take(folder)
    return world


def found(world: World, request: LikeRequest) -> list[str]:
    return [hit.asset.file_name for hit in world.similar.find(request, world.owner).hits]


def known(index: FakeIndex) -> list[int]:
    return index.keys()


def looks(world: World) -> dict[int, list[float]]:
    return {key: world.looks.vectors([key])[0].tolist() for key in known(world.looks)}


def test_what_looks_alike_comes_with_its_reason(gallery: World) -> None:
    red = gallery.named("red.png")
    answer = gallery.similar.find(LikeRequest(Example(red.id)), gallery.owner)
    assert [hit.asset.file_name for hit in answer.hits] == ["crimson.png"]
    assert answer.hits[0].why.startswith("looks like 'Red' 0.9")
    assert answer.hits[0].verdict is not None
    assert answer.note == ""


def test_nothing_close_is_an_answer_that_names_the_nearest(gallery: World) -> None:
    blue = gallery.named("blue.png")
    answer = gallery.similar.find(LikeRequest(Example(blue.id)), gallery.owner)
    assert answer.hits == ()
    assert answer.note == "Nothing is close to 'Blue'; 'Pale' comes nearest."
    weak = gallery.similar.find(LikeRequest(Example(blue.id), weak=True), gallery.owner)
    assert weak.hits[0].asset.file_name == "pale.png"
    assert answer.weak_hidden >= 1
    assert {hit.band for hit in weak.hits} == {Band.WEAK}


def test_whoever_asks_for_all_sees_how_far_the_others_are(gallery: World) -> None:
    green = gallery.named("green.png")
    near = gallery.similar.find(LikeRequest(Example(green.id)), gallery.owner).hits
    every = gallery.similar.find(LikeRequest(Example(green.id), weak=True), gallery.owner).hits
    assert len(every) > len(near)
    assert {hit.band for hit in every[len(near) :]} == {Band.WEAK}


def test_a_file_from_outside_is_compared_and_not_kept(gallery: World, tmp_path: Path) -> None:
    outside = halves(tmp_path / "mine.png", (250, 12, 6), (250, 12, 6))
    before = len(gallery.all())
    example = Example(file=outside, name="mine.png")
    answer = gallery.similar.find(LikeRequest(example), gallery.owner)
    assert {hit.asset.file_name for hit in answer.hits} == {"red.png", "crimson.png"}
    assert "'mine.png'" in answer.hits[0].why
    assert len(gallery.all()) == before
    note = tmp_path / "note.txt"
    note.write_text("no picture")
    with pytest.raises(Fixable, match="not a picture"):
        gallery.similar.find(LikeRequest(Example(file=note)), gallery.owner)


def test_a_part_of_an_asset_counts_alone(gallery: World) -> None:
    both = gallery.named("green and grey.png")
    right = LikeRequest(Example(both.id, box=Box(0.5, 0, 1, 1)))
    assert found(gallery, right) == ["pale.png"]
    left = LikeRequest(Example(both.id, box=Box(0, 0, 0.5, 1)))
    assert found(gallery, left) == ["green.png"]
    letter = gallery.named("letter.txt")
    with pytest.raises(Fixable, match="only a picture has parts"):
        gallery.similar.find(LikeRequest(Example(letter.id, box=Box(0, 0, 1, 1))), gallery.owner)


@pytest.mark.parametrize("text", ["", "1,2", "0,0,0,1", "0.5,0,0.4,1", "a,b,c,d", "0,0,1,nan"])
def test_a_part_that_is_none_is_said(text: str) -> None:
    with pytest.raises(Fixable, match=r"fractions of its sides"):
        read_box(text)


def test_a_part_is_read_as_fractions() -> None:
    assert read_box("0.1, 0.2;0.6,0.9") == Box(0.1, 0.2, 0.6, 0.9)
    with pytest.raises(Fixable, match="too small"):
        read_box("0.1,0.1,0.11,0.9")


def test_documents_are_compared_by_what_they_say(gallery: World) -> None:
    letter = gallery.named("letter.txt")
    answer = gallery.similar.find(LikeRequest(Example(letter.id)), gallery.owner)
    assert [hit.asset.file_name for hit in answer.hits] == ["reply.txt"]
    assert answer.hits[0].why == "reads like 'Letter'"


def test_minus_takes_out_what_shows_the_thing(gallery: World) -> None:
    red = gallery.named("red.png")
    assert found(gallery, LikeRequest(Example(red.id), minus=("dogs",))) == []
    kept = gallery.similar.find(LikeRequest(Example(red.id), minus=("airplane",)), gallery.owner)
    assert kept.hits[0].asset.file_name == "crimson.png"
    assert kept.hits[0].why.endswith("no airplane")


def test_plus_weighs_likeness_with_what_is_added(gallery: World) -> None:
    red = gallery.named("red.png")
    dogs = gallery.similar.find(LikeRequest(Example(red.id), plus=("dogs",)), gallery.owner)
    assert dogs.hits[0].asset.file_name == "crimson.png"
    assert "shows dog" in dogs.hits[0].why
    ships = LikeRequest(Example(red.id), plus=("airplane",))
    assert "crimson.png" not in found(gallery, ships)


def test_frames_of_a_video_are_compared_too(gallery: World, tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mp4", GREEN, GREEN, BLUE)
    gallery.take(path)
    clip = gallery.named("clip.mp4")
    assert set(np.array(known(gallery.moments)) // MOMENTS) == {clip.key}
    blue = LikeRequest(Example(gallery.named("blue.png").id), media_type=MediaType.VIDEO)
    answer = gallery.similar.find(blue, gallery.owner)
    assert [hit.asset.id for hit in answer.hits] == [clip.id]
    assert answer.hits[0].why.startswith("a frame of it looks like")


def test_forgetting_takes_the_looks_along(gallery: World, tmp_path: Path) -> None:
    gallery.take(film(tmp_path / "clip.mp4", GREEN, BLUE))
    for asset in gallery.all():
        gallery.ingest.forget([asset.id], gallery.me)
    assert known(gallery.looks) == known(gallery.moments) == []


def test_a_library_from_before_gets_its_looks(gallery: World, tmp_path: Path) -> None:
    gallery.take(film(tmp_path / "clip.mp4", GREEN, BLUE))
    before = looks(gallery)
    moments = known(gallery.moments)
    gallery.visual.clear()
    gallery.vision.missing = True
    gallery.ingest.repair(lambda *_: None)
    assert looks(gallery) == {}
    gallery.vision.missing = False
    gallery.ingest.repair(lambda *_: None)
    assert looks(gallery) == before
    gallery.ingest.reindex(lambda *_: None)
    assert looks(gallery) == before
    assert known(gallery.moments) == moments


def test_a_changed_file_looks_as_it_looks_now(gallery: World, tmp_path: Path) -> None:
    red = gallery.named("red.png")
    halves(tmp_path / "gallery" / "red.png", (9, 4, 240), BLUE)
    gallery.take(tmp_path / "gallery")
    assert found(gallery, LikeRequest(Example(red.id))) == ["blue.png"]
