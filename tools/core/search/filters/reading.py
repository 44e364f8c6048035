"""Reads the hard filters out of a query in eight languages; what is left is looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from tools.core.criteria import SINGLE, AllOf, AnyOf, Criterion, Known, Not, Shows, Trait
from tools.core.search.filters.clearing import rights, use
from tools.core.search.filters.colouring import colours
from tools.core.search.filters.dates import dates
from tools.core.search.filters.kinds import shapes_and_types, states, things
from tools.core.search.filters.lexicon import pattern, source
from tools.core.search.filters.line import Line, line_of
from tools.core.search.filters.manner import manner
from tools.core.search.filters.marking import marks
from tools.core.search.filters.naming import Names, named
from tools.core.search.filters.piece import Piece
from tools.core.search.filters.quantities import quantities
from tools.core.search.filters.spacing import space
from tools.core.search.filters.wording import worded
from tools.core.search.query import Vocabulary

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[\u3040-\u30ff\u3400-\u9fff]+")
_MOST_DENIED = 3
# What is rather said of a picture than shown by it.
_TOLD = frozenset({Known(t) for t in (Trait.ALT_TEXT, Trait.DESCRIPTION, Trait.SENSITIVE)})


@dataclass(frozen=True, slots=True)
class Clause:
    """A filter as it was understood: in words, as a criterion, and as the person said it."""

    label: str
    criterion: Criterion
    said: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query without its filters, and the filters, which all have to hold."""

    rest: str
    clauses: tuple[Clause, ...]


def read_filters(
    query: str, now: datetime, vocabulary: Vocabulary, names: Names = lambda _trait, _texts: ()
) -> Reading:
    """Read the filters of a query; `names` tells which names there are.

    Raises Fixable for dates, languages and zones that do not exist.
    """
    line = line_of(query)
    quoted = [match.span() for match in re.finditer(r'"[^"]*"', line.folded)]
    found = [
        *marks(line.folded),
        *space(line.folded),
        *manner(line.folded),
        *rights(line, now),
        *dates(line.folded, now, vocabulary),
        *named(line, names),
    ]
    found = _apart([*found, *use(line), *quantities(line.folded), *states(line.folded)])
    bare = [*colours(line.folded), *things(line.folded)]
    bare += shapes_and_types(line.folded, vocabulary)
    found = _apart([*found, *(p for p in bare if not p.bare)])
    bare = [p for p in bare if p.bare and not any(p.spans(other) for other in found)]
    found = _denied(line.folded, found, bare)
    found = _allied(line.folded, found, _apart(bare))
    found += _absent(line, found, vocabulary)
    found = [p for p in found if not any(s < p.end and p.start < e and not _names(p, s, e)
                                         for s, e in quoted)]  # fmt: skip
    found.sort(key=lambda piece: piece.start)
    groups = _groups(line, found)
    spans = [(group[0].start, max(piece.end for piece in group)) for group in groups]
    rest = line.without(spans)
    return Reading(_tidy(rest) if spans else rest, tuple(_clause(line, group) for group in groups))


def _names(piece: Piece, start: int, end: int) -> bool:
    """Tell whether a condition takes a quoted text in as a name."""
    return piece.start <= start and end <= piece.end


def _apart(found: Sequence[Piece]) -> list[Piece]:
    """Keep the first found of what overlaps."""
    kept: list[Piece] = []
    for piece in found:
        if not any(piece.spans(other) for other in kept):
            kept.append(piece)
    return kept


def _denied(text: str, found: list[Piece], bare: list[Piece]) -> list[Piece]:
    """Turn round what stands beside a negation; bare things are taken only so."""
    kept: list[Piece] = []
    for piece in found:
        span = _negation(text, piece)
        kept.append(piece.denied(*span) if span and not piece.negative else piece)
    for piece in sorted(bare, key=lambda one: one.start):
        span = _negation(text, piece) or _continued(text, piece, kept)
        if span:
            denied = piece.denied(*span)
            kept = [other for other in kept if not other.spans(denied)]
            kept.append(denied)
        elif present := _with(text, piece):
            kept.append(present)
    return kept


def _negation(text: str, piece: Piece) -> tuple[int, int] | None:
    words = rf"(?:{source('negation', 'before')}|no)"
    if isinstance(piece.criterion, Known):
        words = rf"(?:{words}|{source('negation', 'field')})"
    articles = rf"(?:\s+{source('between', 'articles')})*"
    before = re.search(rf"(?<![a-z0-9]){words}{articles}\s*$", text[: piece.start])
    if before:
        return before.start(), piece.end
    after = re.compile(source("negation", "after")).match(text, piece.end)
    return (piece.start, after.end()) if after else None


def _continued(text: str, piece: Piece, kept: list[Piece]) -> tuple[int, int] | None:
    """Carry a negation on: "no people or text"."""
    link = re.search(rf"\s*{_nor()}\s+$", text[: piece.start])
    if link and any(other.negative and other.end == link.start() for other in kept):
        return link.start(), piece.end
    return None


def _nor() -> str:
    return f"(?:{source('join', 'or')}|{source('between', 'nor')})"


def _with(text: str, piece: Piece) -> Piece | None:
    """Take "with alt text" as a condition; people and text are rather what is shown."""
    told = piece.criterion in _TOLD
    lead = re.search(r"(?<![a-z0-9])(?:with|having|mit|avec|con|com|met)\s+$", text[: piece.start])
    return replace(piece, start=lead.start(), bare=False) if told and lead else None


def _allied(text: str, found: list[Piece], bare: list[Piece]) -> list[Piece]:
    """Take types and shapes that are joined: "photos or videos"; one alone is read elsewhere."""
    every = sorted([*found, *bare], key=lambda one: one.start)
    for one, other in pairwise(every):
        if one.trait not in SINGLE or one.trait != other.trait or other.negative:
            continue
        if _join(text[one.end : other.start]) and not one.negative:
            found = [p for p in found if p not in {one, other}]
            found += [replace(one, bare=False), replace(other, bare=False)]
    return found


def _join(gap: str) -> str:
    """Tell how two conditions are joined: or, and, or not at all."""
    said = gap.strip(" ,")
    if pattern("join", "or").fullmatch(said):
        return "or"
    if pattern("join", "and").fullmatch(said) or (not said and "," in gap):
        return "and"
    return ""


def _absent(line: Line, found: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Find what else must not be shown: "without a leash", "not blurry"."""
    text, pieces = line.folded, []
    taken = [(piece.start, piece.end) for piece in found]
    compound = [match.span() for match in pattern("negation", "compound").finditer(text)]
    nor = re.compile(rf"\s+{_nor()}\s+")
    carried = [match for p in found if p.negative and (match := nor.match(text, p.end))]
    for lead in (*_lead(text).finditer(text), *carried):
        position = lead.end()
        if any(start <= lead.start() < end for start, end in (*taken, *compound)):
            continue
        end, words = _denied_words(text, position, taken, vocabulary)
        if words:
            first = _WORD.match(text, words[0][0])
            denial = line.said(lead.start(), first.end()) if first and lead not in carried else ""
            shown = tuple(Shows(line.said(*span), denial) for span in words)
            criterion = Not(AnyOf(shown) if len(shown) > 1 else shown[0])
            pieces.append(Piece(lead.start(), end, criterion, negative=True))
    return pieces


def _lead(text: str) -> re.Pattern[str]:
    """Give what denies; "no" is "in the" in Portuguese, so that it needs English around it."""
    return _leads(bool(re.search(rf"(?<![a-z0-9]){source('english')}(?![a-z0-9])", text)))


@lru_cache(maxsize=2)
def _leads(english: bool) -> re.Pattern[str]:  # noqa: FBT001
    # What follows Portuguese "no" is never plural.
    no = "no" if english else r"(?:(?<=,\s)no|no(?=\s+[a-z-]+s(?![a-z])))"
    return re.compile(rf"(?<![a-z0-9'-])(?:{source('negation', 'before')}|{no})\s+")


def _denied_words(
    text: str, position: int, taken: list[tuple[int, int]], vocabulary: Vocabulary
) -> tuple[int, list[tuple[int, int]]]:
    """Give the end and the things of a denial: up to three words, and more after "or"."""
    things: list[tuple[int, int]] = []
    end, start = position, position
    for match in _WORD.finditer(text, position):
        gap = text[end : match.start()] if end > position else ""
        inside = any(s <= match.start() < e for s, e in taken)
        if inside or gap.strip() or match.start() - end > 1:
            break
        joins = pattern("join", "or").fullmatch(match[0])
        if joins and end > start:
            things.append((start, end))
            start = end = match.end() + 1
            continue
        if match[0] in vocabulary.fillers or len(text[start:end].split()) >= _MOST_DENIED:
            break
        end = match.end()
    if end > start:
        things.append((start, end))
    return (things[-1][1] if things else position), things


def _groups(line: Line, found: list[Piece]) -> list[list[Piece]]:
    """Join conditions: by "or" where it is said, or where one asset cannot have both."""
    groups: list[list[Piece]] = []
    for piece in found:
        last = groups[-1][-1] if groups else None
        join = _join(line.folded[last.end : piece.start]) if last else ""
        alike = last is not None and last.trait is piece.trait and piece.trait in SINGLE
        positive = last is not None and not last.negative and not piece.negative
        if join == "or" or (join == "and" and alike and positive):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _clause(line: Line, group: list[Piece]) -> Clause:
    said = line.said(group[0].start, group[-1].end)
    if len(group) == 1:
        return Clause(worded(group[0].criterion), group[0].criterion, said)
    parts = tuple(piece.criterion for piece in group)
    # "No people or text": neither of them.
    whole = AllOf(parts) if all(piece.negative for piece in group) else AnyOf(parts)
    return Clause(worded(whole), whole, said)


def _tidy(rest: str) -> str:
    """Take off joins and commas that joined only filters."""
    joins = (
        rf"(?:{source('join')}|with|that|which|mit|avec|con|com|met|but|aber|mais|pero|ma|mas|maar)"
    )
    rest = re.sub(r"\s*[,;]\s*(?=[,;]|$)", "", rest)
    rest = re.sub(rf"(?i)(?:^|(?<=[,;])|(?<=\s))[\s,;]*{joins}\s*$", "", rest)
    return re.sub(rf"(?i)^\s*[,;]?\s*(?:{source('join', 'or')}|and|und|et|en)\s+", "", rest).strip(
        " ,;"
    )
