from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import Base

from tests.media.hostile import giant_png
from tools.adapters.imaging.embedded import embedded
from tools.adapters.imaging.pillow import PillowImaging
from tools.core.errors import Fixable
from tools.core.perception import Box
from tools.core.ports import RenderSpec

WHOLE = Box(0, 0, 1, 1)


@pytest.fixture
def imaging() -> PillowImaging:
    return PillowImaging()


def arrow(width: int = 400, height: int = 200) -> Image.Image:
    """A blue field whose upper left quarter is red."""
    picture = Image.new("RGB", (width, height), (30, 60, 200))
    ImageDraw.Draw(picture).rectangle([0, 0, width // 2, height // 2], fill=(210, 20, 30))
    return picture


def near(
    picture: Image.Image, at: tuple[int, int], colour: tuple[int, ...], slack: int = 24
) -> bool:
    return bool(np.abs(np.array(picture.getpixel(at)[:3]) - np.array(colour)).max() <= slack)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_turned_upright(imaging, tmp_path, orientation) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = arrow().transpose(undo[orientation]) if orientation > 1 else arrow()
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    path = tmp_path / "turned.jpg"
    stored.save(path, exif=exif, quality=95)

    for longest_side in (None, 100):
        picture = imaging.open(path, longest_side)
        assert picture.size == ((100, 50) if longest_side else (400, 200))
        assert near(picture, (5, 5), (210, 20, 30))
        assert near(picture, (picture.width - 5, picture.height - 5), (30, 60, 200))


@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_sixteen_bit_greys_keep_their_range(imaging, tmp_path, suffix) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (64, 1))
    path = tmp_path / f"ramp.{suffix}"
    Image.fromarray(ramp).save(path)
    grey = np.asarray(imaging.open(path))[0, :, 0]
    assert grey[0] == 0
    assert grey[-1] == 255
    assert abs(int(grey[128]) - 128) <= 1


def test_cmyk_is_read_as_the_colours_people_see(imaging, tmp_path) -> None:
    path = tmp_path / "print.jpg"
    arrow().convert("CMYK").save(path, quality=95)
    picture = imaging.open(path)
    assert picture.mode == "RGB"
    assert near(picture, (20, 20), (210, 20, 30), 40)


def test_an_embedded_profile_changes_the_numbers_and_is_gone_afterwards(imaging, tmp_path) -> None:
    wide = _swapped_profile()
    path = tmp_path / "wide.png"
    Image.new("RGB", (20, 20), (200, 30, 30)).save(path, icc_profile=wide)
    picture = imaging.open(path)
    assert near(picture, (5, 5), (30, 200, 30), 12)
    assert "icc_profile" not in picture.info


def test_a_broken_profile_is_ignored(imaging, tmp_path) -> None:
    path = tmp_path / "odd.png"
    Image.new("RGB", (20, 20), (200, 30, 30)).save(path, icc_profile=b"not a profile")
    assert near(imaging.open(path), (5, 5), (200, 30, 30), 1)


def test_palettes_with_transparency_become_rgba(imaging, tmp_path) -> None:
    path = tmp_path / "sticker.gif"
    picture = Image.new("P", (40, 40), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0] + [0] * 762)
    picture.paste(1, (10, 10, 30, 30))
    picture.save(path, transparency=0)
    opened = imaging.open(path)
    assert opened.mode == "RGBA"
    assert opened.getpixel((1, 1))[3] == 0
    assert opened.getpixel((20, 20)) == (255, 0, 0, 255)


def test_what_is_not_a_picture_or_too_large_is_said_plainly(imaging, tmp_path) -> None:
    wrong = tmp_path / "note.jpg"
    wrong.write_text("hello")
    with pytest.raises(Fixable, match="Export it as JPEG"):
        imaging.open(wrong)
    huge = tmp_path / "huge.png"
    huge.write_bytes(giant_png(20_000, 20_000))
    with pytest.raises(Fixable, match="200 megapixels"):
        imaging.open(huge)


def test_the_palette_names_what_is_there_in_order(imaging) -> None:
    picture = Image.new("RGB", (300, 100), (200, 16, 46))
    picture.paste((255, 255, 255), (0, 0, 60, 100))
    swatches = imaging.palette(picture)
    assert [s.name for s in swatches] == ["red", "white"]
    assert swatches[0].share == pytest.approx(0.8, abs=0.03)
    assert sum(s.share for s in swatches) <= 1.0001


def test_transparent_parts_have_no_colour(imaging) -> None:
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert imaging.palette(picture) == ()
    picture.paste((15, 128, 128, 255), (10, 10, 50, 50))
    assert [s.name for s in imaging.palette(picture)] == ["teal"]


def test_the_photographs_have_sensible_palettes(imaging, samples) -> None:
    names = {s.name for s in imaging.palette(imaging.open(samples / "photos/IMG_2001.jpg", 480))}
    assert "red" in names
    for path in sorted((samples / "photos").glob("IMG_*"))[:6]:
        swatches = imaging.palette(imaging.open(path, 480))
        assert 1 <= len(swatches) <= 5
        assert sum(s.share for s in swatches) <= 1.0001


def test_the_subject_is_found_and_a_flat_picture_has_none(imaging, samples) -> None:
    assert imaging.subjects(Image.new("RGB", (300, 200), (90, 90, 90))) is None
    picture = Image.new("RGB", (600, 400), (240, 240, 240))
    ImageDraw.Draw(picture).ellipse([360, 120, 520, 280], fill=(200, 20, 30))
    box = imaging.subjects(picture)
    assert box is not None
    assert box.left > 0.5
    assert box.left <= 0.65
    assert box.right >= 0.8
    moose = imaging.subjects(imaging.open(samples / "photos/IMG_2155.webp", 480))
    assert moose is not None
    assert moose.left < 0.5 < moose.right


def test_thumbnails_are_webp_and_never_enlarged(imaging, samples) -> None:
    content = imaging.thumbnail(imaging.open(samples / "photos/IMG_2078.jpg"), 256)
    with Image.open(BytesIO(content)) as small:
        assert small.format == "WEBP"
        assert max(small.size) == 256
    tiny = imaging.thumbnail(Image.new("RGBA", (12, 8), (1, 2, 3, 0)), 256)
    with Image.open(BytesIO(tiny)) as small:
        assert small.size == (12, 8)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP"])
@pytest.mark.parametrize("fit", ["crop", "pad"])
def test_a_rendition_is_measured_and_keeps_the_rights(imaging, tmp_path, form, fit) -> None:
    path = signed_picture(tmp_path)
    crop = Box(0.25, 0, 0.75, 1) if fit == "crop" else WHOLE
    made = imaging.render(path, RenderSpec(crop, 108, 108, fit, form))
    assert (made.width, made.height) == (108, 108)
    assert made.mime == f"image/{form.lower()}"
    with Image.open(BytesIO(made.content)) as picture:
        assert picture.size == (108, 108)
        fields = embedded(picture)
        assert picture.getexif()[Base.Artist]
    assert fields["creator"] == "Zoë Łukasz"
    assert fields["copyright"] == "© 2026 Zoë Łukasz"


def test_padding_keeps_everything_and_fills_the_rest_softly(imaging, tmp_path) -> None:
    path = tmp_path / "wide.png"
    arrow().save(path)
    made = imaging.render(path, RenderSpec(WHOLE, 200, 400, "pad", "PNG"))
    with Image.open(BytesIO(made.content)) as picture:
        assert near(picture, (10, 155), (210, 20, 30))
        assert near(picture, (190, 245), (30, 60, 200))
        assert picture.getpixel((100, 10)) != (0, 0, 0)


def test_the_byte_limit_is_met_by_quality_or_refused(imaging, samples) -> None:
    path = samples / "photos/IMG_2183.jpg"
    free = imaging.render(path, RenderSpec(WHOLE, 900, 600))
    tight = imaging.render(path, RenderSpec(WHOLE, 900, 600, max_bytes=len(free.content) // 2))
    assert len(free.content) // 4 < len(tight.content) <= len(free.content) // 2
    with pytest.raises(Fixable, match="Choose a smaller size"):
        imaging.render(path, RenderSpec(WHOLE, 900, 600, max_bytes=2000))


def test_transparency_survives_in_png_and_is_white_in_jpeg(imaging, tmp_path) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (80, 80), (10, 20, 30, 0)).save(path)
    for form, expected in (("PNG", (0,)), ("JPEG", (255, 255, 255))):
        made = imaging.render(path, RenderSpec(WHOLE, 40, 40, "crop", form))
        with Image.open(BytesIO(made.content)) as picture:
            assert picture.getpixel((20, 20))[-len(expected) :] == expected


def signed_picture(folder: Path) -> Path:
    exif = Image.Exif()
    exif[Base.Artist] = "Zoë Łukasz".encode()
    exif[Base.Copyright] = "© 2026 Zoë Łukasz".encode()
    path = folder / "signed.jpg"
    arrow().save(path, exif=exif)
    return path


def _swapped_profile() -> bytes:
    """An sRGB profile whose red and green primaries changed places."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(content[128:132], "big")
    places = {bytes(content[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    a, b = bytes(content[red + 4 : red + 12]), bytes(content[green + 4 : green + 12])
    content[red + 4 : red + 12], content[green + 4 : green + 12] = b, a
    name = places[b"desc"]
    at = int.from_bytes(content[name + 4 : name + 8], "big")
    size = int.from_bytes(content[name + 8 : name + 12], "big")
    content[at : at + size] = bytes(content[at : at + size]).replace(
        b"\0s\0R\0G\0B", b"\0q\0R\0G\0B"
    )
    return bytes(content)
