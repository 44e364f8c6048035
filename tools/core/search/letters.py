"""Texts letter by letter: made comparable, and found again where they stand."""

import re
import unicodedata
from dataclasses import dataclass

from tools.core.search.folding import unspaced

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_APART = re.compile(r"[\W_]+")
_PIECES = re.compile(r"[\s-]+|[^\W_]|[^\s\w-]|_")
# A word may be broken by a hyphen, as at the end of a line; characters of unspaced scripts by air.
_BROKEN, _AIR = r"(?:-\s*)?", r"\s*"
_BETWEEN_WORDS, _HYPHEN = r"[\s_-]+", r"[\s_-]*"
_EDGES = " \t\r\n.,;:!?-_"


class _Folds(dict[int, str]):
    """Gives each character's comparable form; computed once a character."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = letter.translate(_ALIKE).casefold()
        if not unspaced(letter):
            apart = unicodedata.normalize("NFD", folded)
            folded = "".join(one for one in apart if not unicodedata.combining(one))
        if unicodedata.category(letter) == "Cf":
            folded = ""
        self[code] = folded
        return folded


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands in a text: from and to which character, and how often in all."""

    start: int
    end: int
    times: int


def composed(text: str) -> str:
    """Give the text whose characters places count: wide, half-wide and split letters made one."""
    return unicodedata.normalize("NFKC", text)


def letters(text: str) -> str:
    """Give only letters and digits, in lower case and without accents, with nothing between."""
    return _APART.sub("", composed(text).translate(_FOLDS))


class Phrase:
    """A phrase to be found as it stands, but for case, accents, hyphens and line ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters = letters(text)
        folded = composed(text).translate(_FOLDS)
        # The point that ends a quotation is seldom in the text at that place.
        self._pattern = re.compile(_pattern(folded.strip(_EDGES) or folded))

    def place(self, text: str) -> Place | None:
        """Find the phrase in a `composed` text."""
        if not self.letters:
            return None
        found = list(self._pattern.finditer(text.translate(_FOLDS)))
        if not found:
            return None
        start = _original(text, found[0].start())
        return Place(start, max(start + 1, _original(text, found[0].end())), len(found))


def _pattern(folded: str) -> str:
    """Write a phrase as an expression; each part is a literal or a gap, so it runs in one pass."""
    written: list[str] = []
    before = ""
    for piece in _PIECES.findall(folded):
        if "-" in piece:
            written.append(_HYPHEN)
        elif piece.isspace():
            written.append(_BETWEEN_WORDS if before.isalnum() else _AIR)
        elif not piece.isalnum():
            written.append(re.escape(piece))
        else:
            if before.isalnum():
                written.append(_AIR if unspaced(before) or unspaced(piece) else _BROKEN)
            written.append(re.escape(piece))
        before = piece
    return "".join(written)


def _original(text: str, position: int) -> int:
    """Give the character of a text that its folded form has at a position."""
    if text.isascii():
        return position
    passed = 0
    for index, letter in enumerate(text):
        if passed >= position and _FOLDS[ord(letter)]:
            return index
        passed += len(_FOLDS[ord(letter)])
    return len(text)
