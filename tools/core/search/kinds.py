"""Everyday kinds of things: what people call them, and what shows that a picture has them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tools.core.ingest.evidence import Evidence
from tools.core.perception import Seen
from tools.core.search.folding import fold

# The first class of ImageNet-1k; a model that counts a background class first is shifted by it.
FIRST_CLASS = "tench"
SHOWN = 0.5
LARGE = 0.2
CONFIRMED = 0.05
# Of persons the label model knows three; it cannot confirm one.
FEW_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing; `words` are folded, `classes` are inclusive ranges of ImageNet-1k."""

    name: str
    words: frozenset[str]
    classes: tuple[tuple[int, int], ...]
    class_names: frozenset[str]
    objects: frozenset[str]
    within: tuple[str, ...]
    wide: bool = False

    @property
    def token(self) -> str:
        """Give the word that stands for the kind in full text, whatever language is asked in."""
        return f"kind{self.name}"

    @property
    def width(self) -> int:
        """Count its classes and objects."""
        return sum(high - low + 1 for low, high in self.classes) + len(self.objects)

    def inside(self, class_names: Sequence[str]) -> frozenset[int]:
        """Give the indices of its classes in a label model's own order."""
        first = first_names(class_names)
        named = {index for index, name in enumerate(first) if name in self.class_names}
        return self.ranged(shift(first)) | named

    def ranged(self, first: int) -> frozenset[int]:
        """Give the indices of its ranges where the first class of ImageNet-1k has this index."""
        return frozenset(n + first for low, high in self.classes for n in range(low, high + 1))


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds, by name."""

    every: Mapping[str, Kind]

    def meant(self, word: str) -> tuple[Kind, ...]:
        """Give the kinds that a folded word or phrase names."""
        return tuple(kind for kind in self.every.values() if word in kind.words)

    def longest_word(self) -> int:
        """Give the number of words of the longest name of a kind."""
        return max(len(word.split()) for kind in self.every.values() for word in kind.words)

    def members(self, class_names: Sequence[str]) -> dict[str, frozenset[int]]:
        """Give the class indices of each kind in a label model's own order."""
        return {name: kind.inside(class_names) for name, kind in self.every.items()}

    def certainty(
        self, evidence: Evidence, members: Mapping[str, frozenset[int]]
    ) -> dict[str, float]:
        """Say how sure it is that a picture has each kind: 0 to 1, kinds at 0 left out.

        Many small probabilities of kindred classes make a wide kind sure where no class is.
        """
        confirmed = self.confirmed(evidence, members)
        met = frozenset(index for index, _ in evidence.classes)
        sure: dict[str, float] = {}
        for kind in self.every.values():
            inside = members[kind.name]
            classes = 0.0 if inside.isdisjoint(met) else min(1.0, _mass(evidence, inside))
            objects = [seen.score for seen in confirmed if seen.name in kind.objects]
            if (best := max([classes, *objects])) > 0:
                sure[kind.name] = best
        for name, value in list(sure.items()):
            for wider in self.every[name].within:
                sure[wider] = max(sure.get(wider, 0.0), value)
        return sure

    def confirmed(
        self, evidence: Evidence, members: Mapping[str, frozenset[int]]
    ) -> tuple[Seen, ...]:
        """Discount objects that the label model should see too and does not.

        What fills the picture should be among its classes; what is small cannot be.
        """
        return tuple(
            replace(seen, score=seen.score * self._trust(seen, evidence, members))
            for seen in evidence.objects
        )

    def _trust(
        self, seen: Seen, evidence: Evidence, members: Mapping[str, frozenset[int]]
    ) -> float:
        kinds = [kind for kind in self.every.values() if seen.name in kind.objects]
        if any(len(members[kind.name]) < FEW_CLASSES and not kind.within for kind in kinds):
            return 1.0
        if not kinds or (seen.box is not None and seen.box.area < LARGE):
            return 0.8
        support = max(_mass(evidence, members[kind.name]) for kind in kinds)
        return 0.35 + 0.65 * min(1.0, support / CONFIRMED)


def first_names(class_names: Sequence[str]) -> list[str]:
    """Give the first of the synonyms of each class, folded."""
    return [name.split(",")[0].strip().casefold() for name in class_names]


def shift(first: Sequence[str]) -> int:
    """Give the index of the first class of ImageNet-1k in a label model's own order."""
    return first.index(FIRST_CLASS) if FIRST_CLASS in first else 0


def _mass(evidence: Evidence, inside: frozenset[int]) -> float:
    return sum(p for index, p in evidence.classes if index in inside)


def parse_kinds(text: str) -> Kinds:
    """Read kinds from TOML text."""
    document = tomllib.loads(text)
    every = {}
    for name, entry in document.items():
        words = {fold(word) for words in entry["words"].values() for word in words}
        every[name] = Kind(
            name=name,
            words=frozenset(words),
            classes=tuple((low, high) for low, high in entry.get("classes", ())),
            class_names=frozenset(entry.get("names", ())),
            objects=frozenset(entry.get("objects", ())),
            within=tuple(entry.get("within", ())),
            wide=bool(entry.get("wide", False)),
        )
    return Kinds(every)


@lru_cache(maxsize=1)
def default_kinds() -> Kinds:
    """Give the kinds that come with the product."""
    return parse_kinds((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
