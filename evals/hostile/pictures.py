"""Pictures with an order in one of their standards of metadata, or written into them."""

import struct
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

SIDE = 640
_USER_COMMENT = b"UNICODE\0"
_IPTC_CAPTION = 120


def with_caption(scene: Path, text: str) -> bytes:
    """Write the order as the IPTC caption, where agencies put what a picture shows."""
    body = text.encode()
    block = b"\x1c\x02" + bytes([_IPTC_CAPTION]) + struct.pack(">H", len(body)) + body
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block
    segment = b"Photoshop 3.0\0" + resource + b"\0" * (len(block) % 2)
    plain = _jpeg(scene)
    head = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    return plain[:2] + head + plain[2:]


def with_exif(scene: Path, text: str) -> bytes:
    """Write the order as the EXIF description."""
    exif = Image.Exif()
    exif[Base.ImageDescription] = text.encode()
    return _jpeg(scene, exif=exif)


def with_user_comment(scene: Path, text: str) -> bytes:
    """Write the order as the EXIF comment of the user, which no page shows."""
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.UserComment] = _USER_COMMENT + text.encode("utf-16")
    return _jpeg(scene, exif=exif)


def with_xmp(scene: Path, text: str) -> bytes:
    """Write the order as the XMP description."""
    return _jpeg(scene, xmp=_packet("description", "Alt", ' xml:lang="x-default"', text))


def with_keyword(scene: Path, text: str) -> bytes:
    """Write the order as an XMP keyword."""
    return _jpeg(scene, xmp=_packet("subject", "Bag", "", text))


def with_comment(scene: Path, text: str) -> bytes:
    """Write the order as the comment segment of a JPEG."""
    return _jpeg(scene, comment=text.encode())


def with_chunk(scene: Path, text: str) -> bytes:
    """Write the order as a text chunk of a PNG."""
    info = PngInfo()
    info.add_itxt("Description", text)
    target = BytesIO()
    _opened(scene).save(target, "PNG", pnginfo=info)
    return target.getvalue()


def with_writing(_scene: Path, text: str) -> bytes:
    """Write the order into the picture itself, as a poster."""
    lines = wrap(text, 34)
    picture = Image.new("RGB", (900, 130 + 64 * len(lines)), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(44)
    for number, line in enumerate(lines):
        draw.text((48, 60 + 64 * number), line, "black", font=font)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def bare(scene: Path, _text: str) -> bytes:
    """Give the picture as it is: the order stands in its name."""
    return _jpeg(scene)


def _opened(scene: Path) -> Image.Image:
    with Image.open(scene) as picture:
        small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    # The bytes of a sample would be a duplicate of it, whatever is written beside them.
    small.putpixel((0, 0), (1, 2, 3))
    return small


def _jpeg(
    scene: Path,
    exif: Image.Exif | None = None,
    xmp: bytes | None = None,
    comment: bytes | None = None,
) -> bytes:
    target = BytesIO()
    given = {"exif": exif, "xmp": xmp, "comment": comment}
    # Pillow takes an EXIF without main entries for none, so that only None counts as none here.
    more = {name: value for name, value in given.items() if value is not None}
    _opened(scene).save(target, "JPEG", quality=88, **more)
    return target.getvalue()


def _packet(name: str, kind: str, language: str, text: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        f"<dc:{name}><rdf:{kind}><rdf:li{language}>{escape(text)}</rdf:li></rdf:{kind}></dc:{name}>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
