"""Conditions on how a text reads and on the mood of a scene: "formal texts", "moody pictures"."""

import re
from functools import lru_cache

from tools.core.criteria import Among, Trait
from tools.core.search.filters.lexicon import source, values
from tools.core.search.filters.piece import Piece

_READING = {"sentiments": Trait.SENTIMENT, "tones": Trait.TONE}


def manner(text: str) -> list[Piece]:
    """Find what texts and pictures are to be like, said beside a word for them or for tone or mood.

    `text` is folded.
    """
    found = [
        piece
        for table, trait in _READING.items()
        for value in values(table)
        for piece in _pieces(text, _reading(table, value), trait, value)
    ]
    for value in values("moods"):
        found += _pieces(text, _picturing(value), Trait.MOOD, value)
    found.sort(key=lambda piece: piece.start - piece.end)
    kept: list[Piece] = []
    for piece in found:
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept


def _pieces(
    text: str, patterns: tuple[re.Pattern[str], ...], trait: Trait, value: str
) -> list[Piece]:
    spans = [match.span("said") for one in patterns for match in one.finditer(text)]
    return [Piece(*span, Among(trait, (value,)), trait) for span in spans]


@lru_cache(maxsize=16)
def _reading(table: str, value: str) -> tuple[re.Pattern[str], ...]:
    word, plain = source(table, value), source("reading", "plain")
    sound = source("reading", "sound")
    forms = _forms("reading", "texts", table, value)
    # A word for any text says nothing more than the condition itself.
    forms += (
        rf"(?P<said>{word}\s?{plain})",
        rf"(?P<said>{plain},?\s(?:{sound}\s)?{word})",
    )
    return _compiled(forms)


@lru_cache(maxsize=16)
def _picturing(value: str) -> tuple[re.Pattern[str], ...]:
    forms = _forms("picturing", "pictures", "moods", value)
    if value in values("moods_alone"):
        forms += (rf"(?P<said>{source('moods_alone', value)})",)
    return _compiled(forms)


def _forms(kind: str, things: str, table: str, value: str) -> tuple[str, ...]:
    """Give patterns of which the group `said` is what is taken out of the query."""
    word, beside = source(table, value), source(kind, things)
    noun, colon = source(kind, "noun"), source(kind, "colon")
    cue, sound = source("reading", "cue"), source("reading", "sound")
    linked = rf"{source('join')}\s{source(table)}"
    return (
        # Beside a word for tone: with a negative tone, con un tono negativo.
        rf"(?P<said>{cue}{word}[\s-]?{noun}(?:の(?={beside}))?)",
        rf"(?P<said>{cue}{noun}\s{word})",
        rf"(?P<said>{colon}\s?{word})",
        # Beside a word for what is looked for: formal letters, textos formales.
        rf"(?P<said>{word})(?=(?:\s{linked})?\s?{beside}(?![a-z0-9]))",
        rf"{beside},?\s{sound}\s{source('reading', 'not')}\s(?P<said>{word})",
        rf"{beside},?\s(?P<said>(?:{sound}\s)?{word})",
    )


def _compiled(forms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![a-z0-9]){form}(?![a-z0-9])") for form in forms)
