"""A query as two texts side by side: as it is compared, and as the person wrote it."""

import unicodedata
from dataclasses import dataclass

from tools.core.search.folding import fold

_QUOTES = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"',
           "\u00bb": '"', "\u300c": '"', "\u300d": '"', "\u300e": '"', "\u300f": '"'}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `origin[i]` is where the i-th folded letter comes from in `written`."""

    written: str
    folded: str
    origin: tuple[int, ...]

    def said(self, start: int, end: int) -> str:
        """Give a stretch of folded letters as it was written."""
        return self.written[self.origin[start] : self.origin[end]].strip()

    def without(self, spans: list[tuple[int, int]]) -> str:
        """Give what is written without some stretches of folded letters."""
        kept, at = [], 0
        for start, end in sorted(spans):
            kept.append(self.written[self.origin[at] : self.origin[max(start, at)]])
            at = max(end, at)
        kept.append(self.written[self.origin[at] :])
        return " ".join(" ".join(kept).split())


def line_of(text: str) -> Line:
    """Make one line of a text: control marks become spaces, direction marks nothing."""
    plain = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in {"Cf", "Co", "Cs"}
    )
    written = " ".join(plain.split())
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(written):
        piece = _QUOTES.get(letter) or fold(letter) or (" " if letter == " " else "")
        folded.append(piece)
        origin += [place] * len(piece)
    return Line(written, "".join(folded), (*origin, len(written)))
