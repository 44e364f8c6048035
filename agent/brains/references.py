"""Which assets a request speaks of: ids, file names, ordinals, titles, "these", "it", or words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.brains import lexicon
from agent.brains.lexicon import LATIN, fold
from agent.brains.screens import Card, Screen
from agent.brains.words import WORD, telling

_FILE = re.compile(
    r"[\w\-]+\.(?:jpe?g|png|webp|tiff?|gif|heic|mp4|mov|docx?|pdf|txt|md|csv|xlsx?|pptx?)\b"
)
_NOISE = re.compile(
    r"\d+(?:\.\d+)?\s*[:x×/：]\s*\d+(?:\.\d+)?|\bcc[- ]?(?:by|0)\S*(?:\s\d\S*)?|\bv(?:ersion)?\s?\d+"
    r"|\d+[.,]\d+|\d{3,}|\d+\s?%|\d+\s?(?:px|dpi|mb|cm|kb)\b"
)
_STEM = 4


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
    text: str, screen: Screen, words: str = "", likeness: Likeness | None = None
) -> Reference:
    """Resolve what a request points at on the screen.

    `words` is what of the request may name an asset once everything else has been understood.
    """
    low = fold(text)
    for resolve in (_by_id, _by_file, _by_position):
        found = resolve(low, screen)
        if found:
            return found
    named = _by_title(words, screen) if words else None
    if named and not (named.ambiguous and _points(low, "these")):
        return named
    return _by_pointing(low, screen, words, likeness)


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
    text = _NOISE.sub(lambda match: " " * len(match[0]), low)
    text = _without_quantities(text)
    places = _group(text) or _places(text)
    if not places:
        return None
    cards = screen.holding(max(abs(place) for place in places))
    if not cards:
        return None
    ids = [cards[place - 1 if place > 0 else place].id for place in places]
    return Reference(Manner.ORDINAL, tuple(dict.fromkeys(ids)))


def _without_quantities(text: str) -> str:
    for unit in lexicon.spans("units", text):
        before = re.search(r"\S+\s*-?\s*$", text[: unit.start])
        if before:
            text = text[: before.start()] + " " * (unit.end - before.start()) + text[unit.end :]
    return text


def _group(text: str) -> list[int]:
    """Read "the first two", "the last three" and "1 to 4"."""
    last, first = lexicon.source("position", "last"), lexicon.source("ordinals", "1")
    for number in sorted(lexicon.spans("numbers", text), key=lambda span: span.start):
        around = text[max(0, number.start - 14) : number.end + 14]
        count = int(number.value)
        if count > 1 and re.search(rf"(?:{first})(?:\s+\S+)?\s*$", text[: number.start]):
            return list(range(1, count + 1))
        if count > 1 and re.search(rf"(?:{last})(?:\s+\S+)?\s*$", text[: number.start]):
            return list(range(-count, 0))
        if count > 1 and re.match(rf"\s+(?:{last})", text[number.end :]):
            return list(range(-count, 0))
        if count > 1 and re.match(rf"\s+(?:{first})", text[number.end :]):
            return list(range(1, count + 1))
        del around
    digit = re.search(rf"(?:{first}|top|最初の)\s*(\d{{1,2}})(?![\d])", text)
    if digit:
        return list(range(1, int(digit[1]) + 1))
    digit = re.search(rf"(?:{last}|最後の)\s*(\d{{1,2}})(?![\d])", text)
    if digit:
        return list(range(-int(digit[1]), 0))
    span = lexicon.source("position", "span")
    between = re.search(rf"(?<![\d/])(\d{{1,2}})\s*(?:{span})\s*(\d{{1,2}})(?!\d)", text)
    if between and int(between[1]) < int(between[2]):
        return list(range(int(between[1]), int(between[2]) + 1))
    return []


def _places(text: str) -> list[int]:
    found: list[tuple[int, int]] = []
    for span in lexicon.spans("ordinals", text):
        if not _counts_time(text[span.end :]):
            found.append((span.start, int(span.value)))
    found += [
        (match.start(), -1)
        for match in lexicon.pattern("position", "last").finditer(text)
        if not _counts_time(text[match.end() :])
    ]
    found += [
        (match.start(), int(match[1]))
        for match in re.finditer(rf"(?<![{LATIN}\d/])#?(\d{{1,2}})(?![{LATIN}\d])", text)
        if int(match[1]) > 0
    ]
    return list(dict.fromkeys(place for _, place in sorted(found)))


def _counts_time(rest: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:week|month|quarter|year|half|time|woche|monat|quartal|jahr|mal|semaine|mois|"
            r"année|fois|trimestre|semana|mes|año|vez|mês|ano|settimana|anno|volta|maand|jaar|"
            r"keer|change|änderung|modification|cambio|alteração|modifica|wijziging|step|schritt)",
            rest,
        )
    )


def _by_title(text: str, screen: Screen) -> Reference | None:
    wanted = telling(text)
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
    return frozenset((*words, *parts))


def _alike(word: str, term: str) -> bool:
    if word == term:
        return True
    short, long = sorted((word, term), key=len)
    if len(short) < 3 or term.isdigit() or word.isdigit():
        return False
    if long.startswith(short):
        return len(short) >= _STEM or long[len(short) :] in {"s", "e", "es", "en", "n", "'s"}
    return len(short) > _STEM and long.endswith(short)


def _points(low: str, key: str) -> bool:
    return bool(lexicon.pattern("focus", key).search(low))


def _by_pointing(low: str, screen: Screen, words: str, likeness: Likeness | None) -> Reference:
    if _points(low, "uploaded") and screen.uploads:
        return Reference(Manner.THESE, tuple(card.id for card in screen.uploads))
    if _points(low, "made") and screen.made:
        return Reference(Manner.THESE, tuple(card.id for card in screen.made))
    firm = _points(low, "firm_it") or _points(low, "these")
    if words and not firm:
        return _by_words(low, screen, words, likeness)
    kind = _one_of_kind(low, screen)
    if kind and not _points(low, "these"):
        return Reference(Manner.TITLE, (kind.id,))
    focus = tuple(card.id for card in screen.focus)
    if _points(low, "these"):
        return Reference(Manner.THESE, focus)
    if _points(low, "it") or screen.selection:
        return Reference(Manner.IT, focus, ambiguous=len(focus) > 1)
    return NOTHING


def _by_words(low: str, screen: Screen, words: str, likeness: Likeness | None) -> Reference:
    shade = lexicon.first("colours", low)
    if shade and screen.all:
        return Reference(Manner.WORDS, tuple(card.id for card in screen.focus), shade)
    kind = _one_of_kind(low, screen)
    if kind:
        return Reference(Manner.TITLE, (kind.id,))
    card = likeness(words, screen.all) if likeness and screen.all else None
    if card:
        return Reference(Manner.TITLE, (card.id,))
    return Reference(Manner.WORDS, query=words)


def _one_of_kind(low: str, screen: Screen) -> Card | None:
    """Give the card that is the only one of the kind named: "the video"."""
    kind = lexicon.first("media_types", low)
    if not kind or kind == "image":
        return None
    cards = [card for card in screen.all if card.media_type == kind]
    return cards[0] if len(cards) == 1 else None
