"""Subtitles rewritten cue by cue: times, settings, numbers, comments and tags stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.adapters.documents.plain import has_windows_lines, whole_text
from tools.adapters.documents.spans import Phrase, Span, guarded
from tools.adapters.documents.subtitles import cues
from tools.core.ports import Rewrite

FASTEST = 20.0
_TIMES = re.compile(r"\d\d:\d\d[,.]\d{3}\s*-->\s*(?:\d{1,3}:)?\d\d:\d\d[,.]\d{3}")
_TAG = re.compile(r"(</?[a-zA-Z][^>\n]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^}\n]{0,200}\})")
_EARLY = re.compile(r"(<[a-zA-Z0-9][^>\n]{0,200}>|\{\\[^}\n]{0,200}\})(\s+)")
_LATE = re.compile(r"(\s+)(</[a-zA-Z][^>\n]{0,200}>)")
_DASH = re.compile(r"\s*[-–—]\s*(?=\S)")
_BREAK = "\n"


class _Said:
    """What one voice says in a cue: its dash, its words with their tags, and how many lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        dash = _DASH.match(lines[0])
        self._lead = dash[0] if dash else ""
        self._lines = len(lines)
        whole = " ".join(line.strip() for line in [lines[0][len(self._lead) :], *lines[1:]])
        parts = _TAG.split(whole)
        self._tags = parts[1::2]
        self.phrase = Phrase([Span(text, n) for n, text in enumerate(parts[::2])])

    def write(self, answers: Sequence[str]) -> list[str]:
        """Give the lines; where the tags cannot follow the words, each stretch stands alone."""
        pieces = self.phrase.settle(answers)
        order = [piece.span for piece in pieces]
        if order != sorted(set(order)):
            pieces = self.phrase.apart(answers)
        texts = {piece.span: piece.text for piece in pieces}
        woven = texts.get(0, "")
        for number, tag in enumerate(self._tags, 1):
            woven += tag + texts.get(number, "")
        # Blanks belong outside of the tags, so that a line may end there.
        woven = _LATE.sub(r"\2\1", _EARLY.sub(r"\2\1", woven))
        return balanced(self._lead + woven.strip(), self._lines)


@dataclass(frozen=True)
class _Part:
    """A stretch of the file: its lines as they stand, or what is said in a cue."""

    lines: tuple[str, ...]
    said: _Said | None = None


def rewrite_subtitles(path: Path, rewrite: Rewrite, mark: str) -> tuple[bytes, list[str]]:
    """Write a copy in UTF-8 with the cues rewritten, and tell which are too fast to be read.

    `mark` is a comment in WebVTT and in SRT, which has none, a first cue of a thousandth second.
    """
    source = whole_text(path).lstrip("\ufeff")
    parts = list(_parts(source.split(_BREAK)))
    said = [part.said for part in parts if part.said]
    asked = [one.phrase.texts for one in said]
    answers = guarded(rewrite, [text for texts in asked for text in texts])
    lines: list[str] = []
    for part in parts:
        lines += part.lines
        if part.said:
            lines += part.said.write([answers.pop(0) for _ in part.said.phrase.texts])
    written = _marked(_BREAK.join(lines), mark)
    end = "\r\n" if has_windows_lines(path) else _BREAK
    return written.replace(_BREAK, end).encode(), _too_fast(source, written)


def balanced(text: str, count: int) -> list[str]:
    """Break a text into at most `count` lines of nearly the same length; tags weigh nothing."""
    words = _TAG.sub(lambda tag: tag[0].replace(" ", "\0"), text).split(" ")
    lines = []
    for left in range(count, 1, -1):
        goal = _weight(words) / left
        taken = min(
            range(1, max(2, len(words))), key=lambda n: abs(_weight(words[:n]) - goal), default=1
        )
        lines.append(_line(words[:taken]))
        words = words[taken:]
        if not words:
            return lines
    return [*lines, _line(words)]


def _line(words: Sequence[str]) -> str:
    return " ".join(words).replace("\0", " ")


def _weight(words: Sequence[str]) -> int:
    return len(_TAG.sub("", _line(words)))


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    inside = False
    block: list[str] = []
    for line in [*lines, None]:
        if inside and line is not None and line.strip():
            block.append(line)
            continue
        yield from _voices(block)
        block = []
        inside = False
        if line is not None:
            yield _Part((line,))
            inside = bool(_TIMES.search(line))


def _voices(block: list[str]) -> Iterator[_Part]:
    """Keep two speakers apart: each line that begins with a dash is said by another."""
    groups: list[list[str]] = []
    for line in block:
        if groups and not _DASH.match(line):
            groups[-1].append(line)
        else:
            groups.append([line])
    yield from (_Part((), _Said(group)) for group in groups)


def _marked(text: str, mark: str) -> str:
    plain = mark.replace("-->", "->")
    head, blank, rest = text.partition("\n\n")
    if head.startswith("WEBVTT"):
        return f"{head}\n\nNOTE {plain}{blank}{rest}"
    return f"0\n00:00:00,000 --> 00:00:00,001\n{plain}\n\n{text.lstrip()}"


def _too_fast(source: str, written: str) -> list[str]:
    """Name the cues that are too fast, in characters a second."""
    before = {(cue.start, cue.end): _speed(cue.text, cue.end - cue.start) for cue in cues(source)}
    flags = []
    for cue in cues(written):
        speed = _speed(cue.text, cue.end - cue.start)
        if (cue.start, cue.end) in before and speed > FASTEST:
            clock = f"{int(cue.start) // 60}:{int(cue.start) % 60:02}"
            flags.append(
                f"At {clock} {speed:.0f} characters a second have to be read "
                f"({before[cue.start, cue.end]:.0f} before, {FASTEST:.0f} is usual): “{cue.text}”"
            )
    return flags


def _speed(text: str, seconds: float) -> float:
    return len(text) / max(seconds, 0.001)
