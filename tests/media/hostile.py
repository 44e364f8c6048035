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
