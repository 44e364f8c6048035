"""Texts in a picture's metadata that no field of the library shows, in whatever standard."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin
from PIL.ExifTags import Base

from tools.adapters.imaging.xml_tree import parse

LONGEST = 20_000
MOST = 200
_WIDE = {Base.XPTitle, Base.XPAuthor, Base.XPKeywords, Base.XPComment, Base.XPSubject}
_NOT_TEXT = {Base.MakerNote, Base.PrintImageMatching}
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_THUMBNAIL = "{http://ns.adobe.com/xap/1.0/g/img/}image"
_IFDS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)


def asides(picture: Image.Image) -> tuple[tuple[str, str], ...]:
    """Give each text with the standard that it stands in; broken metadata has none."""
    found: list[tuple[str, str]] = []
    for standard, read in (("EXIF", _exif), ("IPTC", _iptc), ("XMP", _xmp), ("comment", _info)):
        texts = _safely(read, picture)
        found += [(standard, text[:LONGEST]) for text in texts if len(text) > 3]
    return tuple(dict.fromkeys(found))[:MOST]


def _safely(read: Callable[[Image.Image], Iterator[str]], picture: Image.Image) -> list[str]:
    try:
        return list(read(picture))
    except Exception:  # noqa: BLE001  (parsers of hostile bytes fail in every way)
        return []


def _exif(picture: Image.Image) -> Iterator[str]:
    exif = picture.getexif()
    tables: list[Mapping[int, object]] = [dict(exif), *(exif.get_ifd(ifd) for ifd in _IFDS)]
    for table in tables:
        for tag, value in table.items():
            if tag not in _NOT_TEXT:
                yield _text(value, wide=tag in _WIDE)


def _iptc(picture: Image.Image) -> Iterator[str]:
    if isinstance(picture, ImageFile.ImageFile):
        for value in (IptcImagePlugin.getiptcinfo(picture) or {}).values():
            for one in value if isinstance(value, list) else [value]:
                yield _text(one)


def _xmp(picture: Image.Image) -> Iterator[str]:
    packet = picture.info.get("xmp") or b""
    root = parse(packet.encode() if isinstance(packet, str) else packet.strip(b"\0 \r\n\t"))
    for element in root.iter() if root is not None else ():
        if element.tag == _THUMBNAIL:
            continue
        yield (element.text or "").strip()
        yield from (value.strip() for value in element.attrib.values() if " " in value.strip())


def _info(picture: Image.Image) -> Iterator[str]:
    """Give comments and the texts of PNG chunks."""
    for name, value in picture.info.items():
        if isinstance(value, str) and name not in {"xmp", "XML:com.adobe.xmp"}:
            yield value
        elif name == "comment":
            yield _text(value)


def _text(value: object, *, wide: bool = False) -> str:
    if isinstance(value, tuple) and all(isinstance(item, int) and item < 256 for item in value):
        value = bytes(value)
    if isinstance(value, bytes):
        value = _decoded(value, wide=wide)
    if not isinstance(value, str):
        return ""
    # Pillow reads EXIF text as Latin-1, while most programs write UTF-8.
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode()
    return value.strip("\0 ")


def _decoded(content: bytes, *, wide: bool) -> str:
    encoding = "utf-16-le" if wide else _CHARSETS.get(content[:8], "utf-8")
    body = content[8:] if content[:8] in {*_CHARSETS, bytes(8)} else content
    try:
        text = body.decode(encoding)
    except UnicodeError:
        return ""
    return text if text.replace("\0", "").replace("\n", "").isprintable() else ""
