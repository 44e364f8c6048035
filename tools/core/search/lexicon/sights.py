"""What shows the things that English nouns name: classes of the label model, objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tools.core.search.kinds import Kind
from tools.core.search.lexicon.inflection import dictionary_forms

FOLDER = Path(__file__).parent
# A noun with more classes than this says little about what exactly is seen.
NARROW = 12


@dataclass(frozen=True, slots=True)
class Sights:
    """Nouns as kinds that were derived from WordNet instead of being chosen by hand.

    `wider` leads nouns that no class shows to the nearest wider noun that one does.
    """

    every: Mapping[str, Kind]
    wider: Mapping[str, str] = field(default_factory=dict)

    def named(self, noun: str) -> Kind | None:
        """Give what shows a folded English noun, in the singular or plural."""
        forms = (noun, *dictionary_forms(noun, "en"))
        return next((self.every[form] for form in forms if form in self.every), None)

    def akin(self, noun: str) -> Kind | None:
        """Give what shows the things most akin to a folded English noun that nothing shows."""
        forms = (noun, *dictionary_forms(noun, "en"))
        return next((self.every[self.wider[form]] for form in forms if form in self.wider), None)


def parse_sights(text: str, wider: str = "") -> Sights:
    """Read tab-separated rows of a noun, ranges of classes and names of objects.

    `wider` has rows of a noun and, parted by slashes, the nouns that lead to it.
    """
    every = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            noun, ranges, objects = line.split("\t")
            every[noun] = _kind(noun, ranges, objects)
    rows = (line.split("\t") for line in wider.splitlines() if line and not line.startswith("#"))
    return Sights(every, {noun: wide for wide, nouns in rows for noun in nouns.split("/")})


@lru_cache(maxsize=1)
def default_sights() -> Sights:
    """Give the nouns that come with the product."""
    texts = ((FOLDER / name).read_text(encoding="utf-8") for name in ("sights.tsv", "akin.tsv"))
    return parse_sights(*texts)


@dataclass(frozen=True, slots=True)
class Told:
    """A class in words: all its names, and what it is."""

    names: str
    gloss: str


@lru_cache(maxsize=1)
def default_glosses() -> Mapping[str, Told]:
    """Tell of each class of the label model, by its first name, in the words of WordNet."""
    lines = (FOLDER / "glosses.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    # Of two classes of one name (crane, maillot) the first is told of.
    return {name.casefold(): Told(names, gloss) for name, names, gloss in reversed(rows)}


def _kind(noun: str, ranges: str, objects: str) -> Kind:
    bounds = [part.partition("-") for part in ranges.split(",") if part]
    classes = tuple((int(low), int(high or low)) for low, _, high in bounds)
    seen = frozenset(name for name in objects.split(",") if name)
    wide = sum(high - low + 1 for low, high in classes) + len(seen) > NARROW
    return Kind(noun, frozenset(), classes, frozenset(), seen, (), wide=wide)
