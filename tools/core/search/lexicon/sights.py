"""What shows the things that English nouns name: classes of the label model, objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tools.core.search.kinds import Kind
from tools.core.search.lexicon.inflection import dictionary_forms

# A noun with more classes than this says little about what exactly is seen.
NARROW = 12


@dataclass(frozen=True, slots=True)
class Sights:
    """Nouns as kinds that were derived from WordNet instead of being chosen by hand."""

    every: Mapping[str, Kind]

    def named(self, noun: str) -> Kind | None:
        """Give what shows a folded English noun, in the singular or plural."""
        forms = (noun, *dictionary_forms(noun, "en"))
        return next((self.every[form] for form in forms if form in self.every), None)


def parse_sights(text: str) -> Sights:
    """Read tab-separated rows of a noun, ranges of classes and names of objects."""
    every = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            noun, ranges, objects = line.split("\t")
            every[noun] = _kind(noun, ranges, objects)
    return Sights(every)


@lru_cache(maxsize=1)
def default_sights() -> Sights:
    """Give the nouns that come with the product."""
    return parse_sights((Path(__file__).parent / "sights.tsv").read_text(encoding="utf-8"))


def _kind(noun: str, ranges: str, objects: str) -> Kind:
    bounds = [part.partition("-") for part in ranges.split(",") if part]
    classes = tuple((int(low), int(high or low)) for low, _, high in bounds)
    seen = frozenset(name for name in objects.split(",") if name)
    wide = sum(high - low + 1 for low, high in classes) + len(seen) > NARROW
    return Kind(noun, frozenset(), classes, frozenset(), seen, (), wide=wide)
