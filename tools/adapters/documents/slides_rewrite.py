"""Presentations rewritten in place: frames, tables, notes, links and every run's look stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx.opc.oxml import parse_xml

from tools.adapters.documents.office_runs import (
    RunPassage,
    element_of,
    marked_properties,
    repacked,
    serialize_part_xml,
)
from tools.adapters.documents.package import opened_package
from tools.adapters.documents.parts import relations
from tools.adapters.documents.slides import slide_names
from tools.adapters.documents.spans import guarded, is_wording
from tools.core.ports import Rewrite

MOST_GROWTH = 0.2
_SHORTEST = 20
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_NOTE = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="{id}" name="Machine draft"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="6000000" cy="260000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FEF3C7"/>'
    '</a:solidFill></p:spPr><p:txBody><a:bodyPr wrap="square" tIns="36000" bIns="36000"/>'
    '<a:lstStyle/><a:p><a:r><a:rPr lang="en" sz="900" i="1"><a:solidFill>'
    '<a:srgbClr val="92400E"/></a:solidFill></a:rPr><a:t/></a:r></a:p></p:txBody></p:sp>'
)


def rewrite_slides(path: Path, rewrite: Rewrite, mark: str) -> tuple[bytes, list[str]]:
    """Write a copy with the slides and their notes rewritten, and tell which texts grew.

    `mark` stands on the first slide and in the properties. Raises Fixable for a damaged,
    protected or hostile file.
    """
    with opened_package(path) as package:
        parts = dict(_parts(package))
        properties = marked_properties(package, mark)
    roots = [root for root, _ in parts.values()]
    frames = {id(root): _sizes(root) for root in roots}
    passages = [p for root in roots for node in root.iter(_A + "p") for p in _passages(node)]
    shapes = [
        shape
        for root in roots
        for shape in root.iter(_P + "cNvPr")
        if is_wording(shape.get("descr", ""))
    ]
    asked = [passage.phrase.texts for passage in passages]
    singles = [shape.get("descr") for shape in shapes]
    answers = guarded(rewrite, [text for texts in asked for text in texts] + singles)
    for passage, texts in zip(passages, asked, strict=True):
        passage.write([answers.pop(0) for _ in texts])
    for shape, answer in zip(shapes, answers, strict=True):
        shape.set("descr", answer)
    flags = [flag for root, place in parts.values() for flag in _grown(root, place, frames)]
    if roots:
        _show(roots[0], mark)
    made = {name: serialize_part_xml(root) for name, (root, _) in parts.items()}
    return repacked(path, {**made, **properties}), flags


def _parts(package: ZipFile) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Give slides and notes by their names, each with where it stands in words."""
    for number, name in enumerate(slide_names(package), 1):
        root = element_of(package, name)
        if root is None:
            continue
        yield name, (root, f"Slide {number}")
        for one in relations(package, name).values():
            side = element_of(package, one.target) if one.kind == "notesSlide" else None
            if side is not None:
                yield one.target, (side, f"Notes of slide {number}")


def _passages(paragraph: Any) -> Iterator[RunPassage]:
    """Give the runs between line breaks and computed fields."""
    runs: list[Any] = []
    for child in [*paragraph, None]:
        if child is not None and child.tag == _A + "r" and child.find(_A + "t") is not None:
            runs.append(child)
        elif runs:
            yield RunPassage(runs, _A + "t", _A + "rPr")
            runs = []


def _frames(root: Any) -> Iterator[Any]:
    yield from root.iter(_P + "txBody", _A + "txBody")


def _said(frame: Any) -> str:
    lines = ("".join(t.text or "" for t in p.iter(_A + "t")) for p in frame.iter(_A + "p"))
    return "\n".join(lines).strip()


def _sizes(root: Any) -> list[int]:
    return [len(_said(frame)) for frame in _frames(root)]


def _grown(root: Any, place: str, frames: dict[int, list[int]]) -> Iterator[str]:
    """Tell where a text may no longer fit; notes have room enough."""
    if place.startswith("Notes"):
        return
    for frame, before in zip(_frames(root), frames[id(root)], strict=True):
        text = _said(frame)
        if len(text) > _SHORTEST and len(text) > before * (1 + MOST_GROWTH):
            share = (len(text) / max(1, before) - 1) * 100
            yield f"{place}: a text grew by {share:.0f} %, see whether it fits: “{text[:60]}”"


def _show(root: Any, mark: str) -> None:
    shapes = root.find(f"{_P}cSld/{_P}spTree")
    if shapes is None:
        return
    ids = [int(one.get("id", "0")) for one in root.iter(_P + "cNvPr") if one.get("id").isdigit()]
    shape = parse_xml(_NOTE.format(id=max(ids, default=1) + 1))
    shape.find(f".//{_A}t").text = mark
    last = shapes.find(_P + "extLst")
    if last is None:
        shapes.append(shape)
    else:
        last.addprevious(shape)
