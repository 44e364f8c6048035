import os
import socket
import struct
import time
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from PIL import Image, TiffImagePlugin
from PIL.ExifTags import IFD, Base

from tests.media import hostile, making
from tools.adapters.imaging.xmp import write_xmp
from tools.adapters.probe.content import ContentProbe
from tools.core.errors import Fixable
from tools.core.perception import FileFacts


@pytest.fixture
def identify(tmp_path):
    def run(name: str, content: bytes) -> FileFacts:
        path = tmp_path / name
        path.write_bytes(content)
        return ContentProbe().identify(path)

    return run


def saved(tmp_path: Path, name: str, picture: Image.Image, **options) -> Path:
    path = tmp_path / name
    picture.save(path, **options)
    return path


def fails(path: Path) -> str:
    with pytest.raises(Fixable) as caught:
        ContentProbe().identify(path)
    text = str(caught.value)
    assert "\n" not in text
    assert path.name not in text
    assert text.count(".") >= 1
    return text


def test_every_sample_is_recognised(samples) -> None:
    kinds = {
        ".jpg": ("image", "image/jpeg"),
        ".png": ("image", "image/png"),
        ".webp": ("image", "image/webp"),
        ".mp4": ("video", "video/mp4"),
        ".csv": ("dataset", "text/csv"),
    }
    for path in sorted((samples / "photos").iterdir()):
        facts = ContentProbe().identify(path)
        assert (facts.media_type, facts.mime) == kinds[path.suffix], path.name
        assert facts.warnings == ()
    clip = ContentProbe().identify(samples / "photos/CLIP_0001.mp4")
    assert (clip.width, clip.height) == (1280, 720)
    assert clip.duration == pytest.approx(5.3, abs=0.1)


@pytest.mark.parametrize(
    ("form", "mode", "suffix"),
    [
        ("JPEG", "RGB", ".jpg"),
        ("JPEG", "CMYK", ".jpg"),
        ("PNG", "RGBA", ".png"),
        ("PNG", "I;16", ".png"),
        ("WEBP", "RGB", ".webp"),
        ("TIFF", "CMYK", ".tif"),
        ("TIFF", "I;16", ".tif"),
        ("GIF", "P", ".gif"),
        ("BMP", "RGB", ".bmp"),
        ("AVIF", "RGB", ".avif"),
    ],
)
def test_pictures_are_known_by_content_whatever_they_are_called(tmp_path, form, mode, suffix):
    path = saved(tmp_path, "nameless", Image.new(mode, (60, 40)), format=form)
    facts = ContentProbe().identify(path)
    assert facts == FileFacts("image", f"image/{form.lower()}", 60, 40)
    named = path.rename(tmp_path / f"named{suffix}")
    assert ContentProbe().identify(named) == facts


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_sizes_are_of_the_upright_picture(tmp_path, form) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    facts = ContentProbe().identify(
        saved(tmp_path, "x", Image.new("RGB", (60, 40)), format=form, exif=exif)
    )
    assert (facts.width, facts.height) == (40, 60)


def test_exif_is_read_with_dates_and_accents(tmp_path) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Zoë Łukasz".encode()
    exif[Base.Copyright] = "(c) Zoë".encode()
    exif[Base.ImageDescription] = "OLYMPUS DIGITAL CAMERA"
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = "2026:05:04 10:20:30"
    details[Base.OffsetTimeOriginal] = "+02:00"
    facts = ContentProbe().identify(saved(tmp_path, "a.jpg", Image.new("RGB", (9, 9)), exif=exif))
    assert facts.embedded == {
        "creator": "Zoë Łukasz",
        "copyright": "(c) Zoë",
        "captured_at": "2026-05-04T10:20:30+02:00",
    }
    assert datetime.fromisoformat(facts.embedded["captured_at"]).utcoffset()


def test_iptc_is_read_from_jpeg(tmp_path) -> None:
    records = [(5, "Harbour"), (25, "boats"), (25, "Évora"), (80, "Ana"), (110, "Ana / Studio")]
    block = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text.encode())) + text.encode()
        for number, text in records
    )
    resource = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    )
    app13 = b"Photoshop 3.0\0" + resource
    path = saved(tmp_path, "a.jpg", Image.new("RGB", (9, 9)))
    plain = path.read_bytes()
    path.write_bytes(
        plain[:2] + b"\xff\xed" + struct.pack(">H", len(app13) + 2) + app13 + plain[2:]
    )
    assert ContentProbe().identify(path).embedded == {
        "title": "Harbour",
        "keywords": "boats\nÉvora",
        "creator": "Ana",
        "credit": "Ana / Studio",
    }


def test_xmp_outranks_exif_and_broken_xmp_is_ignored(tmp_path) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "From EXIF"
    packet = write_xmp({"title": "A <b> & c", "creator": "From XMP", "copyright": "© XMP"})
    picture = Image.new("RGB", (9, 9))
    for name in ("a.jpg", "a.webp"):
        facts = ContentProbe().identify(saved(tmp_path, name, picture, exif=exif, xmp=packet))
        assert facts.embedded == {"title": "A <b> & c", "creator": "From XMP", "copyright": "© XMP"}
    laughs = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    facts = ContentProbe().identify(saved(tmp_path, "b.jpg", picture, exif=exif, xmp=laughs))
    assert facts.embedded == {"creator": "From EXIF"}


def test_word_properties_and_pdf_info_are_read(tmp_path, identify) -> None:
    document = Document()
    document.core_properties.title = "Product sheet"
    document.core_properties.author = "Ana"
    document.core_properties.keywords = "bottle, steel"
    path = tmp_path / "sheet.docx"
    document.save(path)
    facts = ContentProbe().identify(path)
    assert facts.media_type == "document"
    assert facts.embedded["title"] == "Product sheet"
    assert facts.embedded["keywords"] == "bottle\nsteel"
    facts = identify("guide.pdf", hostile.pdf(3, info={"Title": "Guide", "Author": "Ana"}))
    assert (facts.mime, facts.pages) == ("application/pdf", 3)
    assert facts.embedded == {"title": "Guide", "creator": "Ana"}


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.txt", b"Plain words, and more; nothing else.\n", "text/plain"),
        ("a.txt", "Grüße aus Köln, déjà vu.\n".encode("cp1252"), "text/plain"),
        ("a", "\ufeffBreit".encode("utf-16"), "text/plain"),
        ("a.md", b"words only\n", "text/markdown"),
        ("a", b"# Title\n\nSee [this](http://example.org).\n", "text/markdown"),
        ("a.txt", b"# Only a comment sign\n", "text/plain"),
        ("a", b"id,name,price\n1,cup,3\n2,pan,4\n3,jar,5\n", "text/csv"),
        ("a.csv", b"name;size\nA;1\nB;2\n", "text/csv"),
        ("a.csv", b"name\nA\nB\n", "text/csv"),
        ("a.tsv", b"a\tb\n1\t2\n3\t4\n", "text/tab-separated-values"),
        ("a.txt", b"One, two, three.\nFour, five, six.\nSeven, eight.\n", "text/plain"),
        ("a.vtt", making.VTT, "text/vtt"),
        ("a.srt", making.SRT, "application/x-subrip"),
        ("a.html", b"<!DOCTYPE html><html></html>", "text/html"),
        ("a.json", b'{"a": 1}', "application/json"),
        ("a.bin", bytes(range(256)) * 4, "application/octet-stream"),
        ("a.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "application/vnd.apple.mpegurl"),
    ],
)
def test_text_is_told_apart_by_its_content(identify, name, content, mime) -> None:
    facts = identify(name, content)
    assert facts.mime == mime
    expected = "document"
    if mime in {"text/csv", "text/tab-separated-values"}:
        expected = "dataset"
    if mime in {"application/octet-stream", "application/vnd.apple.mpegurl"}:
        expected = "other"
    assert facts.media_type == expected


def test_sound_and_other_archives(identify) -> None:
    facts = identify("tone.wav", hostile.sound(0.5))
    assert (facts.media_type, facts.mime) == ("audio", "audio/wav")
    assert facts.duration == pytest.approx(0.5)
    assert identify("a.zip", b"PK\x03\x04 and nonsense").media_type == "other"
    with pytest.raises(Fixable, match="not a picture"):
        identify("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


@pytest.mark.parametrize(
    "name", ["a\nb.jpg", "\u202egpj.exe.jpg", "🦌🏔️.jpg", " .jpg", "-rf.jpg", "concat:a|b.jpg"]
)
def test_odd_names_are_only_names(tmp_path, name) -> None:
    path = saved(tmp_path, name, Image.new("RGB", (9, 9)), format="JPEG")
    assert ContentProbe().identify(path).mime == "image/jpeg"


def test_a_picture_called_pdf_is_a_picture_with_a_warning(tmp_path) -> None:
    path = saved(tmp_path, "report.pdf", Image.new("RGB", (9, 9)), format="JPEG")
    facts = ContentProbe().identify(path)
    assert facts.media_type == "image"
    assert facts.warnings == ("The name ends in .pdf, but the content is a JPEG picture.",)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["IMG_2001.jpg", "IMG_2015.png", "IMG_2022.webp", "CLIP_0001.mp4"])
def test_files_that_are_cut_off_are_noticed(samples, tmp_path, name, share) -> None:
    whole = (samples / "photos" / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "cut off" in fails(path)


def test_a_cut_mp4_with_its_index_in_front_is_noticed(tmp_path) -> None:
    path = hostile.film(tmp_path / "fast.mp4", 2.0, movflags="faststart")
    whole = path.read_bytes()
    assert ContentProbe().identify(path).width == 160
    path.write_bytes(whole[: len(whole) * 8 // 10])
    assert "cut off" in fails(path)


def test_a_cut_tiff_and_a_damaged_png_are_noticed(tmp_path) -> None:
    noise = Image.effect_noise((300, 300), 60)
    path = saved(tmp_path, "a.tif", noise)
    path.write_bytes(path.read_bytes()[:-40_000])
    assert "cut off" in fails(path)
    path = saved(tmp_path, "a.png", noise)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    assert "damaged" in fails(path)


def test_hostile_files_get_one_line_that_says_what_to_do(tmp_path) -> None:
    cases = {
        "empty.jpg": (b"", "empty"),
        "huge.png": (hostile.giant_png(20_000, 20_000), "200 megapixels"),
        "secret.pdf": (hostile.pdf(password="pw"), "encrypted"),
        "bomb.docx": (hostile.bomb_docx(), "unpacks"),
        "crowd.docx": (hostile.crowded_docx(), "unpacks"),
        "cut.docx": (hostile.docx({"word/big.xml": os.urandom(9000)})[:5000], "damaged"),
        "cut.pdf": (hostile.pdf()[:60], "damaged"),
        "noise.mp4": (b"\0\0\0\x18ftypisom" + os.urandom(400), "damaged"),
    }
    for name, (content, word) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert word in fails(path), name


def test_entities_in_word_properties_are_never_expanded(identify) -> None:
    facts = identify("laughs.docx", hostile.entity_docx())
    assert facts.media_type == "document"
    assert facts.embedded == {}


def test_nothing_special_is_ever_opened(tmp_path, monkeypatch) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert "named pipe" in fails(pipe)
    assert "folder" in fails(tmp_path)
    assert "gone" in fails(tmp_path / "nowhere.jpg")
    assert "device" in fails(Path("/dev/null"))
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.jpg")
        assert "socket" in fails(tmp_path / "s.jpg")


def test_a_file_without_permission(tmp_path, monkeypatch) -> None:
    def denied(*_) -> int:
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path, "a.jpg", Image.new("RGB", (9, 9)))
    monkeypatch.setattr(os, "open", denied)
    assert "may not be read" in fails(path)


@pytest.mark.parametrize("text", ["[" * 60_000, "**" * 30_000, "<!--" * 15_000, "|" * 60_000])
def test_text_made_to_stall_a_pattern_is_read_quickly(identify, text) -> None:
    began = time.perf_counter()
    identify("slow", text.encode())
    assert time.perf_counter() - began < 2


def test_metadata_that_lies_does_not_lose_the_picture(tmp_path) -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[Base.Artist] = "x" * 10_000
    path = saved(tmp_path, "a.tif", Image.new("RGB", (9, 9)), tiffinfo=info)
    assert len(ContentProbe().identify(path).embedded["creator"]) == 4000
