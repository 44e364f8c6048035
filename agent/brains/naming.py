"""Names that a person gives: tags, titles and collections, read by rule where they are plain."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from agent.brains import lexicon
from agent.brains.lexicon import fold

FILE = Path(__file__).with_name("naming.toml")
_QUOTED = re.compile(
    r"[\"“„«「『‘]\s*([^\"”“»」』’]{1,120}?)\s*[\"”“»」』’]|(?<!\w)'([^'\s][^']{0,80})'(?!\w)"
)
_SPLIT = re.compile(
    r"\s*(?:[,;、]|\s(?:and|und|et|y|e|en|plus|as well as|sowie)\s"
    r"|(?<=[ァ-ヶ一-鿿])と(?=[ァ-ヶ一-鿿]))\s*"
)
_POLITE = re.compile(
    r"[\s,]+(?:please|thanks|bitte|danke|s'il (?:te|vous) plaît|svp|por favor|per favore|"
    r"alsjeblieft|alstublieft|grazie|gracias|obrigad[oa]|merci)$",
    re.IGNORECASE,
)
# Small words that German and Dutch sentences are strewn with.
_PARTICLES = re.compile(
    r"(?<=\w)\s+(?:toch|maar|even|eens|doch|(?:bitte )?mal|bitte|wieder|einfach|alsjeblieft|dan)"
    r"(?=\s)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:the|this|these|it|number|my|our|das|die|der|dem|den|le|la|les|el|lo|il|o|a|de|het)\b"
)
_EDGE = " \t.,;:!?¡¿。、「」『』\"'“”„«»"
_EMPTY = frozenset({"a", "an", "the", "it", "this", "these", "them", "one", "new", "my", "our"})


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to add and to take away, as the person wrote them."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give every tag."""
        return (*self.add, *self.remove)


def quoted(text: str) -> tuple[str, ...]:
    """List what stands in quotation marks."""
    return tuple((match[1] or match[2]).strip() for match in _QUOTED.finditer(text))


def tag_change(text: str) -> TagChange:
    """Read which tags are added and removed; empty when no plain pattern fits."""
    plain = _plain(text)
    swap = _match("swap", plain)
    if swap:
        return TagChange(add=_names(swap["v"]), remove=_names(swap["old"]))
    marked = quoted(plain)
    if removed := _match("remove", plain):
        return TagChange(remove=marked or _names(removed["v"]))
    if added := _match("add", plain):
        return TagChange(add=marked or _names(added["v"]))
    return _marked(plain, marked)


def _marked(text: str, marked: tuple[str, ...]) -> TagChange:
    """Take what stands in quotation marks for the tags, where nothing else tells."""
    if len(marked) == 2 and _words("exchanging").search(text):
        return TagChange(add=marked[1:], remove=marked[:1])
    taken = bool(_words("taking").search(text))
    return TagChange(remove=marked) if taken else TagChange(add=marked)


def takes_away(text: str) -> bool:
    """Tell whether a text speaks of taking something away or exchanging it."""
    return bool(_words("taking").search(text) or _words("exchanging").search(text))


def collection(text: str) -> str | None:
    """Read the name of a collection, or None when no plain pattern fits."""
    return _named("collection", text) or _favourites(text)


def _favourites(text: str) -> str | None:
    """Give the one collection that every language has a word for."""
    found = _words("favourites").search(text)
    return "Favourites" if found else None


def title(text: str) -> str | None:
    """Read a new title, description or alt text, or None when no plain pattern fits."""
    found = _named("title", text)
    return None if found and _POINTS.match(found) else found


def described(text: str) -> Mapping[str, str]:
    """Read texts in quotation marks that each follow the name of a field: title, description."""
    low, found = fold(text), {}
    names = sorted(lexicon.spans("described", low), key=lambda span: span.start)
    for name, following in pairwise([*names, None]):
        assert name is not None
        marked = quoted(text[name.end : following.start if following else None])
        if marked and name.value not in found and len(low) == len(text):
            found[name.value] = marked[0]
    return found


def _named(table: str, text: str) -> str | None:
    if marked := quoted(text):
        return marked[0]
    plain = _plain(text)
    for known in _patterns(table):
        match = known.search(plain)
        name = match["v"].strip(_EDGE) if match else ""
        if name and name.lower() not in _EMPTY:
            return name
    return None


def _plain(text: str) -> str:
    text = _PARTICLES.sub(" ", text)
    return _POLITE.sub("", text.strip(" .!?。？！"))


def _names(text: str) -> tuple[str, ...]:
    names = (name.strip(_EDGE) for name in _SPLIT.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def _match(table: str, text: str) -> re.Match[str] | None:
    """Match from any word to the end, so that "can you" in front does no harm."""
    starts = (0, *(space.end() for space in re.finditer(r"\s", text)))
    for known in _patterns(table):
        for start in starts:
            match = known.fullmatch(text, start)
            if match and match["v"].strip(_EDGE):
                return match
    return None


@lru_cache(maxsize=4)
def _words(name: str) -> re.Pattern[str]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return re.compile(document[name], re.IGNORECASE)


@lru_cache(maxsize=8)
def _patterns(table: str) -> tuple[re.Pattern[str], ...]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    noun = document["noun"]
    return tuple(
        re.compile(rf"(?<!\w){text.replace('{noun}', noun)}", re.IGNORECASE)
        for text in document[table]
    )
