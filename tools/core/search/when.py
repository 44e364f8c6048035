"""The moment to which a hit leads: when what was asked for is said, shown or seen."""

from collections.abc import Iterator, Mapping, Sequence

from tools.core.assets import FieldValue
from tools.core.moments import Moments, moments_of
from tools.core.search.folding import fold, stem, unspaced, words_of
from tools.core.search.lexicon.reading import Names
from tools.core.search.query import Understood

LONGEST_SCANNED = 60_000


def when(asked: Understood, values: Sequence[FieldValue]) -> float | None:
    """Give the second of the line, label or object that has most of what was asked; or None.

    What is said or shown as text counts before what is seen, the earlier before the later.
    """
    moments = moments_of(values)
    if not moments or not asked.terms:
        return None
    names = {term: ((term,), *asked.reading.names.get(term, ())) for term in asked.terms}
    best, seconds = 0, None
    for at, text in (*_lines(moments, values), *_seen(moments)):
        held = _held(names, text)
        if held > best:
            best, seconds = held, at
    return _of_kinds(asked, moments) if seconds is None else seconds


def _lines(moments: Moments, values: Sequence[FieldValue]) -> Iterator[tuple[float, str]]:
    for value in values:
        if value.field in moments.lines:
            text, position = value.value[:LONGEST_SCANNED], 0
            for line in text.split("\n"):
                at = moments.of_line(value, text, position)
                position += len(line) + 1
                if at is not None:
                    yield at, line


def _seen(moments: Moments) -> Iterator[tuple[float, str]]:
    for name, seconds in sorted(moments.seen.items(), key=lambda pair: pair[1]):
        yield seconds, name


def _of_kinds(asked: Understood, moments: Moments) -> float | None:
    """Give when an object was surest that is of a kind that was asked for."""
    kinds = [kind for kinds in asked.kinds.values() for kind in kinds]
    kinds += [kind for kinds in asked.reading.sights.values() for kind in kinds]
    wanted = {name for kind in kinds for name in kind.objects}
    return min((at for name, at in moments.seen.items() if name in wanted), default=None)


def _held(names: Mapping[str, Names], text: str) -> int:
    """Count the terms that a text has, by any of their names."""
    folded = fold(text)
    present = {stem(word) for word in words_of(folded)}
    return sum(
        any(all(w in folded if unspaced(w) else w in present for w in name) for name in called)
        for called in names.values()
    )
