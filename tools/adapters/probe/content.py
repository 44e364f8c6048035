"""The probe port: what a file is, by content and never by name."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tools.adapters.documents.books import EPUB
from tools.adapters.documents.layout import ILLUSTRATOR, INDESIGN
from tools.adapters.documents.package import DOCX
from tools.adapters.documents.parquet.reading import PARQUET, read_parquet
from tools.adapters.documents.pdf import pdf_facts
from tools.adapters.documents.sheets import XLSX
from tools.adapters.documents.slides import PPTX
from tools.adapters.documents.web_page import HTML
from tools.adapters.imaging.embedded import tidy
from tools.adapters.imaging.xmp import read_xmp
from tools.adapters.probe.files import opened_regular
from tools.adapters.probe.films import film_facts
from tools.adapters.probe.office import package_facts
from tools.adapters.probe.packets import pdf_packet
from tools.adapters.probe.pictures import layout_facts, picture_facts
from tools.adapters.probe.signatures import Kind, kind_of
from tools.adapters.probe.texts import text_facts
from tools.core.perception import FileFacts

_HEAD = 1024
LARGEST_SIDECAR = 4_000_000
_MARKED_WITHIN = 400_000
_ILLUSTRATOR = (b"/AIMetaData", b"/AIPrivateData", b"illustrator:StartupProfile")
_CUT_PDF = "The PDF seems cut off; pages may be missing. Export it again to be sure."
_PDF_FIELDS = {
    "title": "Title",
    "description": "Subject",
    "creator": "Author",
    "keywords": "Keywords",
}
# Endings that promise something about the content, by the MIME types they may promise.
_PROMISES: dict[str, tuple[str, ...]] = {
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".png": ("image/png",),
    ".webp": ("image/webp",),
    ".gif": ("image/gif",),
    ".tif": ("image/tiff",),
    ".tiff": ("image/tiff",),
    ".heic": ("image/heic",),
    ".avif": ("image/avif",),
    ".svg": ("image/svg+xml",),
    ".psd": ("image/vnd.adobe.photoshop",),
    ".ai": (ILLUSTRATOR, "application/pdf", "application/postscript"),
    ".eps": ("application/postscript",),
    ".indd": (INDESIGN,),
    ".mp4": ("video/mp4", "audio/mp4", "video/quicktime"),
    ".mov": ("video/quicktime", "video/mp4"),
    ".webm": ("video/webm", "audio/webm"),
    ".mkv": ("video/x-matroska", "audio/x-matroska"),
    ".avi": ("video/x-msvideo",),
    ".pdf": ("application/pdf",),
    ".docx": (DOCX,),
    ".pptx": (PPTX,),
    ".xlsx": (XLSX,),
    ".epub": (EPUB,),
    ".parquet": (PARQUET,),
    ".html": (HTML,),
    ".json": ("application/json",),
    ".mp3": ("audio/mpeg",),
    ".wav": ("audio/wav",),
    ".flac": ("audio/flac",),
}
_CALLED = {
    "image/jpeg": "a JPEG picture",
    "image/png": "a PNG picture",
    "image/webp": "a WebP picture",
    "image/gif": "a GIF picture",
    "image/tiff": "a TIFF picture",
    "application/pdf": "a PDF",
    "video/mp4": "an MP4 video",
    "image/svg+xml": "an SVG drawing",
    "image/heic": "a HEIC picture",
    DOCX: "a Word document",
    PPTX: "a presentation",
    XLSX: "a workbook",
    "text/plain": "plain text",
    "text/html": "a web page",
    "application/zip": "a zip archive",
}


_DESCRIBED: dict[str, Callable[[BinaryIO, Kind], FileFacts]] = {
    "picture": picture_facts,
    "layout": layout_facts,
    "film": film_facts,
}


class ContentProbe:
    """Implements ports.Probe."""

    def identify(self, path: Path) -> FileFacts:
        """Describe the file.

        An unknown format is `media_type="other"`. Raises Fixable with one line that says what to
        do for an empty, truncated, encrypted, oversized, hostile, unreadable or special file.
        """
        with opened_regular(path) as file:
            kind = kind_of(file.read(_HEAD))
            facts = _facts(file, path, kind)
        warning = _mismatch(path.suffix.lower(), facts)
        return replace(facts, warnings=(*facts.warnings, warning)) if warning else facts

    def sidecar(self, path: Path) -> dict[str, str]:
        """Give what an XMP file says of the file beside it; Fixable when it cannot be opened."""
        with opened_regular(path) as file:
            said = read_xmp(file.read(LARGEST_SIDECAR))
        found = {name: tidy(name, text) for name, text in said.items()}
        return {name: text for name, text in found.items() if text}


def _facts(file: BinaryIO, path: Path, kind: Kind | None) -> FileFacts:
    if kind is None:
        return text_facts(file, path)
    if kind.family == "pdf":
        return _pdf(path, file)
    if kind.family == "zip":
        return package_facts(file)
    if kind.family == "table":
        read_parquet(path)
        return FileFacts("dataset", kind.mime)
    describe = _DESCRIBED.get(kind.family)
    return describe(file, kind) if describe else FileFacts("other", kind.mime)


def _pdf(path: Path, file: BinaryIO) -> FileFacts:
    facts = pdf_facts(path)
    file.seek(0)
    is_drawing = any(mark in file.read(_MARKED_WITHIN) for mark in _ILLUSTRATOR)
    file.seek(0, os.SEEK_END)
    file.seek(-min(2048, file.tell()), os.SEEK_END)
    warnings = () if b"%%EOF" in file.read() else (_CUT_PDF,)
    found = {}
    for field, name in _PDF_FIELDS.items():
        text = facts.info.get(name, "")
        if field == "keywords":
            text = text.replace(",", "\n").replace(";", "\n")
        if clean := tidy(field, text):
            found[field] = clean
    found |= pdf_packet(file)
    return FileFacts(
        "document",
        ILLUSTRATOR if is_drawing else "application/pdf",
        pages=facts.pages,
        embedded=found,
        warnings=warnings,
        asides=tuple(("property", text) for text in facts.info.values()),
    )


def _mismatch(suffix: str, facts: FileFacts) -> str:
    promised = _PROMISES.get(suffix)
    if promised is None or facts.mime in promised:
        return ""
    called = _CALLED.get(facts.mime, f"of type {facts.mime}")
    return f"The name ends in {suffix}, but the content is {called}."
