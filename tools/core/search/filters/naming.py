"""Conditions that name something: tags, collections, authors, languages and originals."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from tools.core.criteria import Among, MadeFrom, Trait
from tools.core.repurposing.languages import language_code, language_names
from tools.core.search.filters.lexicon import source
from tools.core.search.filters.line import Line
from tools.core.search.filters.piece import Piece, before_noun
from tools.core.search.folding import fold
from tools.core.tags import normal_tag

Names = Callable[[Trait, Sequence[str]], Collection[str]]
"""Tells which of some texts are names that a library knows: tags, collections or authors."""

_QUOTED = re.compile(r'"([^"]{1,80})"')
_HASHTAG = re.compile(r"(?<![a-z0-9&])#([a-z0-9][a-z0-9_-]{0,60})")
_WORDS = re.compile(r"[^\s,;.:!?。、！？\"]+(?:\.[^\s,;.:!?。、！？\"]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_MOST_WORDS = 6


def named(line: Line, names: Names) -> list[Piece]:
    """Find conditions that name something; Fixable for a language that is none."""
    found: list[Piece] = []
    for piece in (*_tags(line, names), *_collections(line, names), *_authors(line, names),
                  *_originals(line), *_languages(line)):  # fmt: skip
        if not any(piece.spans(other) for other in found):
            found.append(piece)
    return found


def _tags(line: Line, names: Names) -> Iterator[Piece]:
    for match in _HASHTAG.finditer(line.folded):
        said = line.said(match.start(1), match.end(1))
        yield Piece(*match.span(), Among(Trait.TAG, (normal_tag(said),)), Trait.TAG)
    for start, end, said in _values(line, "tagging", Trait.TAG, names):
        yield Piece(start, end, Among(Trait.TAG, (normal_tag(said),)), Trait.TAG)


def _collections(line: Line, names: Names) -> Iterator[Piece]:
    for start, end, said in _values(line, "collecting", Trait.COLLECTION, names):
        yield Piece(start, end, Among(Trait.COLLECTION, (said,)), Trait.COLLECTION)
    text = line.folded
    article = re.compile(rf"(?<![a-z0-9]){source('collecting', 'article')}$")
    for after in re.finditer(rf"\s?{source('collecting', 'after')}(?![a-z0-9])", text):
        starts = [m.start() for m in _WORDS.finditer(text[: after.start()])][-_MOST_WORDS:]
        tails = {start: line.said(start, after.start()) for start in starts}
        known = names(Trait.COLLECTION, list(tails.values()))
        first = next((start for start, name in tails.items() if name in known), None)
        if first is not None:
            head = article.search(text[:first])
            criterion = Among(Trait.COLLECTION, (tails[first],))
            begin = head.start() if head else first
            yield Piece(begin, after.end(), criterion, Trait.COLLECTION)


def _authors(line: Line, names: Names) -> Iterator[Piece]:
    for start, end, said in _values(line, "authoring", Trait.AUTHOR, names, most=3):
        yield Piece(start, end, Among(Trait.AUTHOR, (said,)), Trait.AUTHOR)
    for lead in re.finditer(rf"(?<![a-z0-9]){source('authoring', 'by')}\s+", line.folded):
        if (end := _longest(line, lead.end(), Trait.AUTHOR, names)) > lead.end():
            criterion = Among(Trait.AUTHOR, (line.said(lead.end(), end),))
            yield Piece(lead.start(), end, criterion, Trait.AUTHOR)


def _originals(line: Line) -> Iterator[Piece]:
    for start, end, said in _values(line, "deriving", Trait.PARENT, None, most=_MOST_WORDS):
        yield Piece(start, end, MadeFrom(said), Trait.PARENT)
    loose = re.compile(rf"(?<![a-z0-9]){source('deriving', 'loose')}\s+(a[0-9a-f]{{10,}})")
    for match in loose.finditer(line.folded):
        yield Piece(*match.span(), MadeFrom(match[1]), Trait.PARENT)


def _languages(line: Line) -> Iterator[Piece]:
    text, names = line.folded, _tongues()
    lead = re.compile(rf"(?<![a-z0-9])(?:{source('tongue', 'before')})\s*$")
    tail = re.compile(rf"\s?(?:{source('tongue', 'after')}|(?=\s{source('tongue', 'text')}))")
    for match in names.finditer(text):
        before, after = lead.search(text[: match.start()]), tail.match(text, match.end())
        if after or (before and not before_noun(text, match.end())):
            start = before.start() if before else match.start()
            end = after.end() if after else match.end()
            code = language_code(line.said(*match.span()))
            yield Piece(start, end, Among(Trait.LANGUAGE, (code,)), Trait.LANGUAGE)


@lru_cache(maxsize=1)
def _tongues() -> re.Pattern[str]:
    known = sorted({fold(name) for name in language_names()}, key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, known))})(?![a-z0-9])")


def _values(
    line: Line, table: str, trait: Trait, names: Names | None, most: int = 1
) -> Iterator[tuple[int, int, str]]:
    """Find what follows a cue: a quoted text, the longest known name, or so many words."""
    text = line.folded
    cue = re.compile(rf"(?<![a-z0-9]){source(table, 'cue')}\s*")
    for lead in cue.finditer(text):
        position = lead.end()
        if quoted := _QUOTED.match(text, position):
            yield lead.start(), quoted.end(), line.said(*quoted.span(1))
        elif (names and (end := _longest(line, position, trait, names)) > position) or (
            end := _run(text, position, most)
        ) > position:
            yield lead.start(), end, line.said(position, end)
    behind = re.compile(rf"\s?{source(table, 'after')}") if table != "deriving" else None
    for quoted in _QUOTED.finditer(text) if behind else ():
        if behind and (tail := behind.match(text, quoted.end())) and tail.end() > quoted.end():
            yield quoted.start(), tail.end(), line.said(*quoted.span(1))


def _longest(line: Line, position: int, trait: Trait, names: Names) -> int:
    """Give where the longest known name that begins at a position ends."""
    ends: list[int] = []
    for match in _WORDS.finditer(line.folded, position):
        gap = line.folded[ends[-1] if ends else position : match.start()]
        if gap.strip() or len(ends) == _MOST_WORDS:
            break
        ends.append(match.end())
    if ends and _UNSPACED.match(line.folded, position):
        ends = [*range(position + 1, ends[0]), *ends]
    said = {end: line.said(position, end) for end in ends}
    known = names(trait, list(said.values())) if said else ()
    return max((end for end, name in said.items() if name in known), default=position)


def _run(text: str, position: int, most: int) -> int:
    """Give where a name of unknown length ends: before a word that begins something else."""
    end = position
    for count, match in enumerate(_WORDS.finditer(text, position)):
        gap = text[end : match.start()]
        if count >= most or gap.strip() or _stops().fullmatch(match[0]):
            break
        run = _UNSPACED.match(match[0])
        end = match.end()
        if run or text[end : end + 1] in {",", ";", "."}:
            break
    return end


@lru_cache(maxsize=1)
def _stops() -> re.Pattern[str]:
    joins, negation = source("join"), source("negation", "before")
    return re.compile(f"{joins}|{negation}|no|{source('stops')}")
