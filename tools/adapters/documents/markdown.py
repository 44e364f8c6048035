"""Markdown rewritten as text: code, addresses, front matter and markup stay as they are."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.adapters.documents.plain import has_windows_lines, whole_text
from tools.adapters.documents.spans import Phrase, Piece, Span, guarded
from tools.core.ports import Rewrite

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S")
_RULE = re.compile(r" {0,3}(?:[-*_] *){3,}$|=+\s*$|-+\s*$")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")
_LEAD = re.compile(
    r"(\s*(?:>\s?)*\s*(?:#{1,6}\s+|(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?)(.*)", re.DOTALL
)
_CELL = re.compile(r"(?<!\\)\|")
_INLINE = re.compile(
    r"(?P<code>(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
    r"|(?P<keep><[^>\s][^>]*>|https?://[^\s)>\]]+|\\.|\{\{.*?\}\}|\[\^[^\]]+\])"
    r"|(?P<picture>!\[(?P<alt>[^\]]*)\](?P<at>\([^)]*\)|\[[^\]]*\]))"
    r"|(?P<link>(?<!!)\[(?P<words>[^\[\]]+)\](?P<to>\([^)]*\)|\[[^\]]*\]))"
    r"|(?P<strong>(?P<mark>\*\*\*|\*\*|__|~~)(?=\S)(?P<bold>[^`\[\]]+?)(?<=\S)(?P=mark))"
    r"|(?P<slant>(?<![\w*])(?P<star>[*_])(?=[^\s*_])(?P<italic>[^*_]+?)(?<=\S)(?P=star)(?![\w*]))"
    r"|(?P<stray>\*\*|~~)",
    re.DOTALL,
)

_Markup = tuple[str, str]


class _Line:
    """A heading, paragraph, list item or table cell: a lead, marked-up spans and an end."""

    def __init__(self, lead: str, text: str, end: str = "") -> None:
        self._lead, self._end = lead, end
        marked = list(_spans(text))
        self._markup = [markup for _, markup in marked]
        self.phrase = Phrase([span for span, _ in marked])

    def write(self, answers: Sequence[str]) -> str:
        """Give the rewritten source."""
        return self._lead + "".join(map(self._piece, self.phrase.settle(answers))) + self._end

    def _piece(self, piece: Piece) -> str:
        before, after = self._markup[piece.span]
        if not before or self.phrase.spans[piece.span].fixed:
            return before + piece.text + after
        text = piece.text.strip()
        start = len(piece.text) - len(piece.text.lstrip())
        # Markup must touch the words, so blanks move outside of it.
        return piece.text[:start] + before + text + after + piece.text[start + len(text) :]


def rewrite_markdown(path: Path, rewrite: Rewrite, mark: str) -> bytes:
    """Write a copy in UTF-8 whose wording went through `rewrite`, with `mark` as a quote on top."""
    front, body = _front_matter(whole_text(path).split("\n"))
    parts = list(_parts(body))
    lines = [part for part in parts if isinstance(part, _Line)]
    asked = [line.phrase.texts for line in lines]
    answers = guarded(rewrite, [text for texts in asked for text in texts])
    told = {}
    for line, texts in zip(lines, asked, strict=True):
        told[id(line)] = line.write([answers.pop(0) for _ in texts])
    written = "".join(part if isinstance(part, str) else told[id(part)] for part in parts)
    head = "".join(f"{line}\n" for line in front) + ("\n" if front else "")
    content = f"{head}> *{mark}*\n\n" + written.lstrip("\n")
    if has_windows_lines(path):
        content = content.replace("\n", "\r\n")
    return content.encode()


def _front_matter(lines: list[str]) -> tuple[list[str], list[str]]:
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.strip() in {"---", "..."}:
                return lines[: number + 1], lines[number + 1 :]
    return [], lines


def _parts(lines: list[str]) -> Iterator[str | _Line]:
    """Give what stays as text and what is rewritten, in order, together the whole source."""
    fence = ""
    paragraph: list[str] = []
    for number, line in enumerate(lines):
        end = "\n" if number < len(lines) - 1 else ""
        opening = _FENCE.match(line)
        stays = bool(fence) or _stays(line, after_blank=not paragraph)
        if opening or stays or not line.strip() or _is_row(line) or _starts(line):
            yield from _paragraph(paragraph)
            paragraph = []
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
            yield line + end
        elif stays or not line.strip():
            yield line + end
        elif _is_row(line):
            yield from _row(line + end)
        else:
            paragraph.append(line + end)
            if re.search(r"(?: {2}|\\)\n$", line + end) or re.match(r"\s*#", line):
                yield from _paragraph(paragraph)
                paragraph = []
    yield from _paragraph(paragraph)


def _stays(line: str, *, after_blank: bool) -> bool:
    is_code = after_blank and re.match(r"(?: {4}|\t)(?!\s*(?:[-*+]|\d+[.)])\s)", line)
    is_markup = re.match(r" {0,3}<(?!https?:)[/!a-zA-Z]", line)
    return bool(
        is_code or is_markup or _DEFINITION.match(line) or _RULE.match(line) or _is_rule(line)
    )


def _is_rule(line: str) -> bool:
    return "-" in line and bool(_TABLE_RULE.match(line))


def _is_row(line: str) -> bool:
    return line.strip().startswith("|") and len(_CELL.findall(line)) > 1


def _starts(line: str) -> bool:
    match = _LEAD.fullmatch(line)
    return bool(match and match[1].strip())


def _paragraph(lines: list[str]) -> Iterator[str | _Line]:
    """Join soft-wrapped lines, because a sentence must be rewritten as a whole."""
    if not lines:
        return
    whole = "".join([lines[0], *(line.lstrip(" >") for line in lines[1:])])
    text = whole.rstrip("\n")
    hard = "\\" if text.endswith("\\") else text[len(text.rstrip(" ")) :]
    text = text.removesuffix(hard) if hard else text
    match = _LEAD.fullmatch(text.replace("\n", " "))
    end = hard + ("\n" if whole.endswith("\n") else "")
    yield _Line(match[1], match[2], end) if match else whole


def _row(line: str) -> Iterator[str | _Line]:
    at = 0
    for bar in _CELL.finditer(line):
        cell = line[at : bar.start()]
        lead = cell[: len(cell) - len(cell.lstrip())]
        yield _Line(lead, cell.strip(), cell[len(lead) + len(cell.strip()) :])
        yield "|"
        at = bar.end()
    yield line[at:]


def _spans(text: str) -> Iterator[tuple[Span, _Markup]]:
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            yield Span(text[at : match.start()]), ("", "")
        yield _marked(match)
        at = match.end()
    if at < len(text) or not text:
        yield Span(text[at:]), ("", "")


def _marked(match: re.Match[str]) -> tuple[Span, _Markup]:
    style = match.start()
    match match.lastgroup:
        case "link":
            return Span(match["words"], style), ("[", f"]{match['to']}")
        case "picture" if match["alt"].strip():
            return Span(match["alt"], style), ("![", f"]{match['at']}")
        case "strong":
            return Span(match["bold"], style), (match["mark"], match["mark"])
        case "slant":
            return Span(match["italic"], style), (match["star"], match["star"])
        case _:
            return Span(match[0], style, fixed=True), ("", "")
