"""Which words of a query an asset has, and in which of its fields."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from tools.core.assets import Asset, Field, FieldValue
from tools.core.search.folding import fold, stem, unspaced, words_of
from tools.core.search.lexicon.reading import Names
from tools.core.search.sentence import named

# What a word counts where it is found: people's words most, running text least.
WEIGHTS = {
    Field.TITLE: 1.0,
    Field.TAG: 1.0,
    Field.ALT_TEXT: 0.9,
    Field.DESCRIPTION: 0.9,
    Field.LABEL: 0.9,
    Field.OBJECT: 0.9,
    Field.COLOUR: 0.6,
    Field.OCR: 0.9,
    Field.CREATOR: 0.9,
    Field.CREDIT: 0.8,
    Field.COLUMN: 0.9,
    Field.LICENCE: 0.8,
    Field.TRANSCRIPT: 0.8,
    Field.TEXT: 0.8,
}
# A word in another language, or a synonym, is nearly as good as the word itself.
CALLED_OTHERWISE = 0.95
GUESSED = frozenset({Field.LABEL, Field.OBJECT})
LONGEST_SCANNED = 60_000
SHORT = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """The share of the query's words an asset has, weighted by field, and one reason a word."""

    share: float
    reasons: tuple[str, ...]
    terms: frozenset[str]


@dataclass(slots=True)
class _Found:
    weight: float
    reason: str


def wording(
    asset: Asset,
    values: Sequence[FieldValue],
    terms: Sequence[str],
    names: Mapping[str, Names] | None = None,
) -> Wording:
    """Look for folded stems, or what else each is called, in an asset's title, name and values."""
    found: dict[str, _Found] = {}
    asked = {term: (names or {}).get(term, ()) for term in terms}
    if named(asset):
        _scan(found, asked, asset.title, 1.0, "title")
    _scan(found, asked, asset.file_name.replace("_", " "), 1.0, "file name")
    for value in values:
        weight = WEIGHTS.get(value.field, 0.0)
        if value.field in GUESSED:
            weight *= value.confidence
        if weight:
            _scan(found, asked, value.value[:LONGEST_SCANNED], weight, _where(value))
    share = sum(one.weight for one in found.values()) / len(terms) if terms else 0.0
    best = sorted(found.items(), key=lambda pair: -pair[1].weight)
    reasons = tuple(dict.fromkeys(one.reason for _, one in best))
    return Wording(min(1.0, share), reasons, frozenset(found))


def says(asset: Asset, values: Sequence[FieldValue], phrase: str) -> bool:
    """Tell whether an asset bears these very words, one after another."""
    wanted = " ".join(words_of(fold(phrase)))
    texts = [asset.title, asset.file_name.replace("_", " ")]
    texts += [value.value[:LONGEST_SCANNED] for value in values if value.field in WEIGHTS]
    return any(wanted in " ".join(words_of(fold(text))) for text in texts)


def _scan(
    found: dict[str, _Found], asked: Mapping[str, Names], text: str, weight: float, where: str
) -> None:
    folded, present = _short(text) if len(text) <= SHORT else _read(text)
    for term, names in asked.items():
        called = _called(term, names, folded, present)
        counts = weight if called == term else weight * CALLED_OTHERWISE
        if called and (term not in found or found[term].weight < counts):
            short = len(text) <= 40 and "\n" not in text
            # The colon form leaves running text out of a line that is shown to people.
            reason = f"{where} '{text}'" if short else f"{where} has '{called}'"
            found[term] = _Found(counts, reason)


def _read(text: str) -> tuple[str, frozenset[str]]:
    """Fold a text, and give the stems of its words."""
    folded = fold(text)
    return folded, frozenset(stem(word) for word in words_of(folded))


# Titles and tags come again with every query: kept, they cost a tenth.
_short = lru_cache(maxsize=50_000)(_read)


def _called(term: str, names: Names, folded: str, present: Set[str]) -> str:
    """Give the term or the name of it that stands in a text, or ""."""
    words, runs = _parts(term, tuple(names))
    if words.isdisjoint(present) and not any(run in folded for run in runs):
        return ""
    for name in ((term,), *names):
        if all(word in folded if unspaced(word) else word in present for word in name):
            return " ".join(name)
    return ""


@lru_cache(maxsize=1024)
def _parts(term: str, names: Names) -> tuple[frozenset[str], tuple[str, ...]]:
    """Give every word of a term and its names, and the runs of scripts without spaces apart."""
    every = {term, *(word for name in names for word in name)}
    runs = tuple(word for word in every if unspaced(word))
    return frozenset(every.difference(runs)), runs


def _where(value: FieldValue) -> str:
    match value.field:
        case Field.OCR:
            return "text in the picture"
        case Field.TEXT:
            return "text"
        case Field.ALT_TEXT:
            return "alt text"
        case _:
            return value.field.value
