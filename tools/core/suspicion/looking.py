"""Looking at the texts that a file brings along for attempts to give orders."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tools.core.suspicion.disguises import Seen, unveiled
from tools.core.suspicion.patterns import STEM, WORD, Patterns, Rule, fold

LONGEST = 200_000
SHORT = 1500
MOST = 12
MOST_SPANS = 3000
EXCERPT = 90
NEARBY = 50
JOINED_GAP = 6
WORDED = frozenset({"tool", "override", "approval"})
_CLAUSE_ENDS = frozenset(".!?:;,-–—(\"'«»“”„‘’[]{}|>*#=/\n\r\t。、！？：「」『』【】・…→")
_SQUEEZED = re.compile(r"[\W_]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a file and where in it that stands; `body` is long running text.

    `joined` is text whose spaces cannot be trusted, such as a name or what was read off a picture.
    """

    place: str
    text: str
    body: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An attempt to give orders: where it stands, of what kind it is, and its words."""

    place: str
    kind: str
    words: str

    def worded(self, patterns: Patterns) -> str:
        """Write it as one line for a person."""
        said = patterns.kinds.get(self.kind, self.kind)
        return f"{self.place}: {said}: “{self.words}”"


def suspicions(passages: Iterable[Passage], patterns: Patterns) -> tuple[Suspicion, ...]:
    """Find attempts to give orders in the texts of a file, one for each place and kind."""
    found: dict[tuple[str, str], Suspicion] = {}
    for passage in passages:
        for one in _in_passage(passage, patterns):
            found.setdefault((one.place, one.kind), one)
            if len(found) >= MOST:
                return tuple(found.values())
    return tuple(found.values())


def _in_passage(passage: Passage, patterns: Patterns) -> Iterator[Suspicion]:
    text = passage.text[:LONGEST]
    short = not passage.body or len(text) <= SHORT
    for seen in unveiled(text, joined=passage.joined):
        if seen.hidden:
            yield Suspicion(passage.place, "hidden", _excerpt(seen.text, 0))
        beside = not passage.body
        for kind, at in _attempts(seen, patterns, short=short or seen.decoded, beside=beside):
            named = "hidden" if seen.decoded else kind
            yield Suspicion(passage.place, named, _excerpt(seen.text, at))


def _attempts(
    seen: Seen, patterns: Patterns, *, short: bool, beside: bool
) -> Iterator[tuple[str, int]]:
    """Give the kind and the place of each attempt in one reading of a text."""
    folded = fold(seen.text)
    if seen.joined:
        text = _SQUEEZED.sub("", folded)
        rules = [rule for rule in patterns.rules if rule.loose]
    else:
        text = folded
        rules = [rule for rule in patterns.rules if _applies(rule, seen, short=short)]
        yield from _marked(seen, text, patterns, beside=beside)
    spans = _Spans(text, patterns, joined=seen.joined)
    for rule in rules:
        at = _met(rule, spans)
        if at is not None:
            # A place in squeezed text is none in the text itself.
            yield rule.kind, 0 if seen.joined else at
    if not seen.joined:
        yield from _poses(spans)


def _marked(
    seen: Seen, text: str, patterns: Patterns, *, beside: bool
) -> Iterator[tuple[str, int]]:
    for mark in patterns.marks:
        # Signs alone are as they were under a cipher of letters; words have to come out of it.
        told = not seen.decoded or mark.kind in WORDED
        if told and (beside or not mark.short) and (match := mark.pattern.search(text)):
            yield mark.kind, match.start()


def _applies(rule: Rule, seen: Seen, *, short: bool) -> bool:
    return not rule.loose and (short or not rule.short) and (seen.decoded or not rule.decoded)


class _Spans:
    """Where the phrases of each kind stand in a text, which is gone through once."""

    def __init__(self, text: str, patterns: Patterns, *, joined: bool) -> None:
        self.text = text
        self.patterns = patterns
        self._joined = joined
        self._known = self._run_together() if joined else self._worded()

    def of(self, name: str) -> list[Span]:
        """List the stretches of a kind of phrases, from the beginning of the text."""
        if name not in self._known:
            pair = self.patterns.pairs.get(name)
            self._known[name] = self._paired(pair.first, pair.then, pair.gap) if pair else []
        return self._known[name]

    def leads(self, at: int) -> bool:
        """Tell whether a clause begins here: after a stop, or a word like "please"."""
        if self._joined:
            return at == 0
        before = self.text[max(0, at - 40) : at]
        bare = before.rstrip(" \u3000_")
        if not bare or bare[-1] in _CLAUSE_ENDS:
            return True
        return bool(set(re.findall(r"[^\W\d_]+", bare)[-1:]) & self.patterns.leads)

    def _worded(self) -> dict[str, list[Span]]:
        """Look at each word for the phrases that begin like it."""
        found: dict[str, list[Span]] = {}
        never = self._exceptions()
        for word in WORD.finditer(self.text):
            at = word.start()
            for name, pattern in self.patterns.starts.get(word[0][:STEM], ()):
                if (match := pattern.match(self.text, at)) and at not in never.get(name, ()):
                    found.setdefault(name, []).append(match.span())
        for name, pattern in self.patterns.spaceless.items():
            if more := [match.span() for match in pattern.finditer(self.text)]:
                found[name] = sorted([*found.get(name, ()), *more])
        return {name: spans[:MOST_SPANS] for name, spans in found.items()}

    def _exceptions(self) -> dict[str, set[int]]:
        """Give the places where a phrase of a kind is none."""
        return {
            name: {at for match in pattern.finditer(self.text) for at in range(*match.span())}
            for name, pattern in self.patterns.exceptions.items()
        }

    def _run_together(self) -> dict[str, list[Span]]:
        return {
            name: [match.span() for match in pattern.finditer(self.text)]
            for name, pattern in self.patterns.loose.items()
        }

    def _paired(self, first: str, then: str, gap: int) -> list[Span]:
        seconds = self.of(then)
        gap = min(gap, JOINED_GAP) if self._joined else gap
        found = []
        for start, end in self.of(first):
            place = bisect_left(seconds, (end, 0))
            if place < len(seconds) and seconds[place][0] - end <= gap:
                found.append((start, seconds[place][1]))
        return found


def _met(rule: Rule, spans: _Spans) -> int | None:
    """Give where the phrases of a rule stand together, or None."""
    first, *others = rule.parts
    if not all(spans.of(name) for name in rule.parts):
        return None
    for start, end in spans.of(first):
        if (rule.lead and not spans.leads(start)) or _excused(rule, (start, end), spans):
            continue
        if rule.ordered:
            if _follow(others, end, rule.within, spans):
                return start
        elif all(_near((start, end), spans.of(name), rule.within) for name in others):
            return start
    return None


def _excused(rule: Rule, anchor: Span, spans: _Spans) -> bool:
    """Tell whether a phrase beside the anchor, and in none of the others, makes it no attempt."""
    if not rule.unless:
        return False
    start, end = anchor
    others = [span for name in rule.parts[1:] for span in spans.of(name)]
    return any(
        start - NEARBY <= place <= end + NEARBY
        and not any(first <= place < last for first, last in others)
        for place, _ in spans.of(rule.unless)
    )


def _follow(names: Sequence[str], end: int, within: int, spans: _Spans) -> bool:
    """Tell whether each kind comes after the one before it."""
    limit = end + within
    for name in names:
        found = spans.of(name)
        place = bisect_left(found, (end, 0))
        if place >= len(found) or found[place][0] > limit:
            return False
        end = found[place][1]
    return True


def _near(anchor: Span, found: Sequence[Span], within: int) -> bool:
    """Tell whether a stretch lies beside the anchor, without overlapping it."""
    start, end = anchor
    place = bisect_left(found, (max(0, start - within - 40), 0))
    for other, stop in found[place:]:
        if other > end + within:
            return False
        if other >= end or (stop <= start and start - stop <= within):
            return True
    return False


def _poses(spans: _Spans) -> Iterator[tuple[str, int]]:
    posing = spans.patterns.posing
    for match in posing.pattern.finditer(spans.text):
        end = match.end()
        for name in posing.needs:
            found = spans.of(name)
            place = bisect_left(found, (end, 0))
            if place < len(found) and found[place][0] <= end + posing.within:
                yield posing.kind, match.start()
                return


def _excerpt(text: str, at: int) -> str:
    """Give the words at a place, as one short line."""
    start = max(0, at - 10)
    stretch = text[start : at + 2 * EXCERPT]
    if start and " " in stretch[:12]:
        # A word that the place cuts in two says nothing.
        stretch = stretch[stretch.index(" ") :]
    shown = "".join(letter if letter.isprintable() else " " for letter in stretch)
    line = " ".join(shown.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"
