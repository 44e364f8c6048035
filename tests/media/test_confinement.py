"""Files are read in a process that may die; what it gives is what the plain readers give."""

import os
import signal
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.media import hostile
from tools.adapters.confinement.letters import Letter, receive, send
from tools.adapters.confinement.room import GIGABYTE, ReadingRoom
from tools.adapters.confinement.senses import (
    ConfinedDocuments,
    ConfinedImaging,
    ConfinedProbe,
    ConfinedVideo,
)
from tools.adapters.documents.files import FileDocuments
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.probe.content import ContentProbe
from tools.adapters.video import PyavVideo
from tools.core.errors import Fixable
from tools.core.perception import Box, FileFacts
from tools.core.ports import RenderSpec

FILES = (
    "photos/IMG_2001.jpg",
    "photos/IMG_2022.webp",
    "photos/CLIP_0001.mp4",
    "documents/brand-guideline.pdf",
    "documents/product-sheet.docx",
    "documents/catalogue.csv",
    "documents/press-release.md",
)


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    room = ReadingRoom(readers=1)
    yield room
    room.close()


@pytest.mark.parametrize("name", FILES)
def test_the_reading_room_gives_what_the_readers_give(room, samples, name) -> None:
    path = samples / name
    facts = ContentProbe().identify(path)
    assert ConfinedProbe(room).identify(path) == facts
    if facts.media_type in {"document", "dataset"}:
        confined, plain = ConfinedDocuments(room), FileDocuments()
        assert confined.read(path, facts.mime) == plain.read(path, facts.mime)
        page = plain.preview(path, facts.mime)
        assert confined.preview(path, facts.mime).tobytes() == page.tobytes()
        assert confined.schemas(path, facts.mime) == plain.schemas(path, facts.mime)
    if name.endswith(".pdf"):
        second = FileDocuments().preview(path, facts.mime, 2)
        assert ConfinedDocuments(room).preview(path, facts.mime, 2).tobytes() == second.tobytes()
    if facts.media_type == "image":
        picture = PillowImaging().open(path, 300)
        assert ConfinedImaging(room).open(path, 300).tobytes() == picture.tobytes()
        spec = RenderSpec(Box(0.1, 0, 1, 1), 90, 90)
        assert ConfinedImaging(room).render(path, spec) == PillowImaging().render(path, spec)
    if facts.media_type == "video":
        given = ConfinedVideo(room).key_frames(path, 2)
        wanted = PyavVideo().key_frames(path, 2)
        assert [f.seconds for f in given] == [f.seconds for f in wanted]
        assert [f.picture.tobytes() for f in given] == [f.picture.tobytes() for f in wanted]


def test_what_cannot_be_drawn_and_what_is_gone(room, tmp_path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04")
    assert ConfinedDocuments(room).preview(path, "application/zip") is None
    with pytest.raises(Fixable, match="Save it as DOCX"):
        ConfinedDocuments(room).read(path, "application/zip")
    with pytest.raises(FileNotFoundError):
        ConfinedImaging(room).open(tmp_path / "gone.jpg")


def test_odd_names_reach_the_reader(room, samples, tmp_path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9\n.jpg")
    path.write_bytes((samples / "own/camp-night.jpg").read_bytes())
    assert ConfinedProbe(room).identify(path).mime == "image/jpeg"


def test_a_reader_that_dies_costs_one_file(samples, tmp_path) -> None:
    room = ReadingRoom(readers=1)
    path = samples / "own/camp-night.jpg"
    facts = ConfinedProbe(room).identify(path)
    (reader,) = room._living
    os.kill(reader.process.pid, signal.SIGSEGV)
    with pytest.raises(Fixable, match="broke off"):
        ConfinedProbe(room).identify(path)
    assert ConfinedProbe(room).identify(path) == facts
    room.close()
    assert reader.process.poll() is not None


def test_a_reader_that_hangs_is_ended(tmp_path) -> None:
    room = ReadingRoom(readers=1, seconds=3)
    path = tmp_path / "endless.svg"
    path.write_bytes(hostile.endless_svg())
    with pytest.raises(Fixable, match="too long"):
        ConfinedImaging(room).open(path)
    room.close()


def test_memory_is_limited(tmp_path) -> None:
    room = ReadingRoom(readers=1, memory=GIGABYTE)
    path = tmp_path / "large.png"
    path.write_bytes(hostile.giant_png(14_000, 14_000))
    with pytest.raises(Fixable):
        ConfinedImaging(room).open(path)
    small = tmp_path / "small.png"
    small.write_bytes(hostile.giant_png(40, 40))
    assert ConfinedImaging(room).open(small).size == (40, 40)
    room.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 8,
        b"\xff" * 400,
        (3).to_bytes(8, "big") + b"{}",
        (2).to_bytes(8, "big") + b"{}",
        (14).to_bytes(8, "big") + b'{"parts": [9]}' + b"abc",
        (15).to_bytes(8, "big") + b'{"parts": [-1]}',
    ],
)
def test_nonsense_from_a_reader_is_no_letter(content) -> None:
    assert receive(BytesIO(content)) is None


def test_letters_arrive_as_they_were_sent() -> None:
    channel = BytesIO()
    send(channel, Letter({"a": "ü\udce9"}, [b"x" * 70_000, b""]))
    channel.seek(0)
    assert receive(channel) == Letter({"a": "ü\udce9"}, [b"x" * 70_000, b""])


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as heard:
        heard.bind(("127.0.0.1", 0))
        heard.listen()
        heard.setblocking(False)
        yield heard


def test_hostile_files_are_described_or_refused_in_one_line(tmp_path, listener) -> None:
    """Each is identified, read and drawn; nothing is fetched and no line of a secret gets out."""
    room = ReadingRoom(readers=1, memory=2 * GIGABYTE, seconds=60)
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    told: dict[str, str] = {}
    for name, content in hostile.folder(address).items():
        path = tmp_path / name
        path.write_bytes(content)
        told[name] = outcome(room, path)
    room.close()
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert not [name for name, said in told.items() if "root:" in said or "reader failed" in said]
    assert not [name for name, said in told.items() if said.startswith("refused") and "\n" in said]
    refused = {name for name, said in told.items() if said.startswith("refused")}
    assert refused >= {
        "bomb.xlsx", "copies.svg", "cut.heic", "deep.svg", "huge.png", "huge.psd", "laughs.svg",
        "laughs.xlsx", "loop.svg", "script.gif", "up.epub", "xxe.odt", "xxe.pptx", "xxe.svg",
        "page.pdf",
    }  # fmt: skip
    assert told["cover.indd"].startswith("document application/x-indesign")
    assert told["archive.jpg"] == "image image/jpeg"
    assert told["script.svg"] == told["remote.svg"] == told["local.svg"] == "image image/svg+xml"
    assert told["formula.csv"].startswith("dataset text/csv")
    assert "'=HYPERLINK" in told["formula.csv"]
    assert "'=HYPERLINK" in told["formula.xlsx"]
    assert "Jos" in told["mixed.csv"]


def outcome(room: ReadingRoom, path: Path) -> str:
    try:
        facts = ConfinedProbe(room).identify(path)
        return f"{facts.media_type} {facts.mime}{shown(room, path, facts)}"
    except Fixable as refused:
        return f"refused: {refused}"


def shown(room: ReadingRoom, path: Path, facts: FileFacts) -> str:
    if facts.media_type == "image":
        assert max(ConfinedImaging(room).open(path, 1280).size) <= 1600
    if facts.media_type not in {"document", "dataset"}:
        return ""
    documents = ConfinedDocuments(room)
    documents.preview(path, facts.mime)
    return " ".join(documents.read(path, facts.mime).pages)


def test_a_drawing_that_is_disarmed_still_shows(room, tmp_path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(hostile.folder("127.0.0.1:9")["remote.svg"])
    picture = ConfinedImaging(room).open(path)
    assert picture.getpixel((10, 10))[:3] == (200, 40, 40)
