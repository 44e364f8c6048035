"""Facts of zip packages: a DOCX is described, every other package is only named."""

import re
from contextlib import suppress
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from tools.adapters.documents.package import BROKEN, DOCX, opened_package, read_part
from tools.adapters.imaging.embedded import tidy
from tools.adapters.imaging.xml_tree import parse
from tools.core.errors import Fixable
from tools.core.perception import FileFacts

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OTHERS = (
    ("ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
    ("xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    ("META-INF/container.xml", "application/epub+zip"),
    ("content.xml", "application/vnd.oasis.opendocument.text"),
)
_FIELDS = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "description": "{http://purl.org/dc/elements/1.1/}description",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_LARGEST_PROPERTIES = 256 * 1024


def package_facts(file: BinaryIO) -> FileFacts:
    """Describe a DOCX, or name another package.

    Raises Fixable for a damaged or hostile DOCX; another package is never judged.
    """
    file.seek(0)
    try:
        with ZipFile(file) as package:
            names = set(package.namelist())
    except (BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        file.seek(0)
        if b"word/" in file.read(65_536):
            raise Fixable(BROKEN) from error
        text = "This archive is damaged; it is kept as it is and found by name only."
        return FileFacts("other", "application/zip", warnings=(text,))
    if "word/document.xml" in names:
        return _docx(file)
    mime = next((mime for name, mime in _OTHERS if name in names), "application/zip")
    return FileFacts("other", mime)


def _docx(file: BinaryIO) -> FileFacts:
    file.seek(0)
    with opened_package(file) as package:
        core = parse(read_part(package, "docProps/core.xml", _LARGEST_PROPERTIES))
        app = parse(read_part(package, "docProps/app.xml", _LARGEST_PROPERTIES))
        custom = parse(read_part(package, "docProps/custom.xml", _LARGEST_PROPERTIES))
        texts = [
            (element.text or "").strip()
            for part in (core, app, custom)
            for element in (part.iter() if part is not None else ())
        ]
        if _torn(package):
            raise Fixable(BROKEN)
    found = {}
    for field, name in _FIELDS.items():
        text = (core.findtext(name) if core is not None else "") or ""
        if field == "keywords":
            text = "\n".join(re.split(r"[;,\n]", text))
        if clean := tidy(field, text):
            found[field] = clean
    pages = None
    with suppress(ValueError):
        pages = int((app.findtext(_PAGES) if app is not None else None) or "") or None
    asides = tuple(("property", text) for text in texts if len(text) > 3)
    return FileFacts("document", DOCX, pages=pages, embedded=found, asides=asides)


def _torn(package: ZipFile) -> bool:
    """Tell whether the main part cannot be unpacked; its checksum is verified on the way."""
    try:
        with package.open("word/document.xml") as part:
            while part.read(1 << 20):
                pass
    except (BadZipFile, EOFError, OSError):
        return True
    return False
