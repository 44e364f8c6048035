"""Concepts of a taxonomy, as SKOS has them (W3C Recommendation, 2009), and ways to look them up."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tools.core.search.folding import fold, stem, words_of
from tools.core.search.lexicon.concepts import LANGUAGES
from tools.core.tags import normal_tag

Key = tuple[str, ...]
"""A label as stems of its folded words, which makes it comparable."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept; `language` is a BCP 47 tag in small letters, "" where none was given."""

    language: str
    text: str
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept by its URI, with its names and the concepts that are broader."""

    id: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Give the preferred label in a language, or in the nearest that there is."""
        preferred = [label for label in self.labels if label.preferred]
        return min(preferred, key=lambda label: _distance(label.language, language)).text


@dataclass(frozen=True)
class Taxonomy:
    """Concepts that were checked: each has a preferred label, and none is broader than itself."""

    concepts: tuple[Concept, ...]

    @cached_property
    def language(self) -> str:
        """Give the language that most concepts have a preferred label in."""
        counted = Counter(
            label.language.partition("-")[0]
            for concept in self.concepts
            for label in concept.labels
            if label.preferred
        )
        return max(counted, key=lambda one: (counted[one], one == "en"), default="en")

    @property
    def languages(self) -> tuple[str, ...]:
        """List the languages that labels are in."""
        found = {label.language for concept in self.concepts for label in concept.labels}
        return tuple(sorted(found - {""}))

    @cached_property
    def by_id(self) -> Mapping[str, Concept]:
        """Give the concepts by their ids."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def named(self) -> Mapping[Key, Concept]:
        """Give the concepts by their labels; a preferred label comes before an alternative one."""
        labels = [(not x.preferred, x.text, c) for c in self.concepts for x in c.labels]
        found: dict[Key, Concept] = {}
        for _, text, concept in sorted(labels, key=lambda one: one[0]):
            found.setdefault(key_of(text), concept)
        found.pop((), None)
        return found

    def called(self, text: str) -> Concept | None:
        """Give the concept that a text is a label of, in whatever language."""
        return self.named.get(key_of(text))

    def tag(self, concept: Concept) -> str:
        """Give the tag that stands for a concept."""
        return normal_tag(concept.name(self.language))

    def shown(self, tag: str, language: str) -> str:
        """Give a tag in a language where it is a concept, else as it is."""
        concept = self.called(tag)
        return concept.name(language) if concept else tag

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """Give the ids of the concepts directly below each id."""
        below: dict[str, list[str]] = {}
        for concept in self.concepts:
            for wider in concept.broader:
                below.setdefault(wider, []).append(concept.id)
        return {wider: tuple(ids) for wider, ids in below.items()}

    def within(self, concept: Concept) -> tuple[Concept, ...]:
        """Give a concept and all that are narrower, at any distance."""
        found, waiting = {concept.id: concept}, [concept.id]
        while waiting:
            for below in self.narrower.get(waiting.pop(), ()):
                if below not in found:
                    found[below] = self.by_id[below]
                    waiting.append(below)
        return tuple(found.values())

    def tags_within(self, tag: str) -> tuple[str, ...]:
        """Give every tag under which assets of a concept and of narrower ones may stand."""
        concept = self.called(tag)
        if concept is None:
            return (tag,)
        labels = (label.text for one in self.within(concept) for label in one.labels)
        return tuple(dict.fromkeys([tag, *map(normal_tag, labels)]))


def key_of(text: str) -> Key:
    """Give a label as it is compared: case, accents and plurals aside."""
    return tuple(stem(word) for word in words_of(fold(text)))


def written(concepts: Iterable[Concept]) -> str:
    """Write concepts as JSON."""
    return json.dumps(
        [
            [one.id, [[x.language, x.text, x.preferred] for x in one.labels], list(one.broader)]
            for one in concepts
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(text: str) -> tuple[Concept, ...]:
    """Read what `written` gave."""
    return tuple(
        Concept(name, tuple(Label(*label) for label in labels), tuple(broader))
        for name, labels, broader in json.loads(text)
    )


def top(concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Give the concepts that nothing is broader than."""
    return tuple(concept for concept in concepts if not concept.broader)


def _distance(have: str, want: str) -> tuple[int, int]:
    base = have.partition("-")[0]
    if have == want:
        near = 0
    elif base and base == want.partition("-")[0]:
        near = 1
    else:
        near = 2 if base == "en" else 3
    return near, LANGUAGES.index(base) if base in LANGUAGES else len(LANGUAGES)
