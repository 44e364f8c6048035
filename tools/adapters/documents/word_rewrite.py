"""Word documents rewritten in place: every run, table, link and picture stays where it is."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import serialize_for_reading

from tools.adapters.documents.spans import Phrase, Piece, Span, guarded
from tools.adapters.documents.word import margins, open_word
from tools.core.ports import Rewrite

_INSIDE = {qn(f"w:{name}") for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent")}
_UNSEEN = {
    qn(f"w:{name}")
    for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "del", "sdtPr", "sdtEndPr")
} | {qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "permStart", "permEnd")}
_LINK, _RUN, _TEXT = qn("w:hyperlink"), qn("w:r"), qn("w:t")
_RUN_PROPERTIES, _PAGE_BREAK = qn("w:rPr"), qn("w:lastRenderedPageBreak")
_NOT_STYLE = {qn("w:lang"), qn("w:noProof")}
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class _Text:
    """A text element with its run and what the run looks like."""

    element: Any
    run: Any
    style: str


class _Passage:
    """Text elements between two things that are no text; they are rewritten together."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._groups: list[list[_Text]] = []
        for text in texts:
            if self._groups and self._groups[-1][-1].style == text.style:
                self._groups[-1].append(text)
            else:
                self._groups.append([text])
        self.phrase = Phrase(
            [
                Span("".join(t.element.text or "" for t in group), group[0].style)
                for group in self._groups
            ]
        )

    def write(self, answers: Sequence[str]) -> None:
        """Put the rewritten text into the runs, moving runs where the words changed places."""
        if not answers:
            return
        pieces = self.phrase.settle(answers)
        order = [piece.span for piece in pieces]
        if order != sorted(set(order)):
            if self._rebuild(pieces):
                return
            pieces = self.phrase.apart(answers)
        texts = {piece.span: piece.text for piece in pieces}
        for number, group in enumerate(self._groups):
            _set(group[0].element, texts.get(number, ""))
            for text in group[1:]:
                _set(text.element, "")

    def _rebuild(self, pieces: Sequence[Piece]) -> bool:
        """Write the pieces as copies of the runs they look like, where nothing else is in them."""
        runs = list(dict.fromkeys(text.run for group in self._groups for text in group))
        if not all(_only_text(run) and _movable(run, runs) for run in runs):
            return False
        units = list(dict.fromkeys(_unit(run) for run in runs))
        for piece in pieces:
            units[0].addprevious(_copy(self._groups[piece.span][0].run, piece.text))
        for unit in units:
            unit.getparent().remove(unit)
        return True


def rewrite_word(path: Path, rewrite: Rewrite, mark: str) -> bytes:
    """Write a copy whose texts went through `rewrite`; `mark` is at its top and in its properties.

    Raises Fixable for a damaged, protected or hostile file.
    """
    document = open_word(path)
    roots = [document.element.body, *(margin._element for margin in margins(document))]  # noqa: SLF001
    passages = [p for root in roots for node in root.iter(qn("w:p")) for p in _passages(node)]
    captions = [
        node
        for root in roots
        for node in root.iter(qn("wp:docPr"))
        if node.get("descr", "").strip()
    ]
    title = document.core_properties.title.strip()
    asked = [passage.phrase.texts for passage in passages]
    singles = [node.get("descr") for node in captions] + ([title] if title else [])
    answers = guarded(rewrite, [text for texts in asked for text in texts] + singles)
    for passage, texts in zip(passages, asked, strict=True):
        passage.write([answers.pop(0) for _ in texts])
    for node in captions:
        node.set("descr", answers.pop(0))
    _note(document, mark, answers.pop(0) if title else "")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _passages(paragraph: Any) -> Iterator[_Passage]:
    texts: list[_Text] = []
    for item in _content(paragraph):
        if item is not None:
            texts.append(item)
        elif texts:
            yield _Passage(texts)
            texts = []
    if texts:
        yield _Passage(texts)


def _content(node: Any) -> Iterator[_Text | None]:
    """Give text elements in order, and None where anything else stands between them."""
    field = _Field()
    for run in _runs(node):
        if run is None:
            yield None
            continue
        style = _style(run)
        for child in run:
            if child.tag == _TEXT:
                yield _Text(child, run, style) if field.shows_wording else None
            elif child.tag not in {_RUN_PROPERTIES, _PAGE_BREAK}:
                field.meet(child)
                yield None


def _runs(node: Any) -> Iterator[Any]:
    for child in node:
        if child.tag == _RUN:
            yield child
        elif child.tag in _INSIDE:
            yield from _runs(child)
        elif child.tag not in _UNSEEN:
            yield None


class _Field:
    """Where a computed field stands: its result is no wording, except that of a link."""

    def __init__(self) -> None:
        self._depth = 0
        self._instruction = ""
        self._result = False

    @property
    def shows_wording(self) -> bool:
        """Tell whether text met now was written by a person."""
        is_link = self._instruction.strip().upper().startswith("HYPERLINK")
        return self._depth == 0 or (self._result and is_link and self._depth == 1)

    def meet(self, child: Any) -> None:
        """Take notice of an element of a run."""
        if child.tag == qn("w:instrText"):
            self._instruction += child.text or ""
        if child.tag != qn("w:fldChar"):
            return
        match child.get(qn("w:fldCharType")):
            case "begin":
                self._depth += 1
                self._instruction, self._result = "", False
            case "separate":
                self._result = True
            case "end":
                self._depth = max(0, self._depth - 1)
            case _:
                pass


def _style(run: Any) -> str:
    properties = run.find(_RUN_PROPERTIES)
    look = ""
    if properties is not None:
        kept = [child for child in properties if child.tag not in _NOT_STYLE]
        look = "".join(sorted(serialize_for_reading(child) for child in kept))
    parent = run.getparent()
    return look if parent.tag == qn("w:p") else f"{look}@{parent.getparent().index(parent)}"


def _only_text(run: Any) -> bool:
    return all(child.tag in {_RUN_PROPERTIES, _TEXT, _PAGE_BREAK} for child in run)


def _unit(run: Any) -> Any:
    """Give what stands in the paragraph: the run, or the link around it."""
    parent = run.getparent()
    return parent if parent.tag == _LINK else run


def _movable(run: Any, runs: Sequence[Any]) -> bool:
    parent = run.getparent()
    if parent.tag == _LINK:
        return parent.getparent().tag == qn("w:p") and all(child in runs for child in parent)
    return bool(parent.tag == qn("w:p"))


def _copy(run: Any, text: str) -> Any:
    made = deepcopy(run)
    for child in list(made):
        if child.tag != _RUN_PROPERTIES:
            made.remove(child)
    element = OxmlElement("w:t")
    _set(element, text)
    made.append(element)
    parent = run.getparent()
    if parent.tag != _LINK:
        return made
    link = deepcopy(parent)
    for child in list(link):
        link.remove(child)
    link.append(made)
    return link


def _set(element: Any, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _note(document: Any, mark: str, title: str) -> None:
    """Show the mark above the first paragraph and record it in the properties."""
    properties = document.core_properties
    properties.comments = mark[:_LONGEST_PROPERTY]
    properties.content_status = "Machine draft"
    if title:
        properties.title = title[:_LONGEST_PROPERTY]
    paragraph = parse_xml(
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr>'
        '<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="D97706"/></w:pBdr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="FEF3C7"/><w:spacing w:after="160"/></w:pPr>'
        '<w:r><w:rPr><w:i/><w:color w:val="92400E"/><w:sz w:val="18"/></w:rPr><w:t/></w:r></w:p>'
    )
    _set(paragraph.find(f".//{_TEXT}"), mark)
    document.element.body.insert(0, paragraph)
