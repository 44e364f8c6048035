"""Previews inside layout and print files (EPS, INDD, PSD): found by their marks, never run."""

import base64
import binascii
import re
from io import BytesIO
from urllib.parse import unquote

from PIL import Image

LARGEST_HEAD = 32_000_000
INDD = b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d"
EPS_BINARY = b"\xc5\xd0\xd3\xc6"
PSD = b"8BPS"
_PACKET = re.compile(rb"<x:xmpmeta\b.{0,4000000}?</x:xmpmeta>", re.DOTALL)
_THUMBNAIL = re.compile(rb"<(?:xmp|xap)GImg:image>")
_NOT_BASE64 = re.compile(rb"&#x?[0-9A-Fa-f]{1,4};|\s+")
_EPSI = re.compile(rb"%%BeginPreview:\s*(\d{1,4})\s+(\d{1,4})\s+([1248])\s+\d+\s*[\r\n]+")
_EPSI_LINE = re.compile(rb"^%\s*([0-9A-Fa-f]+)\s*$", re.MULTILINE)
_LINK = re.compile(rb"(?:stRef:(?:filePath|lastURL)|stMfs:linkURL)(?:=\"|>)([^\"<>]{1,1000})")
_COMMENT = re.compile(rb"^%%(Title|For|Creator|CreationDate): *([^\r\n]{1,400})", re.MULTILINE)
_THUMBNAIL_RESOURCES = (1036, 1033)
_XMP_RESOURCE = 1060
_MOST_LINKS = 500


def packet_in(content: bytes) -> bytes:
    """Find the first XMP packet in a file, or give nothing."""
    match = _PACKET.search(content)
    return match[0] if match else b""


def thumbnail_in(content: bytes) -> bytes:
    """Find the first thumbnail that an XMP packet holds, as JPEG, or give nothing."""
    match = _THUMBNAIL.search(content)
    if not match:
        return b""
    end = content.find(b"<", match.end())
    try:
        return base64.b64decode(_NOT_BASE64.sub(b"", content[match.end() : end]), validate=True)
    except (binascii.Error, ValueError):
        return b""


def links_in(content: bytes) -> list[str]:
    """Name the files that a layout places, as its XMP lists them."""
    found = (unquote(m[1].decode("utf-8", "replace")) for m in _LINK.finditer(content))
    names = (re.split(r"[/\\:]", name.strip())[-1] for name in found)
    return list(dict.fromkeys(name for name in names if name))[:_MOST_LINKS]


def print_preview(content: bytes) -> bytes:
    """Give the picture that stands for an EPS or Illustrator file, or nothing."""
    if content.startswith(EPS_BINARY) and len(content) >= 28:
        start = int.from_bytes(content[20:24], "little")
        length = int.from_bytes(content[24:28], "little")
        if length and content[start : start + 2] in {b"II", b"MM"}:
            return content[start : start + length]
    return thumbnail_in(content) or _interchange(content)


def print_comments(content: bytes) -> dict[str, str]:
    """Read the structuring comments that say what an EPS is and whose."""
    said: dict[str, str] = {}
    for match in _COMMENT.finditer(content[:200_000]):
        text = match[2].decode("utf-8", "replace").strip().removeprefix("(").removesuffix(")")
        said.setdefault(match[1].decode(), text)
    return said


def photoshop_parts(content: bytes) -> tuple[tuple[int, int], bytes, bytes]:
    """Give size in pixels, XMP packet and JPEG thumbnail of a PSD; nothing where there is none."""
    height, width = (int.from_bytes(content[at : at + 4], "big") for at in (14, 18))
    at = 26 + 4 + int.from_bytes(content[26:30], "big")
    end = at + 4 + int.from_bytes(content[at : at + 4], "big")
    packet = thumbnail = b""
    at += 4
    while at + 12 <= min(end, len(content)) and content[at : at + 4] == b"8BIM":
        number = int.from_bytes(content[at + 4 : at + 6], "big")
        at += 6 + (content[at + 6] + 2) // 2 * 2
        length = int.from_bytes(content[at : at + 4], "big")
        body = content[at + 4 : at + 4 + length]
        if number == _XMP_RESOURCE:
            packet = body
        elif number in _THUMBNAIL_RESOURCES and not thumbnail:
            thumbnail = body[28:]
        at += 4 + (length + 1) // 2 * 2
    return (width, height), packet, thumbnail


def _interchange(content: bytes) -> bytes:
    """Read the bitmap of an EPSI file, in which one is black."""
    match = _EPSI.search(content[:400_000])
    if not match:
        return b""
    width, height, depth = (int(part) for part in match.groups())
    end = content.find(b"%%EndPreview", match.end())
    lines = _EPSI_LINE.findall(content[match.end() : end])
    row = (width * depth + 7) // 8
    bits = bytes.fromhex(b"".join(lines).decode()[: row * height * 2 // 2 * 2])
    if depth not in {1, 8} or not width or not height or len(bits) < row * height:
        return b""
    mode, raw = ("1", "1;I") if depth == 1 else ("L", "L;I")
    target = BytesIO()
    Image.frombytes(mode, (width, height), bits, "raw", raw).save(target, "PNG")
    return target.getvalue()
