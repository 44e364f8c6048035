"""The filters of a request from wherever they come: the form, the words, the kind of thing."""

from collections.abc import Iterator

from tools.core.assets import Orientation
from tools.core.criteria import Among, Criterion, Trait
from tools.core.errors import Fixable
from tools.core.search.answers import SearchRequest
from tools.core.search.filters.contradicting import contradiction
from tools.core.search.filters.reading import Clause, Reading
from tools.core.search.filters.structured import clauses_of
from tools.core.search.filters.wording import worded
from tools.core.search.query import Understood


def wanted(
    request: SearchRequest, reading: Reading, asked: Understood, shape: Orientation | None
) -> tuple[Clause, ...]:
    """Give every filter once, but for those that the person took away.

    Raises Fixable when they exclude each other.
    """
    found: dict[Criterion, Clause] = {}
    for clause in (*_given(request), *reading.clauses):
        found.setdefault(clause.criterion, clause)
    # A kind or shape that was named twice was meant as the form says.
    if asked.media_type and not _about(found, Trait.TYPE):
        clause = _one(Trait.TYPE, asked.media_type.value)
        found[clause.criterion] = clause
    if shape and not _about(found, Trait.ORIENTATION):
        clause = _one(Trait.ORIENTATION, shape.value)
        found[clause.criterion] = clause
    gone = {label.casefold().strip() for label in request.without}
    kept = tuple(clause for clause in found.values() if clause.label.casefold() not in gone)
    if places := contradiction([clause.criterion for clause in kept]):
        said = " and ".join(f"“{kept[place].label}”" for place in places)
        verb = "exclude each other" if len(places) > 1 else "can never be met"
        raise Fixable(f"{said} {verb}: take {'one' if len(places) > 1 else 'it'} away.")
    return kept


def types_of(criterion: Criterion) -> tuple[str, ...]:
    """Give the types that a filter asks for, () when it is not about types."""
    if isinstance(criterion, Among) and criterion.trait is Trait.TYPE:
        return criterion.values
    return ()


def _given(request: SearchRequest) -> Iterator[Clause]:
    if request.media_type:
        yield _one(Trait.TYPE, request.media_type.value)
    if request.orientation:
        yield _one(Trait.ORIENTATION, request.orientation.value)
    if request.tag:
        yield _one(Trait.TAG, request.tag)
    if request.collection:
        yield _one(Trait.COLLECTION, request.collection)
    if request.filters:
        yield from clauses_of(request.filters)


def _one(trait: Trait, value: str) -> Clause:
    criterion = Among(trait, (value,))
    return Clause(worded(criterion), criterion)


def _about(found: dict[Criterion, Clause], trait: Trait) -> bool:
    """Tell whether a filter says what a trait must be."""
    return any(isinstance(one, Among) and one.trait is trait for one in found)
