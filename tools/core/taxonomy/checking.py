"""Checking a taxonomy before anybody works with it: all faults at once, a clear line each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tools.core.errors import Fixable
from tools.core.taxonomy.concepts import Concept, Label, Taxonomy, key_of

MOST = 20_000
LONGEST_LABEL = 200
TOLD = 5
# Letters that RFC 3987 leaves out, and language tags as RDF 1.1 has them: others cannot be written.
_NO_ADDRESS = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_LANGUAGE = re.compile(r"(?i)(?:[a-z]{1,8}(?:-[a-z0-9]{1,8})*)?")


def checked(concepts: Sequence[Concept]) -> tuple[Taxonomy, tuple[str, ...]]:
    """Give the taxonomy, and notes on what was left out of it or may mislead.

    Raises Fixable for what breaks SKOS: a concept without a preferred label or with two in one
    language (S14), or one that is broader than itself.
    """
    if not concepts:
        raise Fixable("There are no concepts in it. Write them as skos:Concept.")
    if len(concepts) > MOST:
        raise Fixable(f"It has {len(concepts)} concepts; {MOST} are the limit. Import a part.")
    faults = [*_name_faults(concepts), *_label_faults(concepts)]
    linked, notes = _linked(concepts)
    faults += _cycles(linked)
    if faults:
        more = f" And {len(faults) - TOLD} more." if len(faults) > TOLD else ""
        raise Fixable(f"It cannot be used: {' '.join(faults[:TOLD])}{more}")
    return Taxonomy(linked), (*notes, *_shared(linked))


def _name_faults(concepts: Sequence[Concept]) -> Iterable[str]:
    for concept in concepts:
        name = _short(concept.id)
        if _NO_ADDRESS.search(concept.id):
            yield f"{name} is no URI: take blanks, quotes and brackets out of it."
        for language in sorted({label.language for label in concept.labels}):
            if not _LANGUAGE.fullmatch(language):
                yield f"{name} has labels in “{_short(language)}”, which is no language tag."


def _label_faults(concepts: Sequence[Concept]) -> Iterable[str]:
    for concept in concepts:
        name = _short(concept.id)
        preferred = [label for label in concept.labels if label.preferred]
        if not any(key_of(label.text) for label in preferred):
            yield f"{name} has no preferred label: add a skos:prefLabel."
        said: dict[str, str] = {}
        for label in preferred:
            if said.setdefault(label.language, label.text) != label.text:
                both = f"“{_short(said[label.language])}” and “{_short(label.text)}”"
                where = f"in “{label.language}”" if label.language else "without a language"
                yield f"{name} has two preferred labels {where}, {both}: make one a skos:altLabel."
        if any(len(label.text) > LONGEST_LABEL for label in concept.labels):
            yield f"{name} has a label of more than {LONGEST_LABEL} letters: shorten it."


def _linked(concepts: Sequence[Concept]) -> tuple[tuple[Concept, ...], list[str]]:
    """Leave out what leads out of the file, and labels without a letter; put labels in order."""
    known = {concept.id for concept in concepts}
    outside = sum(wider not in known for concept in concepts for wider in concept.broader)
    kept = tuple(
        replace(
            concept,
            labels=tuple(sorted(set(filter(_worded, concept.labels)), key=_order)),
            broader=tuple(wider for wider in concept.broader if wider in known),
        )
        for concept in concepts
    )
    note = f"{outside} broader concepts are not in the file and were left out."
    return kept, [note] if outside else []


def _worded(label: Label) -> bool:
    return bool(key_of(label.text))


def _order(label: Label) -> tuple[bool, str, str]:
    return not label.preferred, label.language, label.text


def _cycles(concepts: Sequence[Concept]) -> list[str]:
    """Name one circle of broader concepts, if there is any, in the order of going up."""
    above = {concept.id: concept.broader for concept in concepts}
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(name)
            elif name in on_path:
                circle = [*path[path.index(name) :], name]
                ring = " → ".join(_short(one) for one in circle[:6])
                return [f"{ring}: these are broader than themselves; take one skos:broader away."]
            elif name not in done:
                path.append(name)
                on_path.add(name)
                stack.append((name, True))
                stack += [(wider, False) for wider in above[name]]
    return []


def _shared(concepts: Sequence[Concept]) -> list[str]:
    """Say which preferred labels name several concepts; the first one gets them."""
    owners: dict[tuple[str, ...], str] = {}
    shared: dict[str, None] = {}
    for concept in concepts:
        for label in concept.labels:
            if label.preferred and owners.setdefault(key_of(label.text), concept.id) != concept.id:
                shared[label.text] = None
    if not shared:
        return []
    named = ", ".join(f"“{_short(text)}”" for text in list(shared)[:TOLD])
    return [f"{len(shared)} labels name several concepts ({named}); the first of each gets them."]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"…{line[-79:]}"
