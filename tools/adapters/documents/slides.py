"""Presentations (PPTX): what the slides say, and what stands beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from PIL import Image

from tools.adapters.documents.drawing import Block, Words
from tools.adapters.documents.package import BROKEN, opened_package
from tools.adapters.documents.parts import (
    first_page,
    paged,
    pictured,
    relations,
    tree,
)
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST_SLIDES = 500
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "ppt/presentation.xml"
_THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.png")


@dataclass(frozen=True, slots=True)
class Slide:
    """The lines of a slide, its notes, what stands beside it and its pictures."""

    lines: tuple[str, ...]
    notes: str
    asides: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give the lines and the notes below them."""
        return "\n".join([*self.lines, *([self.notes] if self.notes else [])])


def slides_text(path: Path) -> DocumentText:
    """Extract the text slide by slide; notes follow the slide that they belong to.

    Raises Fixable for a damaged, protected or hostile file.
    """
    with opened_package(path) as package:
        names = slide_names(package)
        slides = (_slide(package, name) for name in names[:MOST_SLIDES])
        return paged(((slide.text, slide.asides) for slide in slides), len(names))


def slides_page(path: Path) -> Image.Image:
    """Show the thumbnail that the program left, or the words and the picture of the first slide."""
    with opened_package(path) as package:
        names = slide_names(package)
        slide = _slide(package, names[0]) if names else Slide((), "", (), ())
        blocks: list[Block] = [
            Words(line, 1 if number == 0 else 0) for number, line in enumerate(slide.lines)
        ]
        return first_page(package, _THUMBNAILS, [*blocks, *pictured(package, slide.pictures)])


def slide_names(package: ZipFile) -> list[str]:
    """Give the slides in the order of the presentation.

    Raises Fixable when there is no presentation in the package.
    """
    root = tree(package, _MAIN)
    if root is None:
        raise Fixable(BROKEN)
    known = relations(package, _MAIN)
    ids = [one.get(_R + "id", "") for one in root.iter(_P + "sldId")]
    return [known[i].target for i in ids if i in known and not known[i].outside]


def _slide(package: ZipFile, name: str) -> Slide:
    root = tree(package, name)
    if root is None:
        return Slide((), "", (), ())
    known = relations(package, name)
    lines = tuple(_lines(root))
    notes, asides = "", list(_unseen(root))
    if root.get("show") == "0":
        asides.append(("hidden slide", "\n".join(lines)))
    for one in known.values():
        if one.outside:
            asides.append(("link", one.target))
        elif one.kind == "notesSlide" and (side := tree(package, one.target)) is not None:
            notes = "\n".join(line for line in _lines(side) if not line.isdigit())
            asides.append(("slide notes", notes))
        elif one.kind == "comments" and (side := tree(package, one.target)) is not None:
            asides.append(("comment", "\n".join(_comments(side))))
    pictures = tuple(one.target for one in known.values() if one.kind == "image")
    return Slide(lines, notes, tuple(asides), pictures)


def _lines(root: Element) -> Iterator[str]:
    for paragraph in root.iter(_A + "p"):
        text = "".join(run.text or "" for run in paragraph.iter(_A + "t")).strip()
        if text:
            yield text


def _comments(root: Element) -> Iterator[str]:
    yield from (element.text or "" for element in root.iter(_P + "text"))
    yield from _lines(root)


def _unseen(root: Element) -> Iterator[tuple[str, str]]:
    for shape in root.iter(_P + "cNvPr"):
        yield "alternative text", shape.get("descr", "")
        yield "alternative text", shape.get("title", "")
