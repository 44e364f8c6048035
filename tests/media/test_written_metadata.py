"""What exiftool writes into copies is what our own readers read, and the picture stays the same."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, IptcImagePlugin
from pypdf import PdfWriter

from tests.media.making import HEIC, encoded, film, halves, psd
from tools.adapters.imaging.xmp import WRITTEN, write_xmp
from tools.adapters.metadata.exiftool import ExifTool
from tools.adapters.metadata.writing import MetadataFiles
from tools.adapters.probe.content import ContentProbe
from tools.core.errors import Fixable
from tools.core.perception import FileFacts

pytestmark = pytest.mark.services

FIELDS = {
    "title": "Piers & <boats>, \u65e5\u672c " + "\u00e9" * 40,
    "description": "First line.\nSecond line with ${HOME} and $(id).",
    "alt_text": "-execute",
    "creator": "Ana \u0160ilva",
    "copyright": "\u00a9 2026 Ana",
    "credit": "@/etc/passwd",
    "rights_holder": "Harbour Ltd",
    "usage_terms": "Editorial\nuse only.",
    "web_statement": "https://example.org/terms",
    "licensor": "https://example.org/licence",
    "data_mining": "DMI-PROHIBITED-AIMLTRAINING",
    "source_type": "digitalCapture",
    "keywords": "boats\n" + "\u65e5" * 30 + "\n-execute\nbase64:QUJD",
    "keyword_paths": "animals|dog\nplaces|sea",
    "rating": "4",
    "colour_label": "Red",
}


def _pdf():
    target = BytesIO()
    made = PdfWriter()
    made.add_blank_page(200, 100)
    made.add_metadata({"/Title": "Old title", "/Keywords": "old, words", "/Producer": "Kept"})
    made.write(target)
    return target.getvalue()


def _film(form):
    with TemporaryDirectory() as folder:
        return film(Path(folder) / "film", form, "mpeg4", title="Old title").read_bytes()


def _said(path, mime):
    if mime == "application/rdf+xml":
        return FileFacts("other", mime, embedded=ContentProbe().sidecar(path))
    return ContentProbe().identify(path)


FILES = {
    "image/jpeg": lambda: encoded(halves(64, 48), "JPEG"),
    "image/png": lambda: encoded(halves(64, 48), "PNG"),
    "image/webp": lambda: encoded(halves(64, 48), "WEBP"),
    "image/tiff": lambda: encoded(halves(64, 48), "TIFF"),
    "image/avif": lambda: encoded(halves(64, 48), "AVIF"),
    "image/heic": lambda: HEIC,
    "image/vnd.adobe.photoshop": psd,
    "application/pdf": _pdf,
    "video/mp4": lambda: _film("mp4"),
    "video/quicktime": lambda: _film("mov"),
    "application/rdf+xml": lambda: write_xmp({"title": "Old", "keywords": "old"}),
}


@pytest.fixture(scope="module")
def writer():
    files = MetadataFiles(ExifTool())
    assert not files.obstacle("image/jpeg"), files.obstacle("image/jpeg")
    yield files
    files.close()


@pytest.fixture
def copy(tmp_path):
    """Write content into a file in a folder of its own."""

    def make(content):
        path = tmp_path / "a b" / "copy"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize("mime", FILES)
def test_every_field_comes_back_and_the_picture_is_untouched(writer, copy, mime):
    assert set(FIELDS) == WRITTEN
    path = copy(FILES[mime]())
    before = _said(path, mime)
    writer.write(path, mime, FIELDS)
    after = _said(path, mime)
    assert after.embedded == before.embedded | FIELDS
    assert (after.mime, after.width, after.height) == (mime, before.width, before.height)
    assert (after.duration, after.pages) == (before.duration, before.pages)
    assert [one.name for one in path.parent.glob("*_exiftool_tmp")] == []


def test_pixels_are_the_same_bytes(writer, copy):
    content = encoded(halves(64, 48), "JPEG")
    path = copy(content)
    writer.write(path, "image/jpeg", FIELDS)
    pixels = [Image.open(BytesIO(one)).tobytes() for one in (content, path.read_bytes())]
    assert pixels[0] == pixels[1]


def test_lists_are_replaced_and_other_languages_and_fields_stay(writer, copy):
    path = copy(encoded(halves(64, 48), "JPEG"))
    tool = ExifTool()
    named = path.rename(path.with_suffix(".jpg"))
    tool.run(
        ["-charset", "iptc=Latin", "-IPTC:City=M\u00fcnchen", "-IPTC:Keywords=old",
         "-XMP-dc:Subject=old", "-XMP-dc:Title-de=Stege", "-overwrite_original", str(named)]
    )  # fmt: skip
    tool.close()
    path = named.rename(path)
    writer.write(path, "image/jpeg", {"title": "Piers", "keywords": "new"})
    assert ContentProbe().identify(path).embedded == {"title": "Piers", "keywords": "new"}
    with Image.open(path) as picture:
        iptc = IptcImagePlugin.getiptcinfo(picture)
        assert b"Stege" in picture.info["xmp"]
    assert iptc[2, 90] == "M\u00fcnchen".encode()
    assert iptc[2, 25] == b"new"
    assert iptc[1, 90] == b"\x1b%G"


def test_iptc_is_cut_to_its_lengths_and_never_within_a_letter(writer, copy):
    path = copy(encoded(halves(64, 48), "JPEG"))
    writer.write(path, "image/jpeg", FIELDS)
    with Image.open(path) as picture:
        iptc = IptcImagePlugin.getiptcinfo(picture)
    assert iptc[2, 25][1].decode() == "\u65e5" * 21
    assert len(iptc[2, 5]) <= 64
    assert FIELDS["title"].startswith(iptc[2, 5].decode())


def test_a_file_that_cannot_be_written_says_why_and_the_program_goes_on(writer, copy):
    path = copy(b"\xff\xd8\xff\xe0 no picture")
    with pytest.raises(Fixable, match=r"JPEG|format|JFIF"):
        writer.write(path, "image/jpeg", FIELDS)
    good = copy(encoded(halves(64, 48), "JPEG"))
    writer.write(good, "image/jpeg", {"title": "Piers"})
    assert ContentProbe().identify(good).embedded == {"title": "Piers"}


def test_an_argument_with_a_line_end_is_refused():
    with pytest.raises(ValueError, match="line end"):
        ExifTool().run(["-ver\n-execute"])


def test_a_killed_program_is_started_again(writer, copy):
    tool = ExifTool()
    first = tool.run(["-ver"])
    tool._process.kill()
    tool._process.wait()
    assert tool.run(["-ver"]) == first
    tool.close()


def test_a_program_that_hangs_is_ended(tmp_path):
    slow = tmp_path / "exiftool"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    with pytest.raises(Fixable, match="too long"):
        ExifTool(str(slow), seconds=1).run(["-ver"])


@pytest.mark.parametrize(
    "folder", ["50%d off", "100%full", "two\nlines", '"$x" @{[1]}\r\\n', "\udcff"]
)
def test_no_name_of_a_folder_is_taken_for_anything_else(tmp_path, folder):
    place = tmp_path / folder
    place.mkdir()
    path = place / "copy"
    path.write_bytes(encoded(halves(64, 48), "JPEG"))
    writer = MetadataFiles(ExifTool())
    try:
        writer.write(path, "image/jpeg", {"title": "Pier"})
    finally:
        writer.close()
    assert ContentProbe().identify(path).embedded["title"] == "Pier"
    assert [one.name for one in place.iterdir()] == ["copy"]
