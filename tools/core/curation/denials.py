"""What is denied of a picture along with a word: who sees no dog, sees no retriever either."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tools.core.assets import Field, FieldValue, Source
from tools.core.errors import Fixable
from tools.core.search.folding import fold, words_of
from tools.core.search.kinds import Kind, default_kinds, first_names
from tools.core.search.lexicon.concepts import default_lexicon
from tools.core.search.lexicon.sights import default_sights
from tools.core.search.query import default_vocabulary

# What of a machine may be rejected.
DENIABLE = frozenset(
    {
        Field.LABEL,
        Field.OBJECT,
        Field.TAG,
        Field.COLOUR,
        Field.LANGUAGE,
        Field.OCR,
        Field.MOOD,
        Field.SENTIMENT,
        Field.TONE,
    }
)
SEEN = frozenset({Field.LABEL, Field.OBJECT, Field.TAG})
# Between the word and the reason of a rejection; a colon may be in either.
REASON = "\x1f"


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that is denied: other names of it, and what shows it (by index: classes, drawings)."""

    text: str
    names: frozenset[str]
    objects: frozenset[str]
    classes: frozenset[int]
    likenesses: frozenset[int] = frozenset()

    def covers(self, value: FieldValue, index: int | None) -> bool:
        """Tell whether a value of a machine, a class of this index perhaps, is denied with it."""
        return value.source is Source.MODEL and self.denies(value.field, value.value, index)

    def denies(self, field: Field, text: str, index: int | None) -> bool:
        """Tell whether what a machine would say in a field is denied with it."""
        if field not in DENIABLE:
            return False
        if fold(text) == fold(self.text):
            return True
        name = fold(text.partition(",")[0])
        seen = name in self.names or name in self.objects or index in self.classes
        return field in SEEN and seen


class Denials:
    """Understands denied words by the lexicon, by the kinds of things and by WordNet."""

    def __init__(
        self,
        label_names: Callable[[], Sequence[str]],
        likeness_names: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._label_names = label_names
        self._likeness_names = likeness_names
        self._known: dict[str, Denial] = {}

    def of(self, text: str) -> Denial:
        """Give what goes with a word."""
        if text not in self._known:
            self._known[text] = self._understood(text)
        return self._known[text]

    def _understood(self, text: str) -> Denial:
        nouns = {fold(text), fold(text.partition(",")[0])}
        meant = default_lexicon(default_vocabulary().fillers).meant(words_of(fold(text)))
        nouns |= {fold(name) for one in meant for name in one.concept.english}
        kinds = [kind for noun in sorted(nouns) for kind in _kinds(noun)]
        classes = frozenset().union(*(kind.inside(self._names) for kind in kinds))
        own = {index for index, name in enumerate(self._first) if fold(name) in nouns}
        objects = frozenset().union(*(kind.objects for kind in kinds))
        drawn = frozenset(i for i, words in enumerate(self._drawn) if not nouns.isdisjoint(words))
        return Denial(text, frozenset(nouns), objects | nouns, classes | own, drawn)

    def names(self, index: int) -> str:
        """Give the name of a class as a label has it."""
        return self._names[index].partition(",")[0].strip() if index < len(self._names) else ""

    def covers(self, denial: Denial, value: FieldValue) -> bool:
        """Tell whether a value is denied with a word."""
        return denial.covers(value, self._class_of(value.field, value.value))

    def denies(self, denial: Denial, field: Field, text: str) -> bool:
        """Tell whether what a machine would say in a field is denied with a word."""
        return denial.denies(field, text, self._class_of(field, text))

    def _class_of(self, field: Field, text: str) -> int | None:
        if field is not Field.LABEL:
            return None
        return self._index.get(text.partition(",")[0].strip().casefold())

    @property
    def _names(self) -> Sequence[str]:
        try:
            return self._label_names()
        except Fixable:
            return ()

    @cached_property
    def _first(self) -> list[str]:
        return first_names(self._names)

    @cached_property
    def _drawn(self) -> list[set[str]]:
        """Give the words and phrases that each drawing is called by."""
        every = self._likeness_names()
        names = [[fold(part.strip()) for part in name.split(",")] for name in every]
        return [{*parts, *(word for part in parts for word in part.split())} for parts in names]

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name: index for index, name in reversed([*enumerate(self._first)])}


def without(evidence: str, denials: Iterable[Denial]) -> str:
    """Write the JSON of evidence with what is denied marked, so that it no longer counts."""
    read = json.loads(evidence)
    read.pop("denied", None)
    objects, classes, unlike = set[str](), set[int](), set[int]()
    for denial in denials:
        objects |= {name for name, *_ in read["objects"] if fold(name) in denial.objects}
        classes |= {index for index, _ in read["classes"] if index in denial.classes}
        unlike |= {index for index, _ in read.get("likenesses", ()) if index in denial.likenesses}
    denied: dict[str, set[str] | set[int]] = {
        "objects": objects,
        "classes": classes,
        "likenesses": unlike,
    }
    if any(denied.values()):
        read["denied"] = {kind: sorted(some, key=str) for kind, some in denied.items() if some}
    return json.dumps(read, ensure_ascii=False, separators=(",", ":"))


def word_of(value: FieldValue) -> str:
    """Give what a person may reject, or revoke, of a value; "" for what they may not."""
    if value.field is Field.REJECTED:
        return denied_word(value) if value.source is Source.PERSON else ""
    return value.value if value.source is Source.MODEL and value.field in DENIABLE else ""


def denied_word(value: FieldValue) -> str:
    """Give the word that a rejection is about."""
    return value.value.partition(REASON)[0]


def told(value: FieldValue) -> str:
    """Write a value as people read it: of a rejection, the word with the reason behind it."""
    return value.value.replace(REASON, ": ") if value.field is Field.REJECTED else value.value


def reason_of(value: FieldValue) -> str:
    """Give the reason of a rejection, perhaps ""."""
    return value.value.partition(REASON)[2]


def _kinds(noun: str) -> list[Kind]:
    sight = default_sights().named(noun)
    return [*default_kinds().meant(noun), *([sight] if sight else [])]
