"""The probe port: what a file is, by content and never by name."""

import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tools.adapters.documents.pdf import pdf_facts
from tools.adapters.imaging.embedded import tidy
from tools.adapters.probe.files import opened_regular
from tools.adapters.probe.films import film_facts
from tools.adapters.probe.office import package_facts
from tools.adapters.probe.pictures import picture_facts
from tools.adapters.probe.signatures import Kind, kind_of
from tools.adapters.probe.texts import text_facts
from tools.core.perception import FileFacts

_HEAD = 1024
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
    ".mp4": ("video/mp4", "audio/mp4", "video/quicktime"),
    ".mov": ("video/quicktime", "video/mp4"),
    ".pdf": ("application/pdf",),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ".mp3": ("audio/mpeg",),
    ".wav": ("audio/wav",),
}
_CALLED = {
    "image/jpeg": "a JPEG picture",
    "image/png": "a PNG picture",
    "image/webp": "a WebP picture",
    "image/gif": "a GIF picture",
    "image/tiff": "a TIFF picture",
    "application/pdf": "a PDF",
    "video/mp4": "an MP4 video",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "text/plain": "plain text",
    "text/html": "a web page",
    "application/zip": "a zip archive",
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


def _facts(file: BinaryIO, path: Path, kind: Kind | None) -> FileFacts:
    if kind is None:
        return text_facts(file, path)
    match kind.family:
        case "picture":
            return picture_facts(file, kind)
        case "film":
            return film_facts(file, kind)
        case "pdf":
            return _pdf(path, file)
        case "zip":
            return package_facts(file)
        case _:
            return FileFacts("other", kind.mime)


def _pdf(path: Path, file: BinaryIO) -> FileFacts:
    facts = pdf_facts(path)
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
    return FileFacts(
        "document",
        "application/pdf",
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
