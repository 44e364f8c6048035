"""Territories: what people call them in eight languages, and which ones a group stands for."""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from tools.core.errors import Fixable
from tools.core.rights.territory_names import ALSO, NAMES

WORLD = "WORLD"

_EU = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"  # 27 in 2026
)
_EEA = f"{_EU} IS LI NO"
_GROUPS = {
    "EU": _EU,
    "EEA": _EEA,
    "EUROPE": f"{_EEA} AD AL BA BY CH GB MC MD ME MK RS RU SM UA VA XK",
    "DACH": "DE AT CH",
    "BENELUX": "BE NL LU",
    "NORDICS": "DK FI IS NO SE",
    "IBERIA": "ES PT",
    "NORTH-AMERICA": "US CA MX",
    "SOUTH-AMERICA": "AR BO BR CL CO EC GF GY PE PY SR UY VE FK",
}
MEMBERS = {name: frozenset(codes.split()) for name, codes in _GROUPS.items()}
_SHOWN = {
    WORLD: "the whole world",
    "EU": "the EU",
    "EEA": "the EEA",
    "EUROPE": "Europe",
    "DACH": "Germany, Austria and Switzerland",
    "BENELUX": "Benelux",
    "NORDICS": "the Nordic countries",
    "IBERIA": "Spain and Portugal",
    "NORTH-AMERICA": "North America",
    "SOUTH-AMERICA": "South America",
    "US": "the United States",
    "GB": "the United Kingdom",
    "NL": "the Netherlands",
}
_WORDS = frozenset({"NO", "AI", "TV", "PR", "PM", "AM", "CC", "ID"})
_WORDS_IN_CAPITALS = _WORDS | {
    "IN",
    "IT",
    "IS",
    "AT",
    "BE",
    "AS",
    "SO",
    "TO",
    "MY",
    "ME",
    "DO",
    "BY",
}


# "l'Austria", "dans l'Union européenne": the article is no part of the name.
_ELIDED = re.compile(r"\b(?:l|d|qu|dell|all|nell|sull|dall)['’](?=\w)", re.IGNORECASE)


class Mention(NamedTuple):
    """A territory named in a text, and where."""

    code: str
    start: int
    end: int


def territory_code(text: str) -> str:
    """Give the ISO 3166-1 code or group (EU, EEA, DACH, WORLD ...) that a name or code means.

    Raises Fixable, naming the nearest ones, when none is meant.
    """
    wanted = _plain(text)
    code = text.strip().upper()
    if code in MEMBERS or code == WORLD or code in _countries():
        return code
    if wanted in _names():
        return _names()[wanted]
    near = get_close_matches(wanted, _names(), n=3, cutoff=0.7)
    offer = ", ".join(dict.fromkeys(name_of(_names()[name]) for name in near))
    hint = f"Did you mean {offer}?" if offer else "Name a country, EU, EEA, DACH or worldwide."
    raise Fixable(f"No territory '{text[:40]}'. {hint}")


def name_of(code: str) -> str:
    """Write a code as an English sentence does, such as "the EU" or "Germany"."""
    return _SHOWN.get(code) or _countries().get(code, code)


def mentions(text: str) -> list[Mention]:
    """Find the territories that an English text names, from left to right, longest first.

    Two letters count only as capitals, and not where they are a word: "US" is a country, "us" and
    the "IN" of a text in capitals are not.
    """
    text = _ELIDED.sub(lambda found: " " * len(found[0]), text)
    words_not = _WORDS if any(letter.islower() for letter in text) else _WORDS_IN_CAPITALS
    words = [(m[0], m.start(), m.end()) for m in re.finditer(r"[^\W_]+(?:[.'’&-][^\W_]+)*", text)]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        for length in range(min(6, len(words) - at), 0, -1):
            start, end = words[at][1], words[at + length - 1][2]
            code = None if text[start:end] in words_not else _meant(text[start:end])
            if code:
                found.append(Mention(code, start, end))
                at += length - 1
                break
        at += 1
    return found


@lru_cache(maxsize=4096)
def area(values: tuple[str, ...]) -> frozenset[str] | None:
    """Give the countries that codes and groups stand for; None is the whole world."""
    if not values or WORLD in values:
        return None
    return frozenset().union(*(MEMBERS.get(value, frozenset({value})) for value in values))


def _meant(phrase: str) -> str | None:
    if len(phrase) <= 3:
        if not phrase.isupper():
            return None
        if phrase in MEMBERS or phrase in _countries():
            return phrase
    return _names().get(_plain(phrase))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    rows = [line.split("|") for line in NAMES.strip().splitlines()]
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in NAMES.strip().splitlines():
        code, *names = line.split("|")
        for name in names:
            known.setdefault(_plain(name), code)
    for code, others in ALSO.items():
        known |= {_plain(name): code for name in others.split("|")}
    return known | {_plain(code): code for code in (*MEMBERS, WORLD)}


def _plain(text: str) -> str:
    """Fold case, accents of Latin letters, joining marks and a leading "the"."""
    spread = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    bare = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f]", "", spread))
    return re.sub(r"[\s.'’·・()-]+", " ", bare).strip().removeprefix("the ")
