"""Plain text files: reading in any usual encoding, and rewriting with their lines kept."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.adapters.documents.encoding import decoded
from tools.adapters.documents.spans import guarded, is_wording
from tools.core.errors import Fixable
from tools.core.ports import DocumentText, Rewrite

LARGEST = 20 * 1024 * 1024
MOST_CHARACTERS = 2_000_000
_ITEM = re.compile(r"(\s*(?:[-*+\u2022\u2013]|\d{1,3}[.)]|[A-Za-z][.)])\s+|\s+)?(.*)", re.DOTALL)
_WRAPPED_FROM, _WRAPPED_TO = 50, 100


def plain_text(path: Path) -> DocumentText:
    """Read a text file as one page."""
    text = whole_text(path, cut=True)
    truncated = len(text) > MOST_CHARACTERS or path.stat().st_size > LARGEST
    return DocumentText((text[:MOST_CHARACTERS],), truncated=truncated)


def whole_text(path: Path, *, cut: bool = False) -> str:
    """Read and decode a text file, with plain line feeds.

    Raises Fixable for a file that is no text, or too large unless it may be cut.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        if not cut:
            raise Fixable("The text is over 20 megabytes. Split it into smaller files.")
        content = content[:LARGEST]
    plain = decoded(content, cut=len(content) == LARGEST)
    if plain is None:
        raise Fixable("The text is in an unknown encoding. Save it as UTF-8.")
    return plain.text.replace("\r\n", "\n").replace("\r", "\n")


def has_windows_lines(path: Path) -> bool:
    """Tell whether lines end in CR LF."""
    with path.open("rb") as file:
        return b"\r\n" in file.read(65_536)


def rewrite_plain(path: Path, rewrite: Rewrite, mark: str) -> bytes:
    """Write a copy in UTF-8 whose paragraphs went through `rewrite`, with `mark` as first line."""
    units = list(_units(whole_text(path).split("\n")))
    asked = [unit for unit in units if is_wording(unit.text)]
    answers = guarded(rewrite, [unit.text for unit in asked])
    told = {id(unit): answer for unit, answer in zip(asked, answers, strict=True)}
    lines = [f"[{mark}]", ""]
    for unit in units:
        lines += unit.lines(told.get(id(unit), unit.text))
    end = "\r\n" if has_windows_lines(path) else "\n"
    return end.join(lines).encode()


@dataclass(frozen=True)
class _Unit:
    """A line, or a paragraph wrapped by hand at `width`, with what stands before its words."""

    lead: str
    text: str
    width: int = 0

    def lines(self, text: str) -> list[str]:
        """Lay the text out as it was."""
        flat = " ".join(text.split()) if self.width else text
        if not self.width:
            return [self.lead + flat]
        return textwrap.wrap(
            flat,
            self.width,
            initial_indent=self.lead,
            subsequent_indent=" " * len(self.lead),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [self.lead]


def _units(lines: Sequence[str]) -> Iterator[_Unit]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip() and not (block and _starts_item(line)):
            block.append(line)
            continue
        yield from _block(block)
        block = [line] if line.strip() else []
        if not line.strip():
            yield _Unit("", line)


def _block(block: list[str]) -> Iterator[_Unit]:
    """Join lines that were wrapped by hand; leave others as they stand."""
    if not block:
        return
    longest = max(map(len, block))
    full = [line for line in block[:-1] if len(line) >= longest * 0.75]
    if len(block) > 1 and _WRAPPED_FROM <= longest <= _WRAPPED_TO and len(full) == len(block) - 1:
        lead, first = _split(block[0])
        rest = " ".join(line.strip() for line in block[1:])
        yield _Unit(lead, f"{first.strip()} {rest}", longest)
        return
    for line in block:
        yield _Unit(*_split(line))


def _split(line: str) -> tuple[str, str]:
    match = _ITEM.fullmatch(line)
    return (match[1] or "", match[2]) if match else ("", line)


def _starts_item(line: str) -> bool:
    return bool(_split(line)[0].strip())
