"""Things by what they are called in eight languages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tools.core.search.folding import fold, unspaced, words_of
from tools.core.search.lexicon.inflection import dictionary_forms

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ja")
# Languages that write compounds as one word, and what they may put between the parts.
COMPOUNDING = ("de", "nl")
LINKS = ("", "s", "n", "en", "es", "er", "e")
SHORTEST_PART = 3
SHORTEST_HEAD = 4


_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing: its English names as written, and all its names as tuples of folded words."""

    english: tuple[str, ...]
    names: tuple[_Key, ...]


class Named(NamedTuple):
    """A concept, and the language in which it was named."""

    language: str
    concept: Concept


class Lexicon:
    """Looks names up, in any of the languages and in any inflection."""

    def __init__(self, rows: Iterable[Sequence[Sequence[str]]], fillers: frozenset[str]) -> None:
        """Take names by language for each concept, in the order of LANGUAGES."""
        self._fillers = fillers
        self._named: dict[_Key, list[Named]] = {}
        keyed = [(row[0], [[self._key(name) for name in names] for names in row]) for row in rows]
        english = Counter(key for _, keys in keyed for key in set(keys[0]))
        for names, keys in keyed:
            self._add(names, keys, english)
        written = {key[0] for _, keys in keyed for key in keys[-1] if unspaced(key[0])}
        self.unspaced = frozenset(written | {in_hiragana(word) for word in written})
        self.longest = max((len(name) for name in self._named), default=1)

    def meant(self, words: Sequence[str]) -> tuple[Named, ...]:
        """Give what folded words, together, name; fillers inside a name do not count."""
        name = tuple(in_hiragana(word) for word in words)
        found = [*self._named.get(name, ())]
        languages = {one.language for one in found}
        for language in LANGUAGES:
            if language not in languages:
                found += self._inflected(name, language)
        if not found and len(name) == 1:
            found = list(self._compound(name[0]))
        return tuple(found)

    def _add(
        self, english: Sequence[str], keys: Sequence[Sequence[_Key]], taken: Mapping[_Key, int]
    ) -> None:
        """Add a concept; a name that is another thing in English does not find it in a text."""
        own = set(keys[0])
        every = [key for names in keys for key in names if key in own or not taken[key]]
        concept = Concept(tuple(english), tuple(dict.fromkeys(every)))
        for language, names in zip(LANGUAGES, keys, strict=True):
            for key in dict.fromkeys(names):
                kana = tuple(map(in_hiragana, key))
                self._named.setdefault(kana, []).append(Named(language, concept))

    def _key(self, name: str) -> _Key:
        words = words_of(fold(name))
        return tuple(w for w in map(unelided, words) if w not in self._fillers) or tuple(words)

    def _inflected(self, name: _Key, language: str) -> Iterator[Named]:
        for form in dictionary_forms(name[-1], language):
            if found := self._in(language, (*name[:-1], form)):
                yield from found
                return
        if len(name) > 1:
            # Adjectives follow their nouns in number: panneaux solaires, peces tropicales.
            for first in dictionary_forms(name[0], language):
                for last in (name[-1], *dictionary_forms(name[-1], language)):
                    if found := self._in(language, (first, *name[1:-1], last)):
                        yield from found
                        return

    def _in(self, language: str, name: _Key) -> list[Named]:
        return [one for one in self._named.get(name, ()) if one.language == language]

    def _compound(self, word: str) -> Iterator[Named]:
        """Take an unknown compound apart; the longest head that is known decides what it is."""
        for start in range(SHORTEST_PART, len(word) - SHORTEST_HEAD + 1):
            for language in COMPOUNDING:
                for head in self._forms(word[start:], language):
                    yield self._joined(self._modifier(word[:start], language), head)
                    return

    def _forms(self, word: str, language: str) -> list[Named]:
        return self._in(language, (word,)) or [*self._inflected((word,), language)][:1]

    def _modifier(self, part: str, language: str) -> Named | None:
        for link in LINKS:
            bare = part.removesuffix(link)
            if len(bare) >= SHORTEST_PART and (found := self._in(language, (bare,))):
                return found[0]
        return None

    @staticmethod
    def _joined(modifier: Named | None, head: Named) -> Named:
        if modifier is None:
            return head
        english = f"{modifier.concept.english[0]} {head.concept.english[0]}"
        whole = tuple(words_of(fold(english)))
        return Named(head.language, Concept((english, head.concept.english[0]), (whole,)))


def in_hiragana(text: str) -> str:
    """Write katakana as hiragana; a name may stand in either."""
    return text.translate(_HIRAGANA)


def unelided(word: str) -> str:
    """Take a French or Italian article off that is written as one with its noun."""
    before, apart, after = word.partition("'")
    return after if apart and before in _ELIDED and len(after) > 1 else word


_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_ELIDED = frozenset(("l", "d", "un", "dell", "dall", "all", "nell", "sull", "qu", "j", "n", "c"))


def parse_rows(text: str) -> list[list[list[str]]]:
    """Read tab-separated rows of names, a column a language, several names parted by slashes."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [[[name for name in cell.split("/") if name] for cell in row] for row in rows]


def default_rows() -> list[list[list[str]]]:
    """Give the rows that come with the product."""
    here = Path(__file__).parent
    texts = [(here / name).read_text(encoding="utf-8") for name in ("things.tsv", "emoji.tsv")]
    return [row for text in texts for row in parse_rows(text)]


@lru_cache(maxsize=1)
def default_lexicon(fillers: frozenset[str]) -> Lexicon:
    """Give the lexicon that comes with the product."""
    return Lexicon(default_rows(), fillers)
