"""What the words of a query name, in whatever language they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tools.core.search.folding import fold, stem
from tools.core.search.kinds import Kind
from tools.core.search.lexicon.concepts import LANGUAGES, Concept, Lexicon, Named
from tools.core.search.lexicon.sights import Sights

# Of a query of which less than this is known, the words are left as they are.
KNOWN = 0.5
MOST_NAMES = 40
Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A query by what it names.

    `english` is the query in English, or "" where it is English already or too little is known;
    `names` are other names, as stems, under which a term may stand; `nouns` are the English ones,
    folded; `sights` is what shows it, and `akin` what shows things most akin to what nothing shows.
    `language` is the likeliest one of the query.
    """

    english: str
    names: Mapping[str, Names]
    nouns: Mapping[str, tuple[str, ...]]
    sights: Mapping[str, tuple[Kind, ...]]
    language: str = "en"
    akin: Mapping[str, Kind] = field(default_factory=dict)


class _Unit(NamedTuple):
    """Words that name something together, or one word that names nothing known."""

    words: tuple[str, ...]
    meant: tuple[Named, ...]
    sight: Kind | None = None


def read(
    content: Sequence[str], votes: Mapping[str, int], lexicon: Lexicon, sights: Sights
) -> Reading:
    """Read folded words without fillers; `votes` tells how many fillers each language had."""
    units = _units(content, lexicon, sights)
    language = _language(units, votes)
    names: dict[str, Names] = {}
    nouns: dict[str, tuple[str, ...]] = {}
    shown: dict[str, tuple[Kind, ...]] = {}
    written: list[str] = []
    for unit in units:
        concepts = _chosen(unit, language)
        written.append(concepts[0].english[0] if concepts else " ".join(unit.words))
        other = tuple(dict.fromkeys(_stems(name) for c in concepts for name in c.names))
        english = tuple(dict.fromkeys(fold(name) for c in concepts for name in c.english))
        seen = (unit.sight,) if unit.sight else _seen(concepts, sights)
        for word in unit.words:
            if other:
                names[stem(word)] = other[:MOST_NAMES]
                nouns[stem(word)] = english
            if seen:
                shown[stem(word)] = seen
    known = sum(len(unit.words) for unit in units if unit.meant)
    foreign = language != "en" and known >= KNOWN * len(content) and known > 0
    akin = _akin(units, nouns, shown, sights, english=language == "en")
    return Reading(" ".join(written) if foreign else "", names, nouns, shown, language, akin)


def _akin(
    units: Sequence[_Unit],
    nouns: Mapping[str, Sequence[str]],
    shown: Mapping[str, object],
    sights: Sights,
    *,
    english: bool,
) -> dict[str, Kind]:
    """Find what is akin to nouns that nothing shows; unknown words may be nouns in English only."""
    found: dict[str, Kind] = {}
    words = [(word, bool(unit.meant)) for unit in units for word in unit.words]
    for place, (word, meant) in enumerate(words):
        if stem(word) in shown or stem(word) in found:
            continue
        names = list(nouns.get(stem(word), ()))
        after = words[place + 1][0] if place + 1 < len(words) else ""
        if english and not meant:
            names = [f"{word} {after}", word]
        kind = next((kind for name in names if (kind := sights.akin(name))), None)
        if kind:
            found[stem(word)] = kind
    return found


def _units(content: Sequence[str], lexicon: Lexicon, sights: Sights) -> list[_Unit]:
    units: list[_Unit] = []
    position = 0
    while position < len(content):
        unit = _longest(content[position : position + lexicon.longest], lexicon, sights)
        units.append(unit)
        position += len(unit.words)
    return units


def _longest(words: Sequence[str], lexicon: Lexicon, sights: Sights) -> _Unit:
    for length in range(len(words), 0, -1):
        part = tuple(words[:length])
        meant = lexicon.meant(part)
        sight = None if meant else sights.named(" ".join(part))
        if meant or sight:
            return _Unit(part, meant, sight)
    return _Unit((words[0],), ())


def _language(units: Sequence[_Unit], votes: Mapping[str, int]) -> str:
    """Guess the language by what its words name; a tie is English, then as the lexicon has it."""
    counted: Counter[str] = Counter(votes)
    for unit in units:
        counted.update({one.language for one in unit.meant} or ({"en"} if unit.sight else set()))
    return max(LANGUAGES, key=lambda one: counted[one])


def _chosen(unit: _Unit, language: str) -> list[Concept]:
    own = [one.concept for one in unit.meant if one.language == language]
    return list(dict.fromkeys(own or [one.concept for one in unit.meant]))


def _seen(concepts: Sequence[Concept], sights: Sights) -> tuple[Kind, ...]:
    """Give what shows each concept, by the first of its names that says so."""
    found: list[Kind] = []
    for concept in concepts:
        kinds = [kind for name in concept.english if (kind := sights.named(fold(name)))]
        found += kinds[:1]
    return tuple(found)


def _stems(name: Sequence[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in name)
