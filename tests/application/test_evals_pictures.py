"""Captioned pictures out of packages, and the figures that are made of what is found."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from evals.bench.ranking import (
    Asked,
    Shown,
    answered,
    confidently_wrong,
    precision_shown,
    recall,
    recall_shown,
    reciprocal,
)
from evals.bench.retrieval import ABSENT, found_sets
from evals.bench.retrieval_report import Finding, document, markdown
from evals.pictures.captioned import LANGUAGES, first_sentence
from evals.pictures.photographs import CAPTIONS, parse_captions, photographs
from evals.pictures.rcc import Entry, entries
from evals.pictures.samples import samples
from evals.pictures.stamps import stamps
from evals.shares import Share


def archive(name: str, content: bytes, flags: int, folder: str = "music") -> bytes:
    """Write an archive of one file in one folder, of the version that Qt 5 writes."""
    names = b"".join(
        struct.pack(">HI", len(one), 0) + one.encode("utf-16-be") for one in (folder, name)
    )
    nodes = [
        struct.pack(">IHII", 0, 2, 1, 1),
        struct.pack(">IHII", 0, 2, 1, 2),
        struct.pack(">IHHHI", 6 + 2 * len(folder), flags, 0, 0, 0),
    ]
    tree = b"".join(node + bytes(8) for node in nodes)
    start = 20
    offsets = (start, start + len(tree), start + len(tree) + 4 + len(content))
    head = b"qres" + struct.pack(">IIII", 3, *offsets)
    return head + tree + struct.pack(">I", len(content)) + content + names


def asked(*hits: tuple[bool, bool, float], wanted: int = 1, query: str = "a dog") -> Asked:
    shown = tuple(Shown("a cat", right, strong, score, "why") for right, strong, score in hits)
    return Asked(query, "en", "stamps", wanted, shown)


@pytest.mark.parametrize(
    ("content", "flags"), [(b"picture", 0), (b"\0\0\0\7" + zlib.compress(b"picture"), 1)]
)
def test_an_archive_gives_its_files(tmp_path: Path, content: bytes, flags: int) -> None:
    path = tmp_path / "one.rcc"
    path.write_bytes(archive("drums.webp", content, flags))
    assert list(entries(path)) == [Entry("music/drums.webp", b"picture")]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.rcc"
    path.write_bytes(b"PK\3\4 something else")
    with pytest.raises(ValueError, match="no Qt resource archive"):
        list(entries(path))


def test_photographs_are_unpacked_with_their_captions(tmp_path: Path) -> None:
    place = tmp_path / "usr/share/gcompris-qt/rcc/explore_world_music.rcc"
    place.parent.mkdir(parents=True)
    # A name of the tree may hold slashes: to the reader it is one path all the same.
    inside = "gcompris/src/activities/explore_world_music/resource/orchestra.webp"
    place.write_bytes(archive(inside, b"bytes", 0, folder=""))
    assert photographs(tmp_path / "elsewhere", tmp_path / "unpacked") is None
    found = photographs(tmp_path, tmp_path / "unpacked")
    assert found
    (picture,) = found.pictures
    assert picture.captions["de"] == "ein Orchester"
    assert picture.path.read_bytes() == b"bytes"


def test_stamps_have_the_first_sentence_of_each_language(tmp_path: Path) -> None:
    folder = tmp_path / "usr/share/tuxpaint/stamps/animals"
    folder.mkdir(parents=True)
    for name, text in {
        "dog": "A dog. It barks.\nde.utf8=Ein Hund.\nxx.utf8=Hond\nja.utf8=犬。",
        "long": "This picture says far more than anybody would ever ask for.",
    }.items():
        Image.new("RGBA", (8, 8)).save(folder / f"{name}.png")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    found = stamps(tmp_path)
    assert found
    assert [dict(one.captions) for one in found.pictures] == [
        {"en": "A dog", "de": "Ein Hund", "ja": "犬"}
    ]


def test_without_packages_the_samples_are_left(tmp_path: Path) -> None:
    (only,) = found_sets(tmp_path, tmp_path)
    assert len(only.pictures) == len(samples().pictures) > 20
    assert all(one.path.is_file() for one in only.pictures)


def test_every_caption_is_there_in_every_language() -> None:
    captions = parse_captions(CAPTIONS.read_text(encoding="utf-8"))
    assert all(tuple(one) == LANGUAGES and all(one.values()) for one in captions.values())
    rows = [line.split("\t") for line in ABSENT.read_text(encoding="utf-8").splitlines()[1:]]
    assert {len(row) for row in rows} == {len(LANGUAGES)}


def test_a_caption_is_its_first_sentence() -> None:
    assert first_sentence("A dog! It barks.") == "A dog"
    assert first_sentence("犬。大きい。") == "犬。大きい"


def test_recall_looks_as_deep_as_it_says() -> None:
    some = [asked((False, True, 0.9), (True, False, 0.2)), asked((True, True, 0.9)), asked()]
    assert recall(some, 1) == Share(1, 3)
    assert recall(some, 5) == Share(2, 3)
    assert recall(some, 5, weak=False) == Share(1, 3)
    assert reciprocal(some).value == pytest.approx(0.5)


def test_the_cut_off_is_judged_by_what_is_shown() -> None:
    some = [
        asked((True, True, 0.9), (False, True, 0.8), (True, False, 0.3), wanted=3),
        asked((False, False, 0.2)),
    ]
    assert precision_shown(some) == Share(1, 2)
    assert recall_shown(some) == Share(1, 4)
    assert answered(some) == Share(1, 2)


def test_the_surest_mistakes_come_first() -> None:
    some = [
        asked((True, True, 0.95), (False, True, 0.6), query="a wolf"),
        asked((False, True, 0.9), (False, True, 0.8), query="a fox"),
        asked((False, False, 0.4), query="a cow"),
    ]
    wrong = confidently_wrong(some, 5)
    assert [(one.query, hit.score) for one, hit in wrong] == [("a fox", 0.9), ("a wolf", 0.6)]


def test_a_report_holds_the_figures_and_the_mistakes() -> None:
    absent = Asked("a tax form", "en", "absent", 0, (Shown("a cat", False, True, 0.7, "why"),))
    some = (asked((True, True, 0.9)), asked((False, False, 0.1)), absent)
    finding = Finding("dalm bench retrieval", "2026-11-25", "here", (samples(),), some, 2.0)
    text = markdown(finding)
    assert "| stamps | en | 2 | .50 | .50 | 0.50 (0.09 to 0.91, n 2) | .50" in text
    assert "| absent | en | - | - | - | 1.00 (0.21 to 1.00, n 1) |" in text
    assert "| a tax form | a cat | 0.70 | why |" in text
    assert document(finding)["ranks"] == [
        ["stamps", "en", "a dog", 1],
        ["stamps", "en", "a dog", None],
        ["absent", "en", "a tax form", None],
    ]
