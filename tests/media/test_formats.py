"""Every format of a library: known by content, with a picture or text as fits."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.media import making
from tools.adapters.documents.files import FileDocuments
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.probe.content import ContentProbe
from tools.adapters.video import PyavVideo
from tools.core.errors import Fixable
from tools.core.perception import Box, FileFacts
from tools.core.ports import DocumentText, RenderSpec

# An environment that was made before these packages came along lacks them.
JPEG = making.encoded(making.halves(256, 192), "JPEG", quality=90)
PICTURES = {
    "image/heic": making.HEIC,
    "image/avif": making.encoded(making.halves(), "AVIF"),
    "image/gif": making.encoded(making.halves(), "GIF"),
    "image/svg+xml": making.svg(),
    "image/vnd.adobe.photoshop": making.psd(),
    "application/postscript": making.eps("tiff"),
    "image/x-adobe-dng": making.dng(),
    "image/tiff": making.encoded(making.halves(mode="CMYK"), "TIFF"),
}
DOCUMENTS = {
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": making.pptx(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": making.xlsx(),
    "application/vnd.oasis.opendocument.text": making.odt(),
    "application/epub+zip": making.epub(),
    "application/x-indesign": making.indd(JPEG, ("file:/Users/a/x%20y.jpg", "C:\\p\\logo.ai")),
    "application/x-subrip": making.SRT,
    "application/json": b'{"harbour": ["boats", "piers"]}',
    "text/html": making.HTML,
    "text/vtt": making.VTT,
}


def stored(tmp_path: Path, content: bytes, name: str = "nameless") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def identified(tmp_path: Path, content: bytes) -> FileFacts:
    return ContentProbe().identify(stored(tmp_path, content))


def read(tmp_path: Path, mime: str) -> DocumentText:
    return FileDocuments().read(stored(tmp_path, DOCUMENTS[mime]), mime)


def shows_halves(picture: Image.Image) -> bool:
    red = picture.convert("RGB").getpixel((picture.width // 4, picture.height // 2))
    blue = picture.convert("RGB").getpixel((picture.width * 3 // 4, picture.height // 2))
    return red[0] > 150 > 110 > red[2] and blue[2] > 150 > 110 > blue[0]


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_is_known_by_content_and_shown_in_its_colours(tmp_path, mime) -> None:
    path = stored(tmp_path, PICTURES[mime])
    facts = ContentProbe().identify(path)
    assert (facts.media_type, facts.mime) == ("image", mime)
    picture = PillowImaging().open(path, 200)
    assert shows_halves(picture)
    assert abs(picture.width / picture.height - facts.width / facts.height) < 0.02
    assert Image.open(BytesIO(PillowImaging().thumbnail(picture, 64))).format == "WEBP"


@pytest.mark.parametrize("mime", PICTURES)
def test_renditions_are_made_of_every_picture_format(tmp_path, mime) -> None:
    path = stored(tmp_path, PICTURES[mime])
    made = PillowImaging().render(path, RenderSpec(Box(0, 0, 1, 1), 80, 60))
    assert (made.mime, made.width, made.height) == ("image/jpeg", 80, 60)
    assert shows_halves(Image.open(BytesIO(made.content)))


@pytest.mark.parametrize("mime", DOCUMENTS)
def test_a_document_is_known_by_content_and_drawn(tmp_path, mime) -> None:
    path = stored(tmp_path, DOCUMENTS[mime])
    facts = ContentProbe().identify(path)
    kind = "dataset" if "spreadsheet" in mime else "document"
    assert (facts.media_type, facts.mime) == (kind, mime)
    page = FileDocuments().preview(path, mime)
    assert page.size[0] >= 256
    assert page.convert("L").getextrema()[0] < 120


@pytest.mark.parametrize(("planes", "mime"), [(1, "image/tiff"), (3, "image/tiff")])
def test_sixteen_bits_keep_their_tones(tmp_path, planes, mime) -> None:
    path = stored(tmp_path, making.deep_tiff(planes))
    assert ContentProbe().identify(path).mime == mime
    assert PillowImaging().open(path).getpixel((2, 2))[:2] == (128, 128)


def test_a_raw_file_is_shown_by_its_preview_or_developed(tmp_path) -> None:
    facts = identified(tmp_path, making.dng())
    assert (facts.width, facts.height) == (640, 480)
    assert facts.embedded["creator"] == "Ana Silva"
    assert PillowImaging().open(tmp_path / "nameless").size == (320, 240)
    tiny = stored(tmp_path, making.dng(preview=(64, 48)), "tiny")
    developed = PillowImaging().open(tiny)
    assert developed.size == (320, 240)
    red, _, blue = developed.getpixel((40, 120))
    assert red > 3 * blue


def test_a_plain_tiff_is_no_raw_and_a_cut_raw_is_damaged(tmp_path) -> None:
    assert identified(tmp_path, PICTURES["image/tiff"]).mime == "image/tiff"
    with pytest.raises(Fixable, match="damaged"):
        identified(tmp_path, making.dng()[:-9000])


def test_photoshop_files_bring_their_xmp_and_their_size(tmp_path) -> None:
    facts = identified(tmp_path, making.psd(mode="CMYK", xmp=making.packet("Poster").encode()))
    assert facts.embedded["title"] == "Poster"
    deep = identified(tmp_path, making.psd(16, thumbnail=JPEG))
    assert (deep.width, deep.height) == (64, 48)
    assert "small preview" in deep.warnings[0]
    assert shows_halves(PillowImaging().open(tmp_path / "nameless"))


@pytest.mark.parametrize("preview", ["tiff", "epsi", "xmp"])
def test_print_files_are_shown_by_each_kind_of_preview(tmp_path, preview) -> None:
    facts = identified(tmp_path, making.eps(preview))
    assert facts.embedded["title"] == "Two halves"
    picture = PillowImaging().open(tmp_path / "nameless").convert("L")
    left, right = (picture.getpixel((picture.width * n // 4, 20)) for n in (1, 3))
    assert left > right + 20


def test_a_print_file_without_a_preview_is_kept_and_said_so(tmp_path) -> None:
    facts = identified(tmp_path, making.eps(""))
    assert (facts.media_type, facts.mime) == ("other", "application/postscript")
    assert "no preview" in facts.warnings[0]
    assert ("comment", "Two halves") in facts.asides


def test_a_layout_names_the_files_that_it_places(tmp_path) -> None:
    mime = "application/x-indesign"
    assert read(tmp_path, mime).pages == ("Placed files:\nx y.jpg\nlogo.ai",)
    facts = identified(tmp_path, DOCUMENTS[mime])
    assert facts.embedded["title"] == "Brochure"
    assert ("link", "logo.ai") in facts.asides
    assert not any(len(text) > 1000 for _, text in facts.asides)
    assert identified(tmp_path, making.indd()).media_type == "document"


def test_slides_give_lines_notes_and_what_is_not_shown(tmp_path) -> None:
    mime = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    text = read(tmp_path, mime)
    assert text.pages == ("Spring plan\nSpeak slowly", "Budget")
    assert set(text.asides) == {
        ("alternative text", "A chart of sales"),
        ("slide notes", "Speak slowly"),
        ("hidden slide", "Budget"),
        ("link", "https://example.org/plan"),
    }
    facts = identified(tmp_path, DOCUMENTS[mime])
    assert (facts.pages, facts.embedded["title"]) == (2, "Plan of spring")


def test_sheets_give_rows_formulas_and_hidden_sheets(tmp_path) -> None:
    text = read(tmp_path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert text.pages[0] == "Stock: 3 rows\nname |  | price\nbottle |  | 12.5\nTRUE |  | 2"
    assert ("formula", "=1+1") in text.asides
    assert ("hidden sheet", "secret") in text.asides


def test_open_documents_keep_comments_off_the_page(tmp_path) -> None:
    mime = "application/vnd.oasis.opendocument.text"
    text = read(tmp_path, mime)
    assert text.pages == ("Harbour guide\nBoats  leave at noon.",)
    assert text.asides == (("comment", "Check this"),)
    facts = identified(tmp_path, DOCUMENTS[mime])
    assert facts.embedded == {"title": "Guide", "creator": "Ana", "keywords": "boats\nnoon"}
    assert facts.pages == 2


def test_books_are_read_in_the_order_of_their_spine(tmp_path) -> None:
    assert read(tmp_path, "application/epub+zip").pages == (
        "One\nIt was night.",
        "Then came day.",
    )
    assert identified(tmp_path, DOCUMENTS["application/epub+zip"]).embedded == {
        "title": "Night Book",
        "creator": "Ana",
        "copyright": "© Ana",
    }
    cover = FileDocuments().preview(tmp_path / "nameless", "application/epub+zip")
    assert shows_halves(cover)


def test_web_pages_give_what_a_reader_sees(tmp_path) -> None:
    text = read(tmp_path, "text/html")
    assert text.pages == ("Piers\nWhere boats\nland.",)
    assert {
        ("code", 'var hidden = "in code";'),
        ("comment", " a remark "),
        ("hidden text", "not shown"),
        ("alternative text", "A wooden pier"),
    } <= set(text.asides)
    facts = identified(tmp_path, making.HTML)
    assert facts.embedded == {
        "title": "Boats & piers",
        "creator": "Ana",
        "keywords": "boats\npiers",
    }


def test_subtitles_give_what_is_said_and_how_long(tmp_path) -> None:
    assert read(tmp_path, "application/x-subrip").pages == ("Good morning\nBoats leave at noon",)
    assert identified(tmp_path, making.SRT).duration == 65.25
    assert read(tmp_path, "text/vtt").pages == ("Ana: Good morning\nBoats leave",)
    assert identified(tmp_path, making.VTT).duration == 3604


@pytest.mark.parametrize(
    ("form", "codec", "mime"),
    [
        ("mov", "libx264", "video/quicktime"),
        ("webm", "libvpx", "video/webm"),
        ("matroska", "libx264", "video/x-matroska"),
        ("avi", "mpeg4", "video/x-msvideo"),
    ],
)
def test_films_of_every_container_are_described_and_shown(tmp_path, form, codec, mime) -> None:
    path = making.film(tmp_path / "nameless", form, codec, title="Pier")
    facts = ContentProbe().identify(path)
    assert (facts.media_type, facts.mime) == ("video", mime)
    assert (facts.width, facts.height, facts.embedded["title"]) == (160, 96, "Pier")
    assert facts.duration == pytest.approx(1.0, abs=0.15)
    frame = PyavVideo().key_frames(path, 1)[0]
    assert frame.picture.getpixel((150, 50))[2] > 150


@pytest.mark.parametrize(
    ("form", "codec", "mime"),
    [
        ("mp3", "libmp3lame", "audio/mpeg"),
        ("wav", "pcm_s16le", "audio/wav"),
        ("flac", "flac", "audio/flac"),
        ("ipod", "aac", "audio/mp4"),
    ],
)
def test_sounds_tell_their_length_and_tags(tmp_path, form, codec, mime) -> None:
    said = {"title": "Waves", "artist": "Ana", "album": "Sea", "genre": "Ambient"}
    path = making.sound(tmp_path / "nameless", form, codec, **said)
    facts = ContentProbe().identify(path)
    assert (facts.media_type, facts.mime) == ("audio", mime)
    assert facts.duration == pytest.approx(1.0, abs=0.1)
    assert facts.embedded == {
        "title": "Waves",
        "creator": "Ana",
        "description": "Sea",
        "keywords": "Ambient",
    }
