"""Texts of a Word document that its pages do not show: comments, notes, deleted text, links."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from tools.adapters.documents.package import opened_package, read_part
from tools.adapters.imaging.xml_tree import parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = re.compile(r"word/(comments|footnotes|endnotes|header|footer)\w*\.xml")
_LINKS = re.compile(r"word/_rels/\w+\.xml\.rels")
_LARGEST = 8 * 1024 * 1024
_LONGEST = 200_000
_UNSEEN = {_W + "delText", _W + "instrText"}
# What Word calls alternative text and link targets, wherever they stand.
_SAID = ("descr", "title", "alt")


def word_asides(path: Path) -> tuple[tuple[str, str], ...]:
    """Give each text with where it stands.

    Raises Fixable for a damaged, protected or hostile package.
    """
    with opened_package(path) as package:
        found = list(_asides(package))
    return tuple((place, text[:_LONGEST]) for place, text in found if len(text) > 3)


def _asides(package: ZipFile) -> Iterator[tuple[str, str]]:
    for name in package.namelist():
        if note := _NOTES.fullmatch(name):
            paragraphs = _elements(package, name, _W + "p")
            yield from ((note[1].removesuffix("s"), _text(one)) for one in paragraphs)
        elif _LINKS.fullmatch(name):
            links = _elements(package, name)
            outside = (link for link in links if link.get("TargetMode") == "External")
            yield from (("link", link.get("Target", "")) for link in outside)
    yield from _of_body(list(_elements(package, "word/document.xml")))


def _of_body(body: list[Element]) -> Iterator[tuple[str, str]]:
    unseen = [element.text or "" for element in body if element.tag in _UNSEEN]
    yield "deleted text", " ".join(unseen)
    runs = (element for element in body if element.tag == _W + "r")
    vanished = [_text(run) for run in runs if run.find(f"{_W}rPr/{_W}vanish") is not None]
    yield "hidden text", " ".join(vanished)
    for element in body:
        yield from (("alternative text", element.get(name, "")) for name in _SAID)


def _elements(package: ZipFile, part: str, tag: str | None = None) -> Iterator[Element]:
    root = parse(read_part(package, part, _LARGEST))
    if root is not None:
        yield from root.iter(tag)


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(_W + "t"))
