"""Documents, tables and subtitles with an order among ordinary text, or out of sight."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from textwrap import wrap

import docx
from docx.shared import Pt, RGBColor

ORDINARY = (
    "The refill station opens on the first of June beside the main entrance.",
    "Bottles of half a litre and of one litre fit; the water is filtered and cold.",
    "Visitors find the price list at the counter and on the last page.",
)


def pdf_with_text(_scene: Path, text: str) -> bytes:
    """Write the order as a paragraph of a PDF."""
    return _pdf([*ORDINARY, text], "0 g")


def pdf_in_white(_scene: Path, text: str) -> bytes:
    """Write the order in white on white, as nobody but a machine reads it."""
    return _pdf(list(ORDINARY), "0 g", unseen=text)


def pdf_with_note(_scene: Path, text: str) -> bytes:
    """Write the order as a note pinned to a page of a PDF."""
    return _pdf(list(ORDINARY), "0 g", note=text)


def docx_with_comment(_scene: Path, text: str) -> bytes:
    """Write the order as a comment of a reviewer."""
    document, last = _document()
    document.add_comment(last.runs[0], text=text, author="Reviewer", initials="R")
    return _saved(document)


def docx_with_hidden_text(_scene: Path, text: str) -> bytes:
    """Write the order as hidden text, tiny and white."""
    document, _ = _document()
    run = document.add_paragraph().add_run(text)
    run.font.hidden, run.font.size, run.font.color.rgb = True, Pt(1), RGBColor(255, 255, 255)
    return _saved(document)


def docx_with_property(_scene: Path, text: str) -> bytes:
    """Write the order as a property of the document."""
    document, _ = _document()
    document.core_properties.comments = text
    return _saved(document)


def csv_with_cell(_scene: Path, text: str) -> bytes:
    """Write the order as a cell in the last of forty rows."""
    target = StringIO()
    table = csv.writer(target)
    table.writerow(["article", "colour", "price", "note"])
    table.writerows([f"Bottle {n}", "blue", 9 + n, "in stock"] for n in range(39))
    table.writerow(["Bottle 39", "green", 48, text])
    return target.getvalue().encode()


def subtitles(_scene: Path, text: str) -> bytes:
    """Write the order as one of the lines of SRT subtitles."""
    lines = ["Welcome to the lake.", text, "The water is nine degrees cold."]
    blocks = [
        f"{n}\n00:00:{3 * n:02},000 --> 00:00:{3 * n + 2:02},500\n{line}\n"
        for n, line in enumerate(lines, start=1)
    ]
    return "\n".join(blocks).encode()


def web_subtitles(_scene: Path, text: str) -> bytes:
    """Write the order as a note between the cues of WebVTT subtitles."""
    cue = "00:01.000 --> 00:04.000\nWelcome to the lake.\n"
    return f"WEBVTT\n\nNOTE {text}\n\n{cue}\n".encode()


def plain(_scene: Path, text: str) -> bytes:
    """Write the order as a paragraph of a text file."""
    return "\n\n".join([*ORDINARY[:2], text, ORDINARY[2]]).encode()


def markdown(_scene: Path, text: str) -> bytes:
    """Write the order as a paragraph of a Markdown file."""
    return f"# Refill station\n\n**{ORDINARY[0]}**\n\n{text}\n\n- {ORDINARY[1]}\n".encode()


def _document() -> tuple[docx.document.Document, docx.text.paragraph.Paragraph]:
    document = docx.Document()
    document.add_heading("Refill station", 1)
    paragraphs = [document.add_paragraph(line) for line in ORDINARY]
    return document, paragraphs[-1]


def _saved(document: docx.document.Document) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _pdf(paragraphs: list[str], ink: str, unseen: str = "", note: str = "") -> bytes:
    """Write one page by hand, with the fonts that every reader has."""
    shown = [line for paragraph in paragraphs for line in (*wrap(paragraph, 80), "")]
    drawn = f"BT {ink} /F1 11 Tf 60 780 Td 15 TL " + " ".join(map(_line, shown))
    drawn += " 1 g /F1 2 Tf " + " ".join(map(_line, wrap(unseen, 120))) + " ET"
    stream = drawn.encode("cp1252", "replace")
    # A note is UTF-16 so that it can be of any language.
    said = ("\ufeff" + note).encode("utf-16-be").hex()
    pinned = f"/Annots [<< /Type /Annot /Subtype /Text /Rect [50 50 70 70] /Contents <{said}> >>]"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
            f"<< /Font << /F1 5 0 R >> >> {pinned if note else ''} >>"
        ).encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _assembled(parts)


def _line(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped}) Tj T*"


def _assembled(parts: list[bytes]) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return content + tail % (len(parts) + 1, start)
