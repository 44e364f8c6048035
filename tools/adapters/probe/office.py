"""Facts of zip packages: office files and books are described, other archives only named."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from tools.adapters.documents.books import EPUB, book_fields
from tools.adapters.documents.opendocument import OPEN_TYPES
from tools.adapters.documents.package import BROKEN, DOCX, opened_package, read_part
from tools.adapters.documents.sheets import XLSX
from tools.adapters.documents.slides import PPTX, slide_names
from tools.adapters.imaging.embedded import tidy
from tools.adapters.imaging.xml_tree import parse
from tools.core.errors import Fixable
from tools.core.perception import FileFacts

_OTHERS = (
    ("word/document.xml", DOCX),
    ("ppt/presentation.xml", PPTX),
    ("xl/workbook.xml", XLSX),
    ("META-INF/container.xml", EPUB),
)
_FIELDS = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "description": "{http://purl.org/dc/elements/1.1/}description",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}
_ODF_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_ODF_FIELDS = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "description": "{http://purl.org/dc/elements/1.1/}description",
    "creator": _ODF_META + "initial-creator",
    "keywords": _ODF_META + "keyword",
}
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_LARGEST_PROPERTIES = 256 * 1024


def package_facts(file: BinaryIO) -> FileFacts:
    """Describe an office file or a book, or name another package.

    Raises Fixable for a damaged or hostile document; another package is never judged.
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
    mime = next((mime for name, mime in _OTHERS if name in names), "")
    if mime == EPUB:
        return _book(file)
    if mime:
        return _office(file, mime)
    if "content.xml" in names and "mimetype" in names:
        return _open_document(file)
    return FileFacts("other", "application/zip")


def _office(file: BinaryIO, mime: str) -> FileFacts:
    file.seek(0)
    with opened_package(file) as package:
        core = parse(read_part(package, "docProps/core.xml", _LARGEST_PROPERTIES))
        app = parse(read_part(package, "docProps/app.xml", _LARGEST_PROPERTIES))
        custom = parse(read_part(package, "docProps/custom.xml", _LARGEST_PROPERTIES))
        if _torn(package, next(name for name, kind in _OTHERS if kind == mime)):
            raise Fixable(BROKEN)
        slides = len(slide_names(package)) if mime == PPTX else None
    pages = None
    with suppress(ValueError):
        pages = int((app.findtext(_PAGES) if app is not None else None) or "") or None
    return FileFacts(
        "dataset" if mime == XLSX else "document",
        mime,
        pages=slides or pages,
        embedded=_said(core, _FIELDS),
        asides=_properties(core, app, custom),
    )


def _open_document(file: BinaryIO) -> FileFacts:
    file.seek(0)
    with opened_package(file) as package:
        mime = read_part(package, "mimetype", 200).decode("ascii", "replace").strip()
        if mime.removesuffix("-template") not in OPEN_TYPES:
            return FileFacts("other", "application/zip")
        meta = parse(read_part(package, "meta.xml", _LARGEST_PROPERTIES))
        if _torn(package, "content.xml"):
            raise Fixable(BROKEN)
    pages = None
    for count in meta.iter(_ODF_META + "document-statistic") if meta is not None else ():
        with suppress(ValueError):
            pages = int(count.get(_ODF_META + "page-count", "")) or None
    return FileFacts(
        "document",
        mime.removesuffix("-template"),
        pages=pages,
        embedded=_said(meta, _ODF_FIELDS),
        asides=_properties(meta),
    )


def _book(file: BinaryIO) -> FileFacts:
    file.seek(0)
    with opened_package(file) as package:
        said = book_fields(package)
    found = {name: text for name in said if (text := tidy(name, said[name]))}
    return FileFacts("document", EPUB, embedded=found)


def _said(root: Element | None, fields: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for field, name in fields.items():
        texts = [element.text or "" for element in root.iter(name)] if root is not None else []
        text = "\n".join(texts) if field == "keywords" else " ".join(texts)
        if field == "keywords":
            text = "\n".join(re.split(r"[;,\n]", text))
        if clean := tidy(field, text):
            found[field] = clean
    return found


def _properties(*roots: Element | None) -> tuple[tuple[str, str], ...]:
    texts = [
        (element.text or "").strip()
        for root in roots
        for element in (root.iter() if root is not None else ())
    ]
    return tuple(("property", text) for text in texts if len(text) > 3)


def _torn(package: ZipFile, name: str) -> bool:
    """Tell whether a main part cannot be unpacked; its checksum is verified on the way."""
    try:
        with package.open(name) as part:
            while part.read(1 << 20):
                pass
    except (BadZipFile, EOFError, OSError):
        return True
    return False
