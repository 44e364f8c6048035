"""Which assets a request speaks of: ids, file names, ordinals, titles, "these", "it", or words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.brains import lexicon
from agent.brains.features import cued
from agent.brains.lexicon import fold
from agent.brains.positions import places
from agent.brains.screens import Card, Screen
from agent.brains.words import WORD, telling

_FILE = re.compile(
    r"[\w\-]+\.(?:jpe?g|png|webp|tiff?|gif|heic|mp4|mov|docx?|pdf|txt|md|csv|xlsx?|pptx?)\b"
)
_STEM, _LONG_STEM = 4, 6


class Manner(StrEnum):
    """How assets were named, from certain to vague."""

    ID = "id"
    ORDINAL = "ordinal"
    TITLE = "title"
    THESE = "these"
    IT = "it"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a request points at.

    `ids` are assets of the screen; `query` are words that a tool has to look up, among `ids` when
    there are any; `ambiguous` tells that the ids are candidates of which one is meant.
    """

    manner: Manner
    ids: tuple[str, ...] = ()
    query: str | None = None
    ambiguous: bool = False


NOTHING = Reference(Manner.NOTHING)
Likeness = Callable[[str, Sequence[Card]], Card | None]
"""Finds the one card whose title means the same as some words, in any language, or None."""


def refer(
    text: str,
    screen: Screen,
    words: str = "",
    likeness: Likeness | None = None,
    also: str = "",
) -> Reference:
    """Resolve what a request points at on the screen.

    `words` is what of the request names an asset once everything else has been understood, and
    `also` the other words that a title may bear.
    """
    low = fold(text)
    for resolve in (_by_id, _by_file, _by_position):
        found = resolve(low, screen)
        if found:
            return found
    if screen.originals and _points(low, "original"):
        return Reference(Manner.TITLE, screen.originals)
    if screen.selection and _points(low, "demonstrative"):
        # Who selects and says "this" points with the finger, whatever else the words resemble.
        return Reference(Manner.THESE, _ids(screen.selection))
    if (shade := _only_colour(words)) and screen.all:
        return Reference(Manner.WORDS, _ids(screen.focus), shade)
    named = _by_title(also or words, screen)
    if named and not (named.ambiguous and _points(low, "these")):
        return named
    return _by_pointing(low, screen, (words, also), likeness)


def _by_id(low: str, screen: Screen) -> Reference | None:
    ids = [
        card.id
        for card in screen.all
        if re.search(rf"(?<![a-z0-9\-]){re.escape(card.id.lower())}(?![a-z0-9\-])", low)
    ]
    return Reference(Manner.ID, tuple(ids)) if ids else None


def _by_file(low: str, screen: Screen) -> Reference | None:
    names = _FILE.findall(low)
    ids = [
        card.id
        for card in screen.all
        if card.file and (fold(card.file) in names or _stem_named(card.file, low))
    ]
    if ids:
        return Reference(Manner.ID, tuple(ids))
    return Reference(Manner.WORDS, query=names[0]) if names else None


def _stem_named(file: str, low: str) -> bool:
    stem = fold(file).rsplit(".", 1)[0]
    return bool(re.search(r"\d", stem)) and bool(
        re.search(rf"(?<![\w]){re.escape(stem)}(?![\w])", low)
    )


def _by_position(low: str, screen: Screen) -> Reference | None:
    found = places(low)
    cards = screen.holding(max((abs(place) for place in found), default=0))
    if not found or not cards:
        return None
    ids = [cards[place - 1 if place > 0 else place].id for place in found]
    return Reference(Manner.ORDINAL, tuple(dict.fromkeys(ids)))


def _by_title(text: str, screen: Screen) -> Reference | None:
    # A made picture bears the name of its slot, which people say in their own language.
    wanted = [*telling(text), *(span.value for span in lexicon.spans("renditions", text))]
    wanted += [thing for thing in _things(text) if thing not in wanted]
    cards = screen.all
    known = {card.id: _terms(card) for card in cards}
    scores: dict[str, float] = {}
    for word in dict.fromkeys(wanted):
        bearers = [card.id for card in cards if any(_alike(word, term) for term in known[card.id])]
        for asset_id in bearers:
            scores[asset_id] = scores.get(asset_id, 0.0) + 1.0 / len(bearers)
    if not scores:
        return None
    best = max(scores.values())
    leaders = [card.id for card in cards if scores.get(card.id, 0.0) >= best - 1e-6]
    if best >= 0.5 or len(leaders) > 1:
        seconds = [i for i, score in scores.items() if score >= 0.99 and i not in leaders]
        chosen = (*leaders, *seconds)
        return Reference(
            Manner.TITLE,
            tuple(card.id for card in cards if card.id in chosen),
            query=" ".join(wanted),
            ambiguous=len(leaders) > 1 and best < 0.99,
        )
    return None


def _terms(card: Card) -> frozenset[str]:
    stem = card.file.rsplit(".", 1)[0]
    words = [word for word in WORD.findall(fold(f"{card.title} {stem}")) if len(word) > 1]
    parts = [part for word in words for part in re.split(r"[-_']", word)]
    return frozenset((*words, *parts, *_things(fold(card.title))))


def _things(low: str) -> list[str]:
    """Name common things in English, so that titles are found in other languages too."""
    return list(dict.fromkeys(span.value for span in lexicon.spans("things", low)))


def _alike(word: str, term: str) -> bool:
    if word == term:
        return True
    short, long = sorted((word, term), key=len)
    if len(short) < 3 or term.isdigit() or word.isdigit():
        return False
    if long.startswith(short):
        ending = long[len(short) :]
        near = len(short) >= _STEM and len(ending) <= 2
        return near or len(short) >= _LONG_STEM or ending in {"s", "e", "es", "en", "n", "'s"}
    return len(short) > _STEM and long.endswith(short)


def _points(low: str, key: str) -> bool:
    return bool(lexicon.pattern("focus", key).search(low))


def _by_pointing(
    low: str, screen: Screen, words: tuple[str, str], likeness: Likeness | None
) -> Reference:
    for key, cards in (("uploaded", screen.uploads), ("made", screen.made)):
        if cards and _points(low, key):
            return Reference(Manner.THESE, _ids(cards))
    these = _points(low, "these")
    if words[0] and _comes_first(words[0], low):
        return _by_words(low, screen, words, likeness)
    kind = _one_of_kind(low, screen)
    if these or kind:
        return Reference(Manner.THESE, _ids(screen.focus)) if these else _titled(kind)
    if screen.selection and not _points(low, "firm_it"):
        return Reference(Manner.THESE, _ids(screen.selection))
    if _points(low, "it") or screen.selection:
        return Reference(Manner.IT, _ids(screen.focus), ambiguous=len(screen.focus) > 1)
    return NOTHING


def _comes_first(words: str, low: str) -> bool:
    """Tell whether a name stands before every pronoun, which then only takes it up."""
    name = low.find(words.split(maxsplit=1)[0])
    pronouns = [
        found.start()
        for key in ("these", "firm_it")
        if (found := lexicon.pattern("focus", key).search(low))
    ]
    return not pronouns or 0 <= name < min(pronouns)


def _ids(cards: Sequence[Card]) -> tuple[str, ...]:
    return tuple(card.id for card in cards)


def _titled(card: Card | None) -> Reference:
    return Reference(Manner.TITLE, (card.id,)) if card else NOTHING


def _by_words(
    low: str, screen: Screen, words: tuple[str, str], likeness: Likeness | None
) -> Reference:
    card = _one_of_kind(low, screen)
    if not card and likeness and screen.all and not names_a_slot(words[1] or words[0]):
        found = (likeness(text, screen.all) for text in dict.fromkeys(words) if text)
        card = next((one for one in found if one), None)
    return _titled(card) if card else Reference(Manner.WORDS, query=words[0])


def names_a_slot(words: str) -> bool:
    """Tell whether words name a made picture by its slot and nothing else: "the story".

    Any other title or text that has the word in it would be found instead.
    """
    rest = fold(words)
    named = [*lexicon.spans("renditions", rest), *lexicon.spans("stories", rest)]
    for span in named:
        rest = rest[: span.start] + " " * (span.end - span.start) + rest[span.end :]
    # A Japanese particle may be left in front of the verb.
    return bool(named) and all(cued(word.lstrip("をにのはがで")) for word in telling(rest))


def _only_colour(words: str) -> str | None:
    """Give the English name of a colour when the words say nothing else: "the red one"."""
    found = next(iter(lexicon.spans("colours", words)), None)
    if not found or len(telling(words[: found.start] + words[found.end :])):
        return None
    return found.value


def _one_of_kind(low: str, screen: Screen) -> Card | None:
    """Give the card that is the only one of the kind named: "the video"."""
    for span in lexicon.spans("media_types", low):
        cards = [card for card in screen.all if card.media_type == span.value]
        if span.value != "image" and len(cards) == 1:
            return cards[0]
    return None
