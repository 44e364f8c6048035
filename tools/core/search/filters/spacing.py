"""Conditions on free space for words: "with copy space on the left"."""

import re
from functools import lru_cache

from tools.core.criteria import Among, Known, Trait
from tools.core.search.filters.lexicon import source, values
from tools.core.search.filters.piece import Piece


def space(text: str) -> list[Piece]:
    """Find where in a picture there is to be room for words, in a folded text."""
    found = []
    for match in _pattern().finditer(text):
        side = next((name for name in values("edges") if match[name] or match[f"{name}_ja"]), None)
        wanted = Among(Trait.SPACE, (side,)) if side else Known(Trait.SPACE)
        found.append(Piece(*match.span(), wanted, Trait.SPACE))
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    sides = "|".join(rf"(?P<{name}>{source('edges', name)})" for name in values("edges"))
    eastern = "|".join(rf"(?P<{name}_ja>{source('edges_ja', name)})" for name in values("edges_ja"))
    lead, free = source("space", "lead"), source("space", "free")
    before, japanese = source("space", "before"), source("space", "ja")
    latin = rf"(?<![a-z0-9])(?:{lead}\s)?(?:{free})(?:,?\s(?:{before}\s?)?(?:{sides}))?(?![a-z0-9])"
    return re.compile(rf"{latin}|(?:{eastern})?(?:に|の|側に)?(?:{japanese})")
