"""Conditions on marks: "four stars and up", "unrated", "red label"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tools.core.criteria import Among, Known, Not, Trait
from tools.core.marks import MOST_STARS
from tools.core.search.filters.lexicon import pattern, source, spans, values
from tools.core.search.filters.piece import Piece

_MORE = ("at_least", "above", "up", "tail", "ja_up", "signs_up")


def marks(text: str) -> list[Piece]:
    """Find conditions on stars and colour labels in a folded text."""
    found = [*_stars(text), *_rated(text), *_labels(text)]
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda one: one.start - one.end):
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept


def _stars(text: str) -> Iterator[Piece]:
    for match in _pattern().finditer(text):
        number = _number(match)
        more = any(match[role] for role in _MORE)
        low = number + 1 if match["above"] else 1 if match["at_most"] or match["down"] else number
        high = number if low <= number and not more else MOST_STARS
        wanted = tuple(str(n) for n in range(low, high + 1))
        if 1 <= number <= MOST_STARS and wanted:
            yield Piece(*match.span(), Among(Trait.RATING, wanted), Trait.RATING)


def _rated(text: str) -> Iterator[Piece]:
    for span in spans("rating", text):
        there = Known(Trait.RATING)
        if span.value == "unrated":
            absent = Not(there)
            yield Piece(span.start, span.end, absent, Trait.RATING, negative=True)
        elif span.value == "rated":
            yield Piece(span.start, span.end, there, Trait.RATING)


def _labels(text: str) -> Iterator[Piece]:
    for colour in values("label_colours"):
        word, label = source("label_colours", colour), source("labelling", "label")
        behind = source("labelling", "behind")
        for form in (rf"{word}[\s-]?{label}", rf"{behind}\s?{word}"):
            for match in re.finditer(rf"(?<![a-z0-9])(?:{form})(?![a-z0-9])", text):
                yield Piece(*match.span(), Among(Trait.MARK, (colour,)), Trait.MARK)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    before = "|".join(
        rf"(?P<{role}>{source('compare', role)})" for role in ("at_least", "above", "at_most")
    )
    count = rf"(?P<count>[1-5]|{source('numbers')})"
    up, down = source("rating", "up"), source("rating", "down")
    latin = rf"(?:(?:{before})\s?)?{count}\s?(?P<up>\+)?[\s-]?{source('rating', 'stars')}"
    tail = rf"(?:\s(?P<tail>{up})|\s(?P<down>{down}))?"
    eastern = r"(?:星\s?(?P<ja>[1-5])つ?|(?P<jb>[1-5])つ?星)(?P<ja_up>以上)?(?:の)?"
    signs = r"(?P<signs>[★⭐]{1,5})\s?(?P<signs_up>\+|以上)?"
    return re.compile(rf"(?<![a-z0-9.])(?:{latin}(?![a-z0-9]){tail}|{eastern}|{signs})")


def _number(match: re.Match[str]) -> int:
    said = match["count"] or match["ja"] or match["jb"] or str(len(match["signs"] or ""))
    if said.isdigit():
        return int(said)
    return int(next(n for n in values("numbers") if pattern("numbers", n).fullmatch(said)))
