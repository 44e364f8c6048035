"""Conditions on what an asset is: type, shape and state, and things that are there or not."""

import re
from collections.abc import Mapping

from tools.core.criteria import Among, Between, Known, Not, Trait
from tools.core.search.filters.lexicon import spans
from tools.core.search.filters.piece import Piece
from tools.core.search.query import Vocabulary

_NOUNS = {
    "alt_text": Trait.ALT_TEXT,
    "description": Trait.DESCRIPTION,
    "tag": Trait.TAG,
    "author": Trait.AUTHOR,
    "collection": Trait.COLLECTION,
    "taken": Trait.TAKEN,
    "text": Trait.TEXT,
    "language": Trait.LANGUAGE,
    "sensitive": Trait.SENSITIVE,
}
_NAMED = re.compile(r"(?<![a-z0-9])(?:type|orientation|shape|format|typ|tipo|kind):\s*$")
NO_PEOPLE = Between(Trait.PEOPLE, 0, 0)


def shapes_and_types(text: str, vocabulary: Vocabulary) -> list[Piece]:
    """Find types and shapes; they are bare, since one of them alone is read with the words."""
    found = _words(text, vocabulary.shapes, Trait.ORIENTATION)
    for piece in _words(text, vocabulary.types, Trait.TYPE):
        after = re.match(r"\s+([^\W_]+)", text[piece.end :])
        if not (after and after[1] in vocabulary.not_types):
            found.append(piece)
    found += _words(text, vocabulary.perhaps, Trait.ORIENTATION)
    return _apart(found)


def states(text: str) -> list[Piece]:
    """Find archived and trashed, originals and renditions."""
    found = [
        Piece(s.start, s.end, Among(Trait.STATUS, (s.value,)), Trait.STATUS)
        for s in spans("status", text)
    ]
    for span in spans("said", text):
        if span.value in {"originals", "renditions"}:
            made = Known(Trait.PARENT)
            criterion = made if span.value == "renditions" else Not(made)
            found.append(Piece(span.start, span.end, criterion, Trait.PARENT))
    return _apart(found)


def things(text: str) -> list[Piece]:
    """Find people and fields, which are bare, and words that say that they are absent."""
    found: list[Piece] = []
    for span in spans("said", text):
        if span.value == "unpeopled":
            found.append(Piece(span.start, span.end, NO_PEOPLE, Trait.PEOPLE, negative=True))
        elif span.value == "untagged":
            absent = Not(Known(Trait.TAG))
            found.append(Piece(span.start, span.end, absent, Trait.TAG, negative=True))
    for span in spans("nouns", text):
        if span.value == "people":
            some = Between(Trait.PEOPLE, 1)
            found.append(
                Piece(span.start, span.end, some, Trait.PEOPLE, bare=True, absent=NO_PEOPLE)
            )
        else:
            trait = _NOUNS[span.value]
            found.append(Piece(span.start, span.end, Known(trait), trait, bare=True))
    return _apart(found)


def _words(text: str, known: Mapping[str, object], trait: Trait) -> list[Piece]:
    found: list[Piece] = []
    for word, value in known.items():
        for match in re.finditer(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text):
            lead = _NAMED.search(text[: match.start()])
            start = lead.start() if lead else match.start()
            criterion = Among(trait, (str(value),))
            found.append(Piece(start, match.end(), criterion, trait, bare=lead is None))
    return found


def _apart(found: list[Piece]) -> list[Piece]:
    """Keep the longest of what overlaps."""
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept
