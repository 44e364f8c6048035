"""One small file of every format, made by a script; what it says and shows is known."""

import base64
import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# 64 x 48 pixels, the left half red and the right half blue, "A red and a blue half" in its EXIF.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAACQAAgAAAAACBgABAAAAAAAAAEYAAAA4aWluZgAAAAAA"
    "AgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADd"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAq"
    "QgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQAN"
    "AAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAcm1kYXQA"
    "AAAgKAGvGYDvSaW//9w5n/U2L/heyF//jeh3zAYf7/pjbW8AAAAGRXhpZgAATU0AKgAAAAgAAgEOAAIAAAAWAAAAJgES"
    "AAMAAAABAAYAAAAAAABBIHJlZCBhbmQgYSBibHVlIGhhbGYA"
)


def halves(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """The left half red, the right half blue."""
    picture = Image.new("RGB", (width, height), (200, 40, 40))
    pen = ImageDraw.Draw(picture)
    pen.rectangle([width // 2, 0, width, height], fill=(30, 60, 200))
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str, **options) -> bytes:
    target = BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def svg(inside: str = "", head: str = "", title: str = "Two halves") -> bytes:
    """A drawing of the two halves."""
    return (
        f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<title>{title}</title><desc>Red and blue</desc>"
        '<rect width="32" height="48" fill="#c82828"/>'
        f'<rect x="32" width="32" height="48" fill="#1e3cc8"/>{inside}</svg>'
    ).encode()


def psd(depth: int = 8, mode: str = "RGB", xmp: bytes = b"", thumbnail: bytes = b"") -> bytes:
    """A flat Photoshop file in 8 or 16 bits."""
    picture = np.asarray(halves(64, 48, mode))
    body = b"".join(
        (plane.astype(">u2") * 257 if depth == 16 else plane).tobytes()
        for plane in np.moveaxis(picture if mode == "RGB" else 255 - picture, 2, 0)
    )
    resources = b""
    for number, content in ((1060, xmp), (1036, bytes(28) + thumbnail if thumbnail else b"")):
        if content:
            length = struct.pack(">I", len(content))
            resources += b"8BIM" + struct.pack(">HH", number, 0) + length + content
            resources += bytes(len(content) % 2)
    kind = 4 if mode == "CMYK" else 3
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, picture.shape[2], 48, 64, depth, kind)
    parts = struct.pack(">I", 0) + struct.pack(">I", len(resources)) + resources
    return head + parts + struct.pack(">I", 0) + struct.pack(">H", 0) + body


def packet(
    title: str = "Spring layout", thumbnail: bytes = b"", links: tuple[str, ...] = ()
) -> str:
    """An XMP packet as Adobe programs write it, with a thumbnail and the placed files."""
    image = base64.b64encode(thumbnail).decode()
    shown = f"<xmpGImg:image>{image[:40]}&#xA;{image[40:]}</xmpGImg:image>" if image else ""
    placed = "".join(f"<rdf:li><stRef:filePath>{link}</stRef:filePath></rdf:li>" for link in links)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"'
        ' xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"><rdf:Description>'
        f"<dc:title><rdf:Alt><rdf:li>{title}</rdf:li></rdf:Alt></dc:title>{shown}{placed}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def indd(thumbnail: bytes = b"", links: tuple[str, ...] = ()) -> bytes:
    """The marks of an InDesign file, with its XMP somewhere in the middle."""
    mark = bytes.fromhex("0606edf5d81d46e5bd31efe7fe74b71d")
    return (
        mark + b"DOCUMENT" + bytes(4000) + packet("Brochure", thumbnail, links).encode() + bytes(99)
    )


def eps(preview: str = "tiff") -> bytes:
    """An EPS with a preview as TIFF, as EPSI or in its XMP, or with none."""
    body = b"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: (Two halves)\n%%For: Ana\n%%BoundingBox: 0 0 64 48\n"
    if preview == "epsi":
        bits = np.asarray(halves(64, 48).getchannel("R").point(lambda v: 255 - v), np.uint8)
        rows = "\n".join("% " + bytes(row).hex().upper() for row in bits)
        body += f"%%BeginPreview: 64 48 8 48\n{rows}\n%%EndPreview\n".encode()
    if preview == "xmp":
        body += packet("Two halves", encoded(halves(256, 192), "JPEG")).encode()
    body += b"%%EndComments\n1 0 0 setrgbcolor 0 0 32 48 rectfill showpage\n%%EOF\n"
    if preview != "tiff":
        return body
    picture = encoded(halves(64, 48), "TIFF")
    head = struct.pack("<4sIIIIIIH", b"\xc5\xd0\xd3\xc6", 30, len(body), 0, 0, 30 + len(body),
                       len(picture), 0xFFFF)  # fmt: skip
    return head + body + picture


def dng(preview: tuple[int, int] = (320, 240), sensor: tuple[int, int] = (640, 480)) -> bytes:
    """A DNG whose first folder is a JPEG preview and whose second is the sensor's picture."""
    jpeg = encoded(halves(*preview), "JPEG", quality=85)
    width, height = sensor
    mosaic = np.full((height, width), 800, "<u2")
    mosaic[::2, : width // 2 : 2] = 12000
    mosaic[1::2, width // 2 + 1 :: 2] = 12000
    texts = {271: b"Testcam\0", 272: b"One\0", 50708: b"Testcam One\0", 315: b"Ana Silva\0",
             306: b"2024:05:06 07:08:09\0"}  # fmt: skip
    first = [
        (254, 4, 1, 1), (256, 4, 1, preview[0]), (257, 4, 1, preview[1]), (258, 3, 3, (8, 8, 8)),
        (259, 3, 1, 7), (262, 3, 1, 6), (273, 4, 1, jpeg), (277, 3, 1, 3), (278, 4, 1, preview[1]),
        (279, 4, 1, len(jpeg)), (274, 3, 1, 1), (50706, 1, 4, b"\1\4\0\0"),
        *((tag, 2, len(text), text) for tag, text in texts.items()),
        (50721, 10, 9, struct.pack("<18i", *(v for n in range(9) for v in (int(n % 4 == 0), 1)))),
        (50728, 5, 3, struct.pack("<6I", 1, 1, 1, 1, 1, 1)), (50778, 3, 1, 21),
    ]  # fmt: skip
    second = [
        (254, 4, 1, 0), (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 16), (259, 3, 1, 1),
        (262, 3, 1, 32803), (273, 4, 1, mosaic.tobytes()), (277, 3, 1, 1), (278, 4, 1, height),
        (279, 4, 1, mosaic.nbytes), (33421, 3, 2, (2, 2)), (33422, 1, 4, b"\0\1\1\2"),
        (50714, 3, 1, 0), (50717, 4, 1, 16383),
    ]  # fmt: skip
    return _tiff(first, second)


def _tiff(first: list, second: list) -> bytes:
    """Write two folders of a TIFF, the second as a sub-folder of the first."""
    first = sorted([*first, *([(330, 4, 1, "sub")] if second else [])], key=lambda one: one[0])
    starts = {"first": 8, "sub": 8 + 2 + 12 * len(first) + 4}
    at = starts["sub"] + 2 + 12 * len(second) + 4
    folders, extra = b"", b""
    for entries in (first, second):
        folder = struct.pack("<H", len(entries))
        for tag, kind, count, value in entries:
            if value == "sub":
                body = struct.pack("<I", starts["sub"])
            elif isinstance(value, int):
                body = struct.pack("<H2x" if kind == 3 else "<I", value)
            else:
                content = struct.pack(f"<{count}H", *value) if isinstance(value, tuple) else value
                far = len(content) > 4
                body = struct.pack("<I", at + len(extra)) if far else content.ljust(4, b"\0")
                extra += content + bytes(len(content) % 2) if far else b""
            folder += struct.pack("<HHI", tag, kind, count) + body
        folders += folder + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + folders + extra


def deep_tiff(planes: int) -> bytes:
    """A TIFF of 8 x 8 pixels in 16 bits, all of them in the middle of the range."""
    depth = (16,) * planes if planes > 1 else 16
    entries = [
        (256, 4, 1, 8), (257, 4, 1, 8), (258, 3, planes, depth), (259, 3, 1, 1),
        (262, 3, 1, 2 if planes == 3 else 1), (273, 4, 1, b"\0\x80" * 64 * planes),
        (277, 3, 1, planes), (278, 4, 1, 8), (279, 4, 1, 128 * planes),
    ]  # fmt: skip
    return _tiff(entries, [])


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip package; a part called `mimetype` stands first and unpacked."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return target.getvalue()


def related(*links: tuple[str, str, str], outside: str = "") -> str:
    """The relations of an Office part: id, kind and target each."""
    lines = [
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, kind, target in links
    ]
    if outside:
        lines.append(
            f'<Relationship Id="out" Type="{OFFICE}/hyperlink" Target="{outside}"'
            ' TargetMode="External"/>'
        )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def pptx(slides: tuple[str, ...] = ("Spring plan", "Budget"), notes: str = "Speak slowly") -> bytes:
    """Slides with one line each; the second is hidden, the first has notes and alternative text."""
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    spaces = f'xmlns:p="{p}" xmlns:a="{a}" xmlns:r="{OFFICE}"'
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(len(slides)))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": related(
            *((f"r{n}", "slide", f"slides/slide{n + 1}.xml") for n in range(len(slides)))
        ),
        "ppt/notesSlides/notes1.xml": f"<p:notes {spaces}><a:p><a:r><a:t>{notes}</a:t></a:r></a:p>"
        "</p:notes>",
        "ppt/media/one.png": encoded(halves(), "PNG"),
        "ppt/slides/_rels/slide1.xml.rels": related(
            ("n", "notesSlide", "../notesSlides/notes1.xml"),
            ("i", "image", "../media/one.png"),
            outside="https://example.org/plan",
        ),
        "docProps/core.xml": '<x xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Plan of spring</dc:title><dc:creator>Ana</dc:creator></x>",
    }
    for number, line in enumerate(slides):
        hidden = ' show="0"' if number == 1 else ""
        parts[f"ppt/slides/slide{number + 1}.xml"] = (
            f'<p:sld {spaces}{hidden}><p:cNvPr descr="A chart of sales"/><a:p><a:r><a:t>{line[:3]}'
            f"</a:t></a:r><a:r><a:t>{line[3:]}</a:t></a:r></a:p></p:sld>"
        )
    return package(parts)


def xlsx(cell: str = "bottle", formula: str = "1+1", hidden: str = "secret") -> bytes:
    """A sheet with a head and two rows, and a hidden one."""
    s = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = (
        f'<workbook {s} xmlns:r="{OFFICE}"><sheets><sheet name="Stock" sheetId="1" r:id="r1"/>'
        '<sheet name="Old" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>'
    )
    rows = (
        f'<worksheet {s}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is>'
        f'<t>{cell}</t></is></c><c r="C2"><v>12.5</v></c></row><row r="3"><c r="A3" t="b"><v>1</v>'
        f'</c><c r="C3" t="str"><f>{formula}</f><v>2</v></c></row></sheetData></worksheet>'
    )
    old = (
        f'<worksheet {s}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{hidden}</t></is></c>'
        "</row></sheetData></worksheet>"
    )
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": related(
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "worksheet", "worksheets/sheet2.xml"),
            ),
            "xl/sharedStrings.xml": f"<sst {s}><si><t>name</t></si><si><t>pr</t><t>ice</t></si>"
            "</sst>",
            "xl/worksheets/sheet1.xml": rows,
            "xl/worksheets/sheet2.xml": old,
        }
    )


def odt(comment: str = "Check this", kind: str = "text") -> bytes:
    """An OpenDocument text with a heading, a paragraph and a comment."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("meta", "meta"))
    )
    body = (
        f"<office:document-content {spaces}><office:body><office:text>"
        '<text:h text:outline-level="1">Harbour guide</text:h>'
        f'<text:p>Boats<text:s text:c="2"/>leave<office:annotation><text:p>{comment}</text:p>'
        "</office:annotation> at noon.</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    meta = (
        f'<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:title>Guide</dc:title><meta:initial-creator>Ana</meta:initial-creator>"
        "<meta:keyword>boats</meta:keyword><meta:keyword>noon</meta:keyword>"
        '<meta:document-statistic meta:page-count="2"/></office:meta></office:document-meta>'
    )
    kind = f"application/vnd.oasis.opendocument.{kind}"
    return package({"mimetype": kind, "content.xml": body, "meta.xml": meta})


def epub(chapter: str = "<h1>One</h1><p>It was night.</p>", *, cover: bool = True) -> bytes:
    """A book of two chapters with a cover; the spine is in another order than the names."""
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Night Book</dc:title>'
        "<dc:creator>Ana</dc:creator><dc:rights>© Ana</dc:rights></metadata><manifest>"
        '<item id="a" href="a.xhtml"/><item id="b" href="text/b.xhtml"/>'
        '<item id="c" href="cover.png" properties="cover-image"/></manifest>'
        '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/book.opf": opf,
        "OEBPS/text/b.xhtml": page.format(chapter),
        "OEBPS/a.xhtml": page.format("<p>Then came day.</p>"),
    }
    return package(parts | ({"OEBPS/cover.png": encoded(halves(), "PNG")} if cover else {}))


HTML = b"""<!DOCTYPE html><html><head><title>Boats &amp; piers</title>
<meta name="author" content="Ana"><meta name="keywords" content="boats, piers">
<script>var hidden = "in code";</script></head><body onload="run()"><h1>Piers</h1>
<p>Where boats<br>land.</p><!-- a remark --><p style="display:none">not shown</p>
<img src="http://127.0.0.1:9/x.png" alt="A wooden pier"></body></html>"""
SRT = (
    b"1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Good</i> morning\r\n\r\n"
    b"2\r\n00:00:03,000 --> 00:01:05,250\r\n{\\an8}Boats leave\r\nat noon\r\n"
)
VTT = (
    b"WEBVTT\n\nNOTE a remark\n\n"
    b"00:01.000 --> 00:02.500 align:start\n<v Ana>Good <b>morning</b>\n\n"
    b"two\n01:00:03.000 --> 01:00:04.000\nBoats leave\n"
)


def film(path: Path, form: str, codec: str, **said: str) -> Path:
    """A second of moving halves in a container."""
    with av.open(str(path), "w", format=form) as container:
        container.metadata.update(said)
        stream = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(10):
            picture = np.asarray(halves(160, 96)).copy()
            picture[:, : number * 4] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


def sound(path: Path, form: str, codec: str, cover: bytes = b"", **said: str) -> Path:
    """A second of a tone in a container, with tags and perhaps a cover picture."""
    with av.open(str(path), "w", format=form) as container:
        container.metadata.update(said)
        stream = container.add_stream(codec, rate=44100, layout="mono")
        wave = np.sin(np.arange(44100) * 0.06) * 9000
        for start in range(0, 44100, 1152):
            piece = wave[start : start + 1152].astype(np.int16)[None]
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate = 44100
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
