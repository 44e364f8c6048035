"""Subtitles (SRT, WebVTT): what is said and when, without markup."""

import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tools.adapters.documents.drawing import Block, Words, draw_page
from tools.adapters.documents.parts import MOST_CHARACTERS, asides_of
from tools.adapters.documents.plain import whole_text
from tools.core.ports import DocumentText

SUBTITLES = ("application/x-subrip", "text/vtt")
_TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d\d):(\d\d)[,.](\d{3})\s*-->\s*(?:(\d{1,3}):)?(\d\d):(\d\d)[,.](\d{3})"
)
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^}]{0,200}\}")
_MOST_CUES = 100_000


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str


def subtitle_text(path: Path) -> DocumentText:
    """Extract what is said, one cue a line; comments are put aside.

    Raises Fixable for a file in an unknown encoding.
    """
    source = whole_text(path, cut=True)
    found = cues(source)
    text = "\n".join(cue.text for cue in found)
    return DocumentText(
        (text[:MOST_CHARACTERS],),
        truncated=len(text) > MOST_CHARACTERS or len(found) >= _MOST_CUES,
        asides=asides_of(_notes(source)),
        times=tuple(cue.start for cue in found),
    )


def subtitle_page(path: Path) -> Image.Image:
    """Draw the first cues with their times."""
    found = cues(whole_text(path, cut=True)[:200_000])[:40]
    blocks: list[Block] = [Words(f"{_clock(cue.start)}  {cue.text}") for cue in found]
    return draw_page(blocks)


def cues(source: str) -> list[Cue]:
    """Read the cues in their order; a block without times is none."""
    found: list[Cue] = []
    for block in re.split(r"\n[ \t]*\n", source):
        lines = block.strip().split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _TIMES.search(line)), None)
        if at is None or len(found) >= _MOST_CUES:
            continue
        match = _TIMES.search(lines[at])
        assert match is not None
        said = " ".join(_plain(line) for line in lines[at + 1 :]).strip()
        if said:
            parts = match.groups()
            found.append(Cue(_seconds(parts[:4]), _seconds(parts[4:]), said))
    return found


def _plain(line: str) -> str:
    return " ".join(_MARKUP.sub("", _SPEAKER.sub(r"\1: ", line)).split())


def _notes(source: str) -> list[tuple[str, str]]:
    blocks = re.split(r"\n[ \t]*\n", source)
    return [("comment", block) for block in blocks if re.match(r"\s*(?:NOTE|STYLE)\b", block)]


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
