"""Files that break careless readers, made by a script so that none of them is stored."""

import struct
import wave
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from pypdf import PdfWriter

from tests.media import making


def giant_png(width: int, height: int) -> bytes:
    """A valid PNG of flat black rows, small as a file."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def docx(parts: dict[str, bytes]) -> bytes:
    """A Word package with the given extra parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, content in {"word/document.xml": b"<document/>", **parts}.items():
            package.writestr(name, content)
    return target.getvalue()


def bomb_docx() -> bytes:
    """A Word package of some kilobytes that unpacks to 64 megabytes."""
    return docx({"word/document.xml": b"<a>" + bytes(64 << 20) + b"</a>"})


def crowded_docx() -> bytes:
    """A Word package with more parts than any document has."""
    return docx({f"word/part{number}.xml": b"" for number in range(6000)})


def entity_docx() -> bytes:
    """A Word package whose properties expand without end (billion laughs)."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    head = f"<!DOCTYPE x [{''.join(lines)}]>"
    core = f'{head}<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&a11;</dc:title></x>'
    return docx({"docProps/core.xml": core.encode()})


def pdf(pages: int = 1, password: str | None = None, info: dict[str, str] | None = None) -> bytes:
    """A PDF of empty pages, encrypted when a password is given."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    writer.add_metadata({f"/{key}": value for key, value in (info or {}).items()})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def film(path: Path, seconds: float = 1.0, dark: float = 0.0, movflags: str = "") -> Path:
    """An MP4 of moving colours, the first `dark` seconds black."""
    options = {"movflags": movflags} if movflags else {}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(int(seconds * 10)):
            picture = np.zeros((96, 160, 3), np.uint8)
            if number >= dark * 10:
                picture[:, :80] = (220, 40, 40)
                picture[:, 80:] = (40, 40, 10 * number % 255)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def sound(seconds: float = 0.5) -> bytes:
    """A WAV of silence."""
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 16000)))
    return target.getvalue()


def entities(levels: int = 12) -> str:
    """A document type whose last entity expands without end (billion laughs)."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def outside(target: str = "file:///etc/passwd") -> str:
    """A document type with an entity that reads another file."""
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{target}">]>'


def loop_tiff() -> bytes:
    """A TIFF whose only folder is followed by itself, and says it is a DNG."""
    entry = struct.pack("<HHI4s", 330, 4, 1, struct.pack("<I", 8))
    return b"II*\0" + struct.pack("<IH", 8, 2) + entry * 2 + struct.pack("<I", 8) + bytes(4000)


def text_bomb_png() -> bytes:
    """A PNG with a comment of some kilobytes that unpacks to 200 megabytes."""
    packed = zlib.compress(bytes(200 << 20), 9)
    picture = giant_png(64, 64)
    return picture[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + picture[33:]


def endless_svg() -> bytes:
    """A drawing of some hundred bytes that takes hours to draw."""
    return making.svg(
        '<filter id="f"><feTurbulence numOctaves="2000000" baseFrequency="0.1"/></filter>'
        '<rect width="64" height="48" filter="url(#f)"/>'
    )


def folder(address: str) -> dict[str, bytes]:
    """Hostile files of every kind by name; `address` is a server that must hear nothing."""
    remote = f'<image href="http://{address}/a.png" width="9" height="9"/>'
    style = f"<style>@import url(http://{address}/a.css); rect {{ fill: url(http://{address}/b) }}"
    copy = '<use href="#a{0}"/><use href="#a{0}"/>'
    copies = '<rect id="a0" width="1" height="1"/>' + "".join(
        f'<g id="a{n}">{copy.format(n - 1)}</g>' for n in range(1, 40)
    )
    cell = f'=HYPERLINK("http://{address}/x","click")'
    page = f'<html><body><img src="http://{address}/x.png"><script src="http://{address}/x.js">'
    return {
        "script.svg": making.svg(
            '<script>alert(1)</script><a href="javascript:x()"><text>a</text></a>'
        ),
        "remote.svg": making.svg(remote + style + "</style>"),
        "local.svg": making.svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
        "laughs.svg": making.svg("<text>&a11;</text>", entities()),
        "xxe.svg": making.svg("<text>&x;</text>", outside(f"http://{address}/x")),
        "copies.svg": making.svg(copies),
        "loop.svg": making.svg('<g id="a"><use href="#a"/></g>'),
        "deep.svg": making.svg("<g>" * 5000 + "</g>" * 5000),
        "huge.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"/>',
        "laughs.xlsx": making.package(
            {"xl/workbook.xml": entities() + "<workbook>&a11;</workbook>"}
        ),
        "formula.xlsx": making.xlsx(cell=cell, formula=f'WEBSERVICE("http://{address}/x")'),
        "bomb.xlsx": making.package({"xl/workbook.xml": b"<a>" + bytes(64 << 20) + b"</a>"}),
        "xxe.pptx": making.package(
            {"ppt/presentation.xml": outside() + "<presentation>&x;</presentation>"}
        ),
        "xxe.odt": making.package(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": outside() + "<content>&x;</content>",
            }
        ),
        "up.epub": making.package(
            {
                "META-INF/container.xml": '<c xmlns="urn:oasis:names:tc:opendocument:xmlns:'
                'container"><rootfile full-path="../../../../etc/passwd"/></c>'
            }
        ),
        "remote.html": page.encode(),
        "deep.html": b"<!DOCTYPE html>" + b"<div>" * 300_000 + b"deep",
        "formula.csv": f"name,link,note\na,{cell},@SUM(1)\nb,x,y\nc,x,y\nd,x,y\n".encode(),
        "deep.json": b"[" * 200_000,
        "half.txt": "\ufeffHälfte".encode("utf-16-le")[:-1],
        "mixed.csv": b"name,town\nJos\xe9,K\xc3\xb6ln\nA,B\nC,D\nE,F\n",
        "script.gif": b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)",
        "archive.jpg": making.encoded(making.halves(), "JPEG") + making.package({"a.js": "x()"}),
        "page.pdf": b"<html>%PDF-1.7\n<script>x()</script>",
        "bomb.png": text_bomb_png(),
        "huge.png": giant_png(20_000, 20_000),
        "huge.psd": making.psd()[:14] + struct.pack(">II", 300_000, 300_000) + making.psd()[22:],
        "loop.tif": loop_tiff(),
        "far.dng": making.dng()[:4] + struct.pack("<I", 0xFFFFFFF0) + making.dng()[8:],
        "cut.heic": making.HEIC[:400],
        "preview.eps": making.eps("epsi").replace(b"64 48 8", b"9999 9999 8"),
        "cover.indd": making.indd(b"\xff\xd8\xff" + bytes(50)),
    }
