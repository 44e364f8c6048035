"""Which concept of a taxonomy a free label is, or is a kind of; most labels are none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tools.core.errors import Fixable
from tools.core.ports import TextEmbedder
from tools.core.search.folding import fold, stem, words_of
from tools.core.search.geometry import Row, dot, rows
from tools.core.search.kinds import Kind, first_names, shift
from tools.core.search.lexicon.concepts import Lexicon, default_lexicon
from tools.core.search.lexicon.sights import Sights, default_sights
from tools.core.search.query import default_vocabulary
from tools.core.taxonomy.concepts import Concept, Taxonomy

# How much nearer than the second the nearest concept must be to be the one: at this bar 0.95 of 26
# choices and half of the labels below it were right, of 8,784 pairs of a class of the label model
# and a third of 568 nouns, by WordNet. Few are so near; of all nearest ones 0.12 were right.
APART = 0.07
# Nearness is looked at in vocabularies up to this size; embedding a larger one takes minutes.
MOST_PLACED = 2000


@dataclass(frozen=True, slots=True)
class Mapped:
    """A concept that a label stands for, and why."""

    concept: Concept
    why: str


class Mapper:
    """Maps labels onto one taxonomy, each once.

    By its name in any language; by what the lexicon of things calls it; by what it is a kind of in
    WordNet, the narrowest first; then by its nearest neighbour in the text space.
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        *,
        embedder: TextEmbedder,
        label_names: Callable[[], Sequence[str]],
        lexicon: Lexicon | None = None,
        sights: Sights | None = None,
    ) -> None:
        self.taxonomy = taxonomy
        self._embedder = embedder
        self._label_names = label_names
        self._lexicon = lexicon or default_lexicon(default_vocabulary().fillers)
        self._sights = sights or default_sights()
        self._known: dict[str, Mapped | None] = {}

    def mapped(self, label: str) -> Mapped | None:
        """Give the concept of a label as a model gives it, synonyms parted by commas."""
        if label not in self._known:
            self._known[label] = self._named(label) or self._kind(label) or self._near(label)
        return self._known[label]

    def _named(self, label: str) -> Mapped | None:
        parts = [part.strip() for part in label.split(",") if part.strip()]
        for part in parts:
            if concept := self.taxonomy.called(part):
                return Mapped(concept, f"“{part}” is its name")
        for part in parts:
            for name in self._other_names(part):
                if concept := self.taxonomy.named.get(name):
                    return Mapped(concept, f"“{part}” is another name of it")
        return None

    def _other_names(self, part: str) -> Iterator[tuple[str, ...]]:
        for one in self._lexicon.meant(words_of(fold(part))):
            for name in one.concept.names:
                yield tuple(stem(word) for word in name)

    def _kind(self, label: str) -> Mapped | None:
        first = label.split(",", maxsplit=1)[0].strip()
        index = self._classes.get(first.casefold())
        inside = [
            (size, concept)
            for size, members, objects, concept in self._shown
            if index in members or first in objects
        ]
        if not inside:
            return None
        _, concept = min(inside, key=lambda one: (one[0], one[1].id))
        name = concept.name("en")
        return Mapped(concept, f"“{first}” is a kind of “{name}”")

    def _near(self, label: str) -> Mapped | None:
        """Give the nearest concept where it stands out."""
        first = label.split(",", maxsplit=1)[0].strip()
        if not 2 <= len(self.taxonomy.concepts) <= MOST_PLACED:
            return None
        try:
            (row,) = rows(self._embedder.passages([first]))
            scored = sorted(
                ((dot(row, place), number) for number, place in enumerate(self._places)),
                reverse=True,
            )
        except Fixable:
            return None
        (best, number), (second, _) = scored[:2]
        if best - second < APART:
            return None
        return Mapped(self.taxonomy.concepts[number], f"“{first}” is near it {best:.2f}")

    @cached_property
    def _places(self) -> list[Row]:
        texts = [concept.name("en") for concept in self.taxonomy.concepts]
        return rows(self._embedder.passages(texts))

    @cached_property
    def _first_names(self) -> list[str]:
        try:
            return first_names(self._label_names())
        except Fixable:
            return []

    @cached_property
    def _classes(self) -> Mapping[str, int]:
        return {name: index for index, name in reversed([*enumerate(self._first_names)])}

    @cached_property
    def _shown(self) -> list[tuple[int, frozenset[int], frozenset[str], Concept]]:
        """Give what shows each concept that has a noun: classes and objects of the models."""
        first = shift(self._first_names)
        found = []
        for concept in self.taxonomy.concepts:
            for kind in self._sights_of(concept):
                members = kind.ranged(first)
                found.append((len(members) + len(kind.objects), members, kind.objects, concept))
        return found

    def _sights_of(self, concept: Concept) -> Iterable[Kind]:
        for label in concept.labels:
            noun = fold(label.text)
            named = self._sights.named(noun) if label.language[:2] in {"en", ""} else None
            if named:
                return (named,)
        english = (
            fold(name)
            for label in concept.labels
            for one in self._lexicon.meant(words_of(fold(label.text)))
            if one.language == label.language[:2]
            for name in one.concept.english
        )
        return tuple(kind for noun in english if (kind := self._sights.named(noun)))[:1]
