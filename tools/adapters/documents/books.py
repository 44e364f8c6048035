"""Books (EPUB): chapters in the order of the spine, and the cover."""

from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from PIL import Image

from tools.adapters.documents.drawing import Block, Words
from tools.adapters.documents.encoding import decoded
from tools.adapters.documents.package import BROKEN, opened_package, read_part
from tools.adapters.documents.parts import (
    LARGEST_PART,
    beside,
    first_page,
    paged,
    tree,
)
from tools.adapters.documents.web_page import Reader, read_page
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

EPUB = "application/epub+zip"
MOST_CHAPTERS = 500
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FIELDS = {
    "title": "title",
    "creator": "creator",
    "description": "description",
    "rights": "copyright",
}


def book_text(path: Path) -> DocumentText:
    """Extract the text chapter by chapter.

    Raises Fixable for a damaged, protected or hostile file.
    """
    with opened_package(path) as package:
        chapters = _chapters(*_contents(package))
        read = (_chapter(package, name) for name in chapters[:MOST_CHAPTERS])
        pages = (("\n".join(line for line, _ in one.lines), one.asides) for one in read)
        return paged(pages, len(chapters))


def book_page(path: Path) -> Image.Image:
    """Show the cover, or draw the beginning of the first chapter."""
    with opened_package(path) as package:
        name, root = _contents(package)
        first = _chapters(name, root)[:2]
        lines = [line for one in first for line in _chapter(package, one).lines]
        said = _fields(root)
        blocks: list[Block] = [Words(said.get("title", ""), 1), Words(said.get("creator", ""), 3)]
        blocks += [Words(text, level) for text, level in lines[:40]]
        return first_page(package, _covers(name, root), blocks)


def book_fields(package: ZipFile) -> dict[str, str]:
    """Give what the book says of itself."""
    return _fields(_contents(package)[1])


def _fields(root: Element) -> dict[str, str]:
    found = {}
    for tag, field in _FIELDS.items():
        texts = [" ".join("".join(e.itertext()).split()) for e in root.iter(_DC + tag)]
        if any(texts):
            found[field] = ", ".join(text for text in texts if text)
    subjects = [" ".join((e.text or "").split()) for e in root.iter(_DC + "subject")]
    if any(subjects):
        found["keywords"] = "\n".join(subjects)
    return found


def _contents(package: ZipFile) -> tuple[str, Element]:
    container = tree(package, "META-INF/container.xml")
    place = container.find(f".//{_CONTAINER}rootfile") if container is not None else None
    name = place.get("full-path", "") if place is not None else ""
    root = tree(package, name)
    if root is None:
        raise Fixable(BROKEN)
    return name, root


def _chapters(name: str, root: Element) -> list[str]:
    items = {item.get("id", ""): item.get("href", "") for item in root.iter(_OPF + "item")}
    wanted = [one.get("idref", "") for one in root.iter(_OPF + "itemref")]
    return [beside(name, items[one]) for one in wanted if one in items]


def _chapter(package: ZipFile, name: str) -> Reader:
    plain = decoded(read_part(package, name, LARGEST_PART))
    return read_page(plain.text if plain else "")


def _covers(name: str, root: Element) -> list[str]:
    marked = {m.get("content", "") for m in root.iter(_OPF + "meta") if m.get("name") == "cover"}
    return [
        beside(name, item.get("href", ""))
        for item in root.iter(_OPF + "item")
        if "cover-image" in item.get("properties", "").split() or item.get("id", "") in marked
    ]
