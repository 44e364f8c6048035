"""The library is read as each viewer may see it, and says how complete it is."""

from pathlib import Path

import pytest

from tests.library.world import World
from tools.core.assets import Field, MediaType
from tools.core.errors import Fixable
from tools.core.ingest.evidence import Evidence, faces_from_json, faces_to_json
from tools.core.ingest.naming import stored_name, title_of
from tools.core.perception import Box, Seen, TextRegion
from tools.core.records import AssetFilter


def test_details_hide_what_only_machines_read(world: World, album: Path) -> None:
    world.take(album)
    dog = world.named("red_dog.png")
    details = world.library.details(dog.id, world.owner)
    assert Field.EVIDENCE not in {value.field for value in details.fields}
    assert details.versions[0].sha256 == dog.version.sha256
    with pytest.raises(Fixable, match="Search first"):
        world.library.details("nope", world.owner)


def test_pages_count_everything_and_give_facets(world: World, album: Path) -> None:
    world.take(album)
    page = world.library.browse(AssetFilter(media_type=MediaType.IMAGE), world.owner, 2)
    assert (len(page.assets), page.total) == (2, 3)
    assert {(f.name, f.value, f.count) for f in page.facets} >= {("media_type", "image", 3)}


def test_thumbnails_are_made_when_they_are_missing(world: World, album: Path) -> None:
    world.take(album)
    dog, text = world.named("red_dog.png"), world.named("prices.csv")
    small = world.library.thumbnail(dog.id, world.owner, 64)
    assert world.thumbnails.get(dog.version.sha256, 64) == small
    world.thumbnails.kept.clear()
    assert world.library.thumbnail(dog.id, world.owner, 64) == small
    other = world.folder / "x.bin"
    other.write_bytes(bytes(range(256)))
    world.take(other)
    with pytest.raises(Fixable, match="no picture"):
        world.library.thumbnail(world.named("x.bin").id, world.owner)
    assert text.media_type is MediaType.DATASET


def test_the_report_counts_what_is_described(world: World, album: Path) -> None:
    world.take(album, own_work="Jane")
    dog = world.named("red_dog.png")
    world.tagging.tag([dog.id], ["x"], [], world.me)
    world.tagging.describe(dog.id, None, None, "A dog", world.me)
    world.tagging.collect([dog.id], "Best", world.me)
    report = world.library.report(world.owner)
    assert (report.total, report.with_tags, report.with_alt_text) == (6, 1, 1)
    assert (report.with_rights, report.in_collections) == (6, 1)
    assert dict(report.by_type)["image"] == 3
    assert report.bytes > 0


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("two_dogs_at_balcony.JPG", "Two dogs at balcony"),
        ("product-sheet.docx", "Product sheet"),
        ("IMG_2078.jpg", "IMG 2078"),
        ("2026-11-24.png", "2026-11-24"),
        (".jpg", "Jpg"),
        ("a" * 400 + ".png", "A" + "a" * 119),
    ],
)
def test_names_become_titles(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.png", "x.png"),
        ("a\nb\x00c.txt", "a b c.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "unnamed"),
        ("\ud800.txt", "txt"),
    ],
)
def test_names_are_never_paths(name: str, kept: str) -> None:
    assert stored_name(name) == kept


def test_evidence_is_read_as_it_was_written() -> None:
    evidence = Evidence(
        (Seen("dog", 0.9, Box(0.1, 0.2, 0.3, 0.4)), Seen("cat", 0.5)),
        (TextRegion('a "b" ü', 0.8, Box(0.0, 0.0, 1.0, 1.0)),),
        ((207, 0.8123), (3, 0.1)),
    )
    assert Evidence.from_json(evidence.to_json()) == evidence
    faces = (Seen("face", 0.9, Box(0.1, 0.2, 0.3, 0.4)),)
    assert faces_from_json(faces_to_json(faces)) == faces
