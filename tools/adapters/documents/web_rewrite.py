"""Web pages rewritten in their source: only wording changes, every other byte stays."""

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from tools.adapters.documents.plain import has_windows_lines, whole_text
from tools.adapters.documents.spans import Phrase, Piece, Span, guarded, is_wording
from tools.core.ports import Rewrite

_KEPT = {"script", "style", "code", "pre", "kbd", "samp", "var", "svg", "math", "template", "head"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "em", "font", "i", "ins", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
}  # fmt: skip
_VOID = {"br", "img", "hr", "meta", "link", "input", "source", "wbr", "area", "base", "col"}
_SPOKEN = ("alt", "title", "aria-label", "placeholder")
_META = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
_ATTRIBUTE = r"(\s{name}\s*=\s*)(\"[^\"]*\"|'[^']*')"
_ENDS = re.compile(r"<body\b[^>]*>", re.IGNORECASE)

_Stack = tuple[int, ...]


class _Passage:
    """Text between two block borders: stretches with the inline elements open around each."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int, _Stack]] = []
        self.start = self.end = -1

    def phrase(self, source: str) -> Phrase:
        """Give what is said, one span for each stretch."""
        return Phrase([Span(_words(source[a:b]), stack) for a, b, stack in self.spans])


class _Reader(HTMLParser):
    """Finds where wording stands in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._source = source
        self._open: list[tuple[str, int]] = []
        self._now = _Passage()
        self._begun: int | None = None
        self.passages: list[_Passage] = []
        self.tags: list[tuple[int, str, dict[str, str]]] = []
        self.feed(source)
        self.close()
        self._close_text(len(source))
        self._break()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a block ends the passage before it."""
        at = self._offset()
        self._close_text(at)
        self.tags.append((at, self.get_starttag_text() or "", {n: v or "" for n, v in attrs}))
        stays = dict(attrs).get("translate") == "no"
        if tag not in _INLINE or stays:
            self._break()
        if tag not in _VOID:
            self._open.append((f"!{tag}" if stays else tag, at))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself like a void one."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open in it."""
        self._close_text(self._offset())
        names = [name.lstrip("!") for name, _ in self._open]
        if tag in names:
            at = len(names) - 1 - names[::-1].index(tag)
            if any(name not in _INLINE for name, _ in self._open[at:]):
                self._break()
            del self._open[at:]
        elif tag not in _INLINE:
            self._break()

    def handle_data(self, data: str) -> None:
        """Begin a stretch of text."""
        if self._begun is None and data:
            self._begun = self._offset()

    def handle_entityref(self, name: str) -> None:
        """Take an entity as text."""
        self.handle_data(name)

    def handle_charref(self, name: str) -> None:
        """Take a character reference as text."""
        self.handle_data(name)

    def handle_comment(self, data: str) -> None:
        """End a passage at a comment, which stays."""
        self._stop(data)

    def handle_decl(self, decl: str) -> None:
        """Leave declarations alone."""
        self._stop(decl)

    def handle_pi(self, data: str) -> None:
        """Leave processing instructions alone."""
        self._stop(data)

    def unknown_decl(self, data: str) -> None:
        """Leave sections of foreign markup alone."""
        self._stop(data)

    def _stop(self, _: str) -> None:
        self._close_text(self._offset())
        self._break()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _close_text(self, end: int) -> None:
        if self._begun is None:
            return
        names = [name for name, _ in self._open]
        kept = any(name in _KEPT or name.startswith("!") for name in names) and names[-1:] != [
            "title"
        ]
        if not kept:
            stack = tuple(at for name, at in self._open if name in _INLINE)
            self._now.spans.append((self._begun, end, stack))
        self._begun = None

    def _break(self) -> None:
        if self._now.spans:
            self.passages.append(self._now)
        self._now = _Passage()


def rewrite_web(path: Path, rewrite: Rewrite, mark: str) -> bytes:
    """Write a copy in UTF-8 with text and spoken attributes rewritten; `mark` heads the body.

    Scripts, styles, code, addresses and elements with translate="no" stay.
    """
    source = whole_text(path)
    page = _Reader(source)
    phrases = [passage.phrase(source) for passage in page.passages]
    spoken = [place for tag in page.tags for place in _spoken(*tag)]
    asked = [text for phrase in phrases for text in phrase.texts]
    answers = guarded(rewrite, [*asked, *(words for _, _, words in spoken)])
    edits: list[tuple[int, int, str]] = []
    for passage, phrase in zip(page.passages, phrases, strict=True):
        told = [answers.pop(0) for _ in phrase.texts]
        if told:
            edits += _edits(source, passage, phrase, told)
    edits += [
        (start, end, '"' + html.escape(answer) + '"')
        for (start, end, _), answer in zip(spoken, answers, strict=True)
    ]
    edits.append(_note(source, mark))
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    source = re.sub(r"(<meta\b[^>]*charset=[\"']?)[\w-]+", r"\1utf-8", source, flags=re.IGNORECASE)
    return (source.replace("\n", "\r\n") if has_windows_lines(path) else source).encode()


def _edits(
    source: str, passage: _Passage, phrase: Phrase, told: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Put words back between their tags; a whole stretch moves where the grammar moved them."""
    pieces = phrase.settle(told)
    order = [piece.span for piece in pieces]
    if order != sorted(set(order)):
        moved = _moved(source, passage, pieces)
        if moved is not None:
            return [moved]
        pieces = phrase.apart(told)
    texts = {piece.span: piece.text for piece in pieces}
    return [
        (start, end, _edge(source[start:end], texts.get(number, "")))
        for number, (start, end, _) in enumerate(passage.spans)
    ]


def _moved(source: str, passage: _Passage, pieces: Sequence[Piece]) -> tuple[int, int, str] | None:
    """Write the passage anew, each piece in the elements of its span; None where that loses one."""
    spans = passage.spans
    simple = all(len(stack) < 2 for _, _, stack in spans)
    stacks = [stack for _, _, stack in spans if stack]
    if not simple or len(set(stacks)) != len(stacks) or spans[0][2] or spans[-1][2]:
        return None
    written = ""
    for piece in pieces:
        start, end, stack = spans[piece.span]
        text = html.escape(piece.text, quote=False)
        if stack:
            text = source[stack[0] : start] + text + source[end : spans[piece.span + 1][0]]
        written += text
    start, end = spans[0][0], spans[-1][1]
    return start, end, _edge(source[start:end], written, escaped=True)


def _edge(original: str, text: str, *, escaped: bool = False) -> str:
    """Keep the line breaks and blanks at both ends of a stretch."""
    core = text if escaped else html.escape(text, quote=False)
    if not original.strip():
        return original if not core.strip() else core
    before = original[: len(original) - len(original.lstrip())]
    after = original[len(original.rstrip()) :]
    lead = before if before or core[:1] != " " else " "
    return lead + core.strip() + (after if after or core[-1:] != " " else " ")


def _words(raw: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(raw))


def _spoken(at: int, raw: str, said: dict[str, str]) -> list[tuple[int, int, str]]:
    """Find the attributes of a tag that are read out or shown: start, end, words."""
    names = [name for name in _SPOKEN if name in said]
    if (said.get("name") or said.get("property") or "").lower() in _META:
        names.append("content")
    found = []
    for name in names:
        match = re.search(_ATTRIBUTE.replace("{name}", re.escape(name)), raw, re.IGNORECASE)
        words = _words(match[2][1:-1]).strip() if match else ""
        if match and is_wording(words) and said.get("translate") != "no":
            found.append((at + match.start(2), at + match.end(2), words))
    return found


def _note(source: str, mark: str) -> tuple[int, int, str]:
    body = _ENDS.search(source)
    at = body.end() if body else 0
    if not body:
        doctype = re.match(r"\s*<!doctype[^>]*>", source, re.IGNORECASE)
        at = doctype.end() if doctype else 0
    return at, at, f'<p class="machine-draft" translate="no"><em>{html.escape(mark)}</em></p>\n'
