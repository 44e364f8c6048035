"""Conditions on colours: "mostly teal" of the whole picture, "blue tones", "colour: red"."""

import re
from functools import lru_cache

from tools.core.criteria import Coloured, Not
from tools.core.search.filters.lexicon import source, spans
from tools.core.search.filters.piece import Piece

MOSTLY, SOME, NOTICED = 0.4, 0.2, 0.12
# The palette's names that people mean by a colour.
FAMILIES = {
    "red": ("red", "maroon"),
    "blue": ("blue", "light blue", "navy"),
    "green": ("green", "dark green", "lime", "olive", "mint"),
    "grey": ("grey", "silver", "charcoal"),
    "black": ("black", "charcoal"),
    "white": ("white", "cream"),
    "brown": ("brown", "rust"),
    "purple": ("purple", "lavender", "magenta"),
    "pink": ("pink", "coral"),
    "orange": ("orange", "coral"),
    "yellow": ("yellow", "gold"),
    "teal": ("teal", "turquoise"),
    "turquoise": ("turquoise", "teal"),
}


def coloured(name: str, share: float) -> Coloured:
    """Give the condition that a colour and its kin cover a share of the picture."""
    return Coloured(FAMILIES.get(name, (name,)), share)


def colours(text: str) -> list[Piece]:
    """Find conditions on colours in a folded text; a colour alone is part of what is shown."""
    found: list[Piece] = []
    for span in sorted(spans("colours", text), key=lambda one: (one.start - one.end, one.start)):
        before, after = _cue().search(text[: span.start]), _tail().match(text, span.end)
        mostly = (before and before["mostly"]) or (after and after["mostly"])
        start = before.start() if before else span.start
        end = after.end() if after else span.end
        piece = Piece(
            start,
            end,
            coloured(span.value, MOSTLY if mostly else SOME),
            bare=not (before or after),
            absent=None if mostly else Not(coloured(span.value, NOTICED)),
        )
        if not any(piece.spans(other) for other in found):
            found.append(piece)
    return found


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    mostly, cue = source("colouring", "mostly"), source("colouring", "cue")
    link = rf"(?:{source('colouring', 'link')}\s+)?"
    return re.compile(rf"(?<![a-z0-9])(?:(?P<mostly>{mostly})|{cue})\s*{link}$")


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    mostly, after = source("colouring", "after_mostly"), source("colouring", "after")
    return re.compile(rf"\s?(?:(?P<mostly>{mostly})|{after})(?![a-z0-9])")
