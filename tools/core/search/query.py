"""What a query says besides what it shows: a type, a shape, kinds of things, words to look for."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from tools.core.assets import MediaType, Orientation
from tools.core.search.folding import fold, stem, unspaced, words_of
from tools.core.search.kinds import Kind, Kinds
from tools.core.search.lexicon.concepts import default_lexicon, unelided
from tools.core.search.lexicon.reading import Reading, read
from tools.core.search.lexicon.sights import default_sights
from tools.core.search.segmenting import cut

LONGEST_QUERY = 500
MOST_TERMS = 24
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart.

    `about` is what is left without types, shapes and fillers; `terms` are its stems.
    `kinds` maps a term to the kinds it names; `perhaps` is a shape that may be a subject instead;
    `reading` tells what its words name in other languages.
    """

    about: str
    terms: tuple[str, ...]
    kinds: Mapping[str, tuple[Kind, ...]]
    reading: Reading
    media_type: MediaType | None = None
    orientation: Orientation | None = None
    perhaps: Orientation | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words that name types and shapes, and words that mean nothing in a query.

    `languages` tells in which languages a filler is one.
    """

    types: Mapping[str, MediaType]
    not_types: frozenset[str]
    shapes: Mapping[str, Orientation]
    perhaps: Mapping[str, Orientation]
    fillers: frozenset[str]
    languages: Mapping[str, tuple[str, ...]]

    def longest(self) -> int:
        """Give the number of words of the longest entry."""
        return max(len(entry.split()) for entry in (*self.types, *self.shapes))


def understand(query: str, vocabulary: Vocabulary, kinds: Kinds) -> Understood:
    """Take a query apart; what it is about stays in the words and the order of the asker."""
    text = unicodedata.normalize("NFKC", query)[:LONGEST_QUERY]
    words = _cut(text, vocabulary, kinds) if unspaced(text) else _words(text)
    votes = Counter(x for word in words for x in vocabulary.languages.get(word.folded, ()))
    found = _Found()
    left = _take_shapes(words, vocabulary, found)
    left = _take_types(left, vocabulary, found)
    if found.media_type and not found.orientation:
        left = _take_perhaps(left, vocabulary, found)
    content = _content(left, vocabulary)
    about = _without_edges(left, vocabulary)
    reading = read(content, votes, default_lexicon(vocabulary.fillers), default_sights())
    return Understood(
        about=" ".join(word.written for word in about) if content else "",
        terms=tuple(dict.fromkeys(stem(word) for word in content)),
        kinds=_named_kinds(reading, kinds) | _kinds_of(content, kinds),
        reading=reading,
        media_type=found.media_type,
        orientation=found.orientation,
        perhaps=found.perhaps,
    )


def parse_vocabulary(text: str) -> Vocabulary:
    """Read a vocabulary from TOML text."""
    document = tomllib.loads(text)
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in document["fillers"].items():
        for word in words:
            languages[fold(word)] = (*languages.get(fold(word), ()), language)
    return Vocabulary(
        types={
            fold(word): MediaType(name)
            for name, words in document["types"].items()
            for word in words
        },
        not_types=frozenset(fold(word) for word in document["not_types"]["words"]),
        shapes=_shapes(document["shapes"]),
        perhaps=_shapes(document["perhaps_shapes"]),
        fillers=frozenset(languages),
        languages=languages,
    )


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """Give the vocabulary that comes with the product."""
    return parse_vocabulary((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


class _Word(NamedTuple):
    folded: str
    written: str


@dataclass(slots=True)
class _Found:
    media_type: MediaType | None = None
    orientation: Orientation | None = None
    perhaps: Orientation | None = None


def _shapes(entries: Mapping[str, list[str]]) -> dict[str, Orientation]:
    return {fold(word): Orientation(name) for name, words in entries.items() for word in words}


def _words(text: str) -> list[_Word]:
    return [_Word(unelided(fold(word)), word) for word in words_of(text)]


def _cut(text: str, vocabulary: Vocabulary, kinds: Kinds) -> list[_Word]:
    """Cut an unspaced text at the longest known words; what is unknown stays in runs."""
    lexicon = default_lexicon(vocabulary.fillers)
    own = {*vocabulary.types, *vocabulary.shapes, *vocabulary.fillers}
    own |= {word for kind in kinds.every.values() for word in kind.words}
    known = frozenset(word for word in own if unspaced(word)) | lexicon.unspaced
    bound = lexicon.unspaced - own
    parts = cut(text, known.__contains__, bound.__contains__, max(map(len, known)))
    return [word for part in parts for word in _words(part)]


def _take_shapes(words: list[_Word], vocabulary: Vocabulary, found: _Found) -> list[_Word]:
    left: list[_Word] = []
    position = 0
    while position < len(words):
        length, shape = _entry(words, position, vocabulary.shapes, vocabulary.longest())
        if shape:
            found.orientation = found.orientation or shape
        else:
            left.append(words[position])
        position += length
    return left


def _take_types(words: list[_Word], vocabulary: Vocabulary, found: _Found) -> list[_Word]:
    left: list[_Word] = []
    position = 0
    while position < len(words):
        length, kind = _entry(words, position, vocabulary.types, vocabulary.longest())
        after = words[position + length].folded if position + length < len(words) else ""
        if kind and after not in vocabulary.not_types:
            found.media_type = found.media_type or kind
        else:
            left += words[position : position + length]
        position += length
    return left


def _entry(
    words: list[_Word], position: int, entries: Mapping[str, Value], longest: int
) -> tuple[int, Value | None]:
    """Find the longest entry that starts at a position: its number of words, and what it means."""
    for length in range(min(longest, len(words) - position), 0, -1):
        phrase = " ".join(word.folded for word in words[position : position + length])
        if phrase in entries:
            return length, entries[phrase]
    return 1, None


def _take_perhaps(words: list[_Word], vocabulary: Vocabulary, found: _Found) -> list[_Word]:
    left = []
    for word in words:
        shape = vocabulary.perhaps.get(word.folded)
        if shape and not found.perhaps:
            found.perhaps = shape
        else:
            left.append(word)
    # "Landscape photos" with nothing else to go by are of landscapes, rather than of a shape.
    return left if _content(left, vocabulary) else words


def _content(words: list[_Word], vocabulary: Vocabulary) -> list[str]:
    return [word.folded for word in words if word.folded not in vocabulary.fillers][:MOST_TERMS]


def _without_edges(words: list[_Word], vocabulary: Vocabulary) -> list[_Word]:
    """Take fillers off both ends ("show me ... please"); inside they carry meaning."""
    start, end = 0, len(words)
    while start < end and words[start].folded in vocabulary.fillers:
        start += 1
    while end > start and words[end - 1].folded in vocabulary.fillers:
        end -= 1
    return words[start:end]


def _named_kinds(reading: Reading, kinds: Kinds) -> dict[str, tuple[Kind, ...]]:
    """Find the kinds that words name in a form, or by a name, which the kinds do not list."""
    meant: dict[str, tuple[Kind, ...]] = {}
    for term, nouns in reading.nouns.items():
        named = [kind for noun in nouns for kind in kinds.meant(noun)]
        if named:
            meant[term] = tuple(dict.fromkeys(named))
    return meant


def _kinds_of(words: list[str], kinds: Kinds) -> dict[str, tuple[Kind, ...]]:
    """Find the kinds that words, or several words together, name; the longest names first."""
    meant: dict[str, tuple[Kind, ...]] = {}
    position = 0
    while position < len(words):
        for length in range(min(kinds.longest_word(), len(words) - position), 0, -1):
            named = kinds.meant(" ".join(words[position : position + length]))
            if named:
                meant |= {stem(word): named for word in words[position : position + length]}
                position += length
                break
        else:
            position += 1
    return meant
