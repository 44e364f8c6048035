"""What a picture says about itself in XMP, IPTC and EXIF, and the rights that renditions keep."""

import re
from collections.abc import Callable, Mapping

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin
from PIL.ExifTags import Base

from tools.adapters.imaging.apple import content_id
from tools.adapters.imaging.xmp import read_xmp

LONGEST_TEXT = 4000
MOST_KEYWORDS = 100

_IPTC = {
    "title": (2, 5),
    "description": (2, 120),
    "creator": (2, 80),
    "credit": (2, 110),
    "copyright": (2, 116),
    "keywords": (2, 25),
}
_EXIF = {
    "description": (Base.ImageDescription,),
    "creator": (Base.Artist, Base.XPAuthor),
    "copyright": (Base.Copyright,),
    "title": (Base.XPTitle,),
    "keywords": (Base.XPKeywords,),
}
_EXIF_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Cameras put these where a person would describe the picture.
_BOILERPLATE = {"olympus digital camera", "sony dsc", "samsung", "default"}


def embedded(picture: Image.Image) -> dict[str, str]:
    """Give the fields found; XMP outranks IPTC, IPTC outranks EXIF."""
    found: dict[str, str] = {}
    for reader in (_xmp, _iptc, _exif):
        for field, text in _safely(reader, picture).items():
            clean = tidy(field, text)
            if clean and field not in found:
                found[field] = clean
    return found


def tidy(field: str, text: str) -> str:
    """Drop control characters and shorten; keywords become distinct lines."""
    plain = _CONTROL.sub(" ", text).strip()
    if field in {"keywords", "keyword_paths"}:
        words = dict.fromkeys(" ".join(line.split()) for line in plain.splitlines())
        return "\n".join([word[:200] for word in words if word][:MOST_KEYWORDS])
    return "" if plain.lower() in _BOILERPLATE else plain[:LONGEST_TEXT]


def rights_exif(fields: Mapping[str, str]) -> Image.Exif:
    """Write creator, copyright and description as EXIF, in UTF-8 as MWG readers expect."""
    exif = Image.Exif()
    for field, tag in (
        ("creator", Base.Artist),
        ("copyright", Base.Copyright),
        ("description", Base.ImageDescription),
    ):
        if fields.get(field):
            exif[tag] = fields[field].encode()
    return exif


def _safely(
    reader: Callable[[Image.Image], dict[str, str]], picture: Image.Image
) -> dict[str, str]:
    """Read one standard; broken metadata is no reason to lose the picture."""
    try:
        return reader(picture)
    except Exception:  # noqa: BLE001  (parsers of hostile bytes fail in every way)
        return {}


def _xmp(picture: Image.Image) -> dict[str, str]:
    packet = picture.info.get("xmp")
    return read_xmp(packet) if packet else {}


def _iptc(picture: Image.Image) -> dict[str, str]:
    if not isinstance(picture, ImageFile.ImageFile):
        return {}
    records = IptcImagePlugin.getiptcinfo(picture) or {}
    found = {}
    for field, key in _IPTC.items():
        value = records.get(key)
        values = value if isinstance(value, list) else [value] if value else []
        texts = [_text(item) for item in values]
        if texts:
            found[field] = "\n".join(texts) if field == "keywords" else ", ".join(texts)
    date = records.get((2, 55))
    if isinstance(date, bytes) and re.fullmatch(rb"\d{8}", date) and date.strip(b"0"):
        day = date.decode()
        found["captured_at"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return found


def _exif(picture: Image.Image) -> dict[str, str]:
    exif = picture.getexif()
    found = {}
    for field, tags in _EXIF.items():
        text = next((t for tag in tags if (t := _exif_text(exif.get(tag), tag))), "")
        if text:
            found[field] = text.replace(";", "\n") if field == "keywords" else text
    if stars := str(exif.get(Base.Rating, "")):
        found["rating"] = stars
    details = exif.get_ifd(ExifTags.IFD.Exif)
    if known := content_id(details.get(Base.MakerNote)):
        found["content_id"] = known
    moment = _moment(details)
    if moment:
        found["captured_at"] = moment
    return found


def _moment(details: Mapping[int, object]) -> str:
    match = _EXIF_DATE.match(str(details.get(Base.DateTimeOriginal, "")))
    if not match or match[1] == "0000":
        return ""
    zone = str(details.get(Base.OffsetTimeOriginal, "")).strip("\0 ")
    offset = zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else ""
    return "{}-{}-{}T{}:{}:{}".format(*match.groups()) + offset


def _exif_text(value: object, tag: int) -> str:
    if isinstance(value, tuple) and all(isinstance(item, int) for item in value):
        value = bytes(value)
    if isinstance(value, bytes):
        is_wide = tag in {Base.XPTitle, Base.XPAuthor, Base.XPKeywords}
        return value.decode("utf-16-le", "replace").strip("\0 ") if is_wide else _text(value)
    if not isinstance(value, str):
        return ""
    # Pillow reads EXIF text as Latin-1, while most programs write UTF-8.
    try:
        return value.encode("latin-1").decode().strip("\0 ")
    except UnicodeError:
        return value.strip("\0 ")


def _text(value: bytes) -> str:
    try:
        return value.decode().strip("\0 ")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip("\0 ")
