"""Conditions on how a text reads: "documents with a negative tone", "formal texts"."""

import re
from functools import lru_cache

from tools.core.criteria import Among, Trait
from tools.core.search.filters.lexicon import source, values
from tools.core.search.filters.piece import Piece

_TABLES = {"sentiments": Trait.SENTIMENT, "tones": Trait.TONE}


def manner(text: str) -> list[Piece]:
    """Find how texts are to read, in a folded text; a word alone says nothing of texts."""
    found: list[Piece] = []
    for table, trait in _TABLES.items():
        for value in values(table):
            criterion = Among(trait, (value,))
            for pattern in _patterns(table, value):
                spans = [match.span("said") for match in pattern.finditer(text)]
                found += [Piece(*span, criterion, trait) for span in spans]
    found.sort(key=lambda piece: piece.start - piece.end)
    kept: list[Piece] = []
    for piece in found:
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept


@lru_cache(maxsize=32)
def _patterns(table: str, value: str) -> tuple[re.Pattern[str], ...]:
    """Give patterns of which the group `said` is what is taken out of the query."""
    word, texts = source(table, value), source("reading", "texts")
    cue, noun, colon, sound = (source("reading", one) for one in ("cue", "noun", "colon", "sound"))
    plain = source("reading", "plain")
    linked = rf"{source('join')}\s{source(table)}"
    forms = (
        # Beside a word for tone: with a negative tone, con un tono negativo.
        rf"(?P<said>{cue}{word}[\s-]?{noun}(?:の(?={texts}))?)",
        rf"(?P<said>{cue}{noun}\s{word})",
        rf"(?P<said>{colon}\s?{word})",
        # A word for any text says nothing more than the condition itself.
        rf"(?P<said>{word}\s?{plain})",
        rf"(?P<said>{plain},?\s(?:{sound}\s)?{word})",
        # Beside a word for texts: formal letters, textos formales.
        rf"(?P<said>{word})(?=(?:\s{linked})?\s?{texts}(?![a-z0-9]))",
        rf"{texts},?\s{sound}\s{source('reading', 'not')}\s(?P<said>{word})",
        rf"{texts},?\s(?P<said>(?:{sound}\s)?{word})",
    )
    return tuple(re.compile(rf"(?<![a-z0-9]){form}(?![a-z0-9])") for form in forms)
