"""Runs of slides and cells rewritten as one sentence, each in the look that it had."""

import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.oxml import oxml_parser, parse_xml, serialize_part_xml
from docx.oxml.xmlchemy import serialize_for_reading

from tools.adapters.documents.package import LARGEST_XML, read_part
from tools.adapters.documents.spans import Phrase, Span

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_STYLE = {"lang", "altLang", "dirty", "err", "noProof", "smtClean", "bmk"}
_CORE = "docProps/core.xml"
_LONGEST_PROPERTY = 255
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"

__all__ = ["RunPassage", "element_of", "marked_properties", "repacked", "serialize_part_xml"]


class RunPassage:
    """Runs that stand side by side, each an element with one `text` and perhaps a `look`."""

    def __init__(self, runs: Sequence[Any], text: str, look: str) -> None:
        self._text = text
        self._groups: list[list[Any]] = []
        styles: list[str] = []
        for run in runs:
            style = _style(run.find(look))
            if styles and styles[-1] == style:
                self._groups[-1].append(run)
            else:
                self._groups.append([run])
                styles.append(style)
        self.phrase = Phrase(
            [
                Span("".join(run.findtext(text) or "" for run in group), style)
                for group, style in zip(self._groups, styles, strict=True)
            ]
        )

    def write(self, answers: Sequence[str]) -> None:
        """Put the rewritten text into the runs, in the order of the new sentence."""
        if not answers:
            return
        pieces = self.phrase.settle(answers)
        first = self._groups[0][0]
        for piece in pieces:
            made = deepcopy(self._groups[piece.span][0])
            made.tail = None
            write_text(made.find(self._text), piece.text)
            first.addprevious(made)
        for group in self._groups:
            for run in group:
                run.getparent().remove(run)


def write_text(element: Any, text: str) -> None:
    """Set a text whose blanks at the ends count; slides keep them without being told."""
    element.text = text
    if "spreadsheetml" in element.tag and text != text.strip():
        element.set(_SPACE, "preserve")


def element_of(package: zipfile.ZipFile, name: str) -> Any | None:
    """Parse a part so that it can be written back; None when it is absent or no plain XML."""
    content = read_part(package, name, LARGEST_XML)
    if not content or b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        return None
    try:
        return parse_xml(content)
    except SyntaxError:
        return None


def repacked(path: Path, parts: Mapping[str, bytes]) -> bytes:
    """Copy a package with some parts replaced, everything else as it is."""
    target = BytesIO()
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = parts.get(entry.filename)
            new.writestr(entry, old.read(entry) if content is None else content)
    return target.getvalue()


def marked_properties(package: zipfile.ZipFile, mark: str) -> dict[str, bytes]:
    """Record the mark in the properties of the file, where it has any."""
    root = element_of(package, _CORE)
    if root is None:
        return {}
    for tag, text in ((_DC + "description", mark), (_CP + "contentStatus", "Machine draft")):
        found = root.find(tag)
        if found is None:
            found = oxml_parser.makeelement(tag)
            root.append(found)
        found.text = text[:_LONGEST_PROPERTY]
    return {_CORE: serialize_part_xml(root)}


def _style(look: Any) -> str:
    if look is None:
        return ""
    bare = deepcopy(look)
    for name in _NOT_STYLE & set(bare.attrib):
        del bare.attrib[name]
    plain = str(serialize_for_reading(bare))
    return "" if not len(bare) and not bare.attrib else plain
