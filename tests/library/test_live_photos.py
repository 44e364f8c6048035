"""A picture and the film of its moment are one asset; other films of its name are not."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.survey.test_survey import surveyed
from tools.adapters.imaging.apple import content_id
from tools.adapters.probe.content import ContentProbe

ONE = "7C1A0F3E-0000-4000-8000-5A5A5A5A5A5A"
OTHER = "11111111-0000-4000-8000-5A5A5A5A5A5A"


def note(text: str, order: str = ">") -> bytes:
    """Write an Apple maker note that holds a content identifier."""
    mark, value = (b"MM" if order == ">" else b"II"), text.encode() + b"\0"
    entries = struct.pack(f"{order}HHIi", 0x1, 9, 1, 14)
    entries += struct.pack(f"{order}HHII", 0x11, 2, len(value), 16 + 2 * 12 + 4)
    return b"Apple iOS\0\0\x01" + mark + struct.pack(f"{order}H", 2) + entries + bytes(4) + value


def picture(path: Path, known: str = "", taken: str = "2024:05:06 07:08:09") -> Path:
    exif = Image.Exif()
    details = exif.get_ifd(0x8769)
    details[0x9003] = taken
    if known:
        details[0x927C] = note(known)
    Image.new("RGB", (60, 40), (200, 9, 90)).save(path, "JPEG", exif=exif)
    return path


def clip(path: Path, known: str = "", taken: str = "", seconds: float = 2.0) -> Path:
    with av.open(str(path), "w", format="mov", options={"movflags": "use_metadata_tags"}) as film:
        if known:
            film.metadata["com.apple.quicktime.content.identifier"] = known
        if taken:
            film.metadata["com.apple.quicktime.creationdate"] = taken
        stream = film.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(int(seconds * 10)):
            shade = np.full((48, 64, 3), number % 200, np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(shade)))
        film.mux(stream.encode(None))
    return path


def test_identifiers_are_read_from_both_and_broken_notes_are_none(tmp_path: Path) -> None:
    probe = ContentProbe()
    for path in (picture(tmp_path / "a.jpg", ONE), clip(tmp_path / "a.mov", ONE)):
        assert probe.identify(path).embedded["content_id"] == ONE
    assert content_id(note(ONE, "<")) == ONE
    whole = note(ONE)
    assert {content_id(whole[:end]) for end in range(len(whole))} <= {
        "", *(ONE[:end] for end in range(len(ONE) + 1))
    }  # fmt: skip
    assert content_id(b"Nikon" + whole) == content_id(None) == ""


@pytest.mark.parametrize(
    ("still", "moving", "one"),
    [
        ({"known": ONE}, {"known": ONE, "seconds": 5.0}, True),
        ({"known": ONE}, {"known": OTHER, "taken": "2024-05-06T07:08:09"}, False),
        ({}, {"taken": "2024-05-06T07:08:11+0200"}, True),
        ({"known": ONE}, {"taken": "2024-05-06T07:08:07"}, True),
        ({}, {"taken": "2024-05-06T07:08:20"}, False),
        ({}, {"taken": "2024-05-06T07:08:09", "seconds": 6.0}, False),
        ({}, {}, False),
    ],
)
def test_a_clip_is_the_moving_part_by_identifier_or_by_moment(
    world, tmp_path: Path, still, moving, one
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    picture(folder / "IMG_1.JPG", **still)
    clip(folder / "IMG_1.MOV", **moving)
    before = len(world.all())
    found = surveyed(folder)
    assert (found.files, found.assets) == (2, 1 if one else 2)
    outcomes = world.take(folder)
    assert {outcome.status.value for outcome in outcomes} == {"added"}
    assert len(world.all()) - before == found.assets
    if one:
        asset = next(a for a in world.all() if a.file_name == "IMG_1.JPG")
        (beside,) = world.library.details(asset.id, world.owner).companions
        assert (beside.file_name, beside.role) == ("IMG_1.MOV", "motion")
        assert any("moving part" in outcome.reason for outcome in outcomes)
    again = world.take(folder)
    assert {outcome.status.value for outcome in again} == {"unchanged"}


def test_a_survey_counts_what_an_ingest_joins(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        picture(tmp_path / name)
    (tmp_path / "a.xmp").write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    (tmp_path / "lonely.xmp").write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    found = surveyed(tmp_path)
    assert (found.files, found.assets) == (4, 2)
