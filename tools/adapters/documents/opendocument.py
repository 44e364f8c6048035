"""OpenDocument texts, sheets and presentations: their paragraphs in reading order."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from tools.adapters.documents.drawing import Block, Words
from tools.adapters.documents.package import BROKEN, opened_package
from tools.adapters.documents.parts import MOST_CHARACTERS, asides_of, first_page, tree
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

OPEN_TYPES = tuple(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NOTES = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}notes"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MOST_SPACES = 100
# What stands beside the pages, by the element that holds it.
_BESIDE = {
    _OFFICE + "annotation": "comment",
    _NOTES: "slide notes",
    _TEXT + "tracked-changes": "deleted text",
    _SVG + "title": "alternative text",
    _SVG + "desc": "alternative text",
}
_MOST_BLOCKS = 60


def open_text(path: Path) -> DocumentText:
    """Extract the text as one page.

    Raises Fixable for a damaged, protected or hostile file.
    """
    asides: list[tuple[str, str]] = []
    with opened_package(path) as package:
        lines = [line for line, _ in _lines(_body(tree(package, "content.xml")), asides)]
        edges = tree(package, "styles.xml")
        if edges is not None:
            lines += [line for line, _ in _lines(edges, asides)]
    text = "\n".join(lines)
    return DocumentText(
        (text[:MOST_CHARACTERS],),
        truncated=len(text) > MOST_CHARACTERS,
        asides=asides_of(asides),
    )


def open_page(path: Path) -> Image.Image:
    """Show the thumbnail that the program left, or draw the first paragraphs."""
    with opened_package(path) as package:
        found = list(_lines(_body(tree(package, "content.xml")), []))[:_MOST_BLOCKS]
        blocks: list[Block] = [Words(line, level) for line, level in found]
        return first_page(package, ("Thumbnails/thumbnail.png",), blocks)


def _body(root: Element | None) -> Element:
    if root is None:
        raise Fixable(BROKEN)
    return root


def _lines(root: Element, asides: list[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """Give paragraphs with the level of headings, and put aside what is not on the page."""
    for child in root:
        if place := _BESIDE.get(child.tag):
            asides.append((place, "\n".join(_flat(p) for p in child.iter() if p.text)))
            continue
        if child.tag in {_TEXT + "p", _TEXT + "h"}:
            asides += _within(child)
            level = child.get(_TEXT + "outline-level", "1") if child.tag.endswith("}h") else "0"
            if line := _flat(child).strip():
                yield line, min(3, int(level)) if level.isdigit() else 1
        else:
            yield from _lines(child, asides)


def _within(paragraph: Element) -> Iterator[tuple[str, str]]:
    for element in paragraph.iter():
        if place := _BESIDE.get(element.tag):
            yield place, "\n".join(text for text in element.itertext() if text.strip())
        if link := element.get(_XLINK):
            yield "link", link


def _flat(element: Element) -> str:
    """Join a paragraph's text without what is put aside; spaces and tabs are elements there."""
    said = element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            said += " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
        elif child.tag in {_TEXT + "tab", _TEXT + "line-break"}:
            said += "\n" if child.tag.endswith("break") else "\t"
        elif child.tag not in _BESIDE:
            said += _flat(child)
        said += child.tail or ""
    return said
