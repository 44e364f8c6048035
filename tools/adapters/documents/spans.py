"""Formatted spans of a sentence, and finding them again in the rewritten sentence."""

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from tools.core.ports import Rewrite

_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+[\w/]|[\w.+-]+@[\w.-]+\.\w+", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGES = ".,;:!?\u2026\u3002"
_ALIKE = 0.6
_MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style; a `fixed` one (code) must come back unchanged."""

    text: str
    style: Hashable = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the rewritten sentence and the span whose style it takes."""

    span: int
    text: str


class Phrase:
    """A sentence or paragraph to be rewritten as a whole, with its spans put back afterwards.

    The whole and each span are rewritten; a span's rewriting is then looked for in the whole's,
    which keeps the grammar of the sentence. When one is not found, the spans stand as rewritten.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = tuple(spans)
        self._whole = "".join(span.text for span in self.spans)
        self._asked = [i for i, span in enumerate(self.spans) if _worth(span)]
        self._marked = self._stand_out()

    @property
    def texts(self) -> list[str]:
        """List what must be rewritten: the whole, and the spans where there are several styles."""
        if not is_wording(self._whole) or not self._asked:
            return []
        if not self._marked:
            return [self._whole.strip()]
        return [self._whole.strip(), *(self.spans[i].text.strip() for i in self._asked)]

    def settle(self, answers: Sequence[str]) -> list[Piece]:
        """Share the rewritten whole among the spans; pieces may come in another order."""
        if not answers:
            return [Piece(i, span.text) for i, span in enumerate(self.spans)]
        whole = _padded(self._whole, answers[0])
        if not self._marked:
            base = next((i for i, span in enumerate(self.spans) if span.text.strip()), 0)
            return [Piece(base, whole)]
        places = self._places(whole, self._alone(answers))
        return self.apart(answers) if places is None else self._cut(whole, places)

    def apart(self, answers: Sequence[str]) -> list[Piece]:
        """Give each span its own rewriting, in the old order."""
        alone = self._alone(answers)
        return [Piece(i, _padded(s.text, alone[i])) for i, s in enumerate(self.spans)]

    def _stand_out(self) -> list[int]:
        weights = Counter[Hashable]()
        for span in self.spans:
            if not span.fixed:
                weights[span.style] += len(span.text.strip())
        usual = weights.most_common(1)[0][0] if weights else None
        return [
            i
            for i, span in enumerate(self.spans)
            if span.text.strip() and (span.fixed or span.style != usual)
        ]

    def _alone(self, answers: Sequence[str]) -> list[str]:
        alone = [span.text.strip() for span in self.spans]
        for i, answer in zip(self._asked, answers[1:], strict=False):
            alone[i] = _trimmed(alone[i], answer)
        return alone

    def _places(self, whole: str, alone: list[str]) -> dict[int, tuple[int, int]] | None:
        """Locate every span that stands out, the longest first, without overlap."""
        taken: dict[int, tuple[int, int]] = {}
        for i in sorted(self._marked, key=lambda i: -len(alone[i])):
            wish = self._share_before(i) * len(whole)
            place = _find(whole, self.spans[i], alone[i], list(taken.values()), wish)
            if place is None and not self.spans[i].fixed:
                place = _resembling(whole, alone[i], list(taken.values()))
            if place is None:
                return None
            taken[i] = place
        return taken

    def _share_before(self, index: int) -> float:
        before = sum(len(span.text) for span in self.spans[:index])
        return before / max(1, len(self._whole))

    def _cut(self, whole: str, places: dict[int, tuple[int, int]]) -> list[Piece]:
        plain = [i for i in range(len(self.spans)) if i not in self._marked]
        pieces: list[Piece] = []
        at = 0
        for i, (start, end) in sorted(places.items(), key=lambda item: item[1]):
            if start > at:
                pieces.append(Piece(_nearest(plain, i, before=True), whole[at:start]))
            pieces.append(Piece(i, whole[start:end]))
            at = end
        if at < len(whole):
            last = pieces[-1].span
            pieces.append(Piece(_nearest(plain, last, before=False), whole[at:]))
        return pieces


def is_wording(text: str) -> bool:
    """Tell whether there is something to rewrite: letters that are not only an address."""
    return any(letter.isalpha() for letter in _ADDRESS.sub("", text))


def guarded(rewrite: Rewrite, texts: Sequence[str]) -> list[str]:
    """Rewrite texts one for one, mail and web addresses never changed.

    Where an address does not come back, what stands around it is taken as rewritten by itself.
    """
    parts = [_ADDRESS.split(text) if _ADDRESS.search(text) else [] for text in texts]
    wanted = [part.strip() for split in parts for part in split if is_wording(part)]
    answers = list(rewrite([*texts, *wanted]))
    if len(answers) != len(texts) + len(wanted):
        raise ValueError("the rewriting must be one for one")
    aside = iter(answers[len(texts) :])
    settled = []
    for text, answer, split in zip(texts, answers, parts, strict=False):
        around = [_padded(p, next(aside)) if is_wording(p) else p for p in split]
        addresses = _ADDRESS.findall(text)
        if all(address in answer for address in addresses):
            settled.append(answer)
        else:
            woven = zip_longest(around, addresses, fillvalue="")
            settled.append("".join(part for pair in woven for part in pair))
    return settled


def _worth(span: Span) -> bool:
    return not span.fixed and is_wording(span.text)


def _padded(original: str, text: str) -> str:
    """Give the text the blanks at both ends of the original."""
    if not original.strip():
        return original
    start = original[: len(original) - len(original.lstrip())]
    return start + text.strip() + original[len(original.rstrip()) :]


def _trimmed(original: str, text: str) -> str:
    """Drop a full stop that the rewriting of a fragment added."""
    text = text.strip()
    return text if original[-1:] in _EDGES else text.rstrip(_EDGES) or text


def _nearest(plain: list[int], index: int, *, before: bool) -> int:
    """Choose the plain span next to one, on the side that the text stands on if there is one."""
    if not plain:
        return index
    side = [i for i in plain if (i < index if before else i > index)]
    return min(side or plain, key=lambda i: abs(i - index))


def _find(
    whole: str, span: Span, text: str, taken: list[tuple[int, int]], wish: float
) -> tuple[int, int] | None:
    """Find the free occurrence nearest to where it is expected, on word borders first."""
    if not text:
        return None
    pattern = re.compile(re.escape(text), 0 if span.fixed else re.IGNORECASE)
    places = [match.span() for match in pattern.finditer(whole) if _free(match.span(), taken)]
    bounded = [place for place in places if _on_borders(whole, place)]
    return min(bounded or places, key=lambda place: abs(place[0] - wish), default=None)


def _resembling(whole: str, text: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    words = [match.span() for match in _WORD.finditer(whole)]
    wanted = len(text.split())
    if len(words) > _MOST_WORDS or not wanted:
        return None
    best, place = _ALIKE, None
    for count in range(max(1, wanted - 1), wanted + 2):
        for first in range(len(words) - count + 1):
            start, end = words[first][0], words[first + count - 1][1]
            inner = whole[start:end].rstrip(_EDGES)
            span = (start, start + len(inner))
            if not inner or not _free(span, taken):
                continue
            alike = _alike(inner.lower(), text.lower())
            if alike > best:
                best, place = alike, span
    return place


def _alike(one: str, other: str) -> float:
    """Compare wordings, whatever the order of their words; other figures make another wording."""
    if sorted(_DIGITS.findall(one)) != sorted(_DIGITS.findall(other)):
        return 0.0
    mixed = [" ".join(sorted(text.split())) for text in (one, other)]
    return max(SequenceMatcher(None, a, b).ratio() for a, b in ((one, other), mixed))


def _free(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(place[1] <= start or place[0] >= end for start, end in taken)


def _on_borders(whole: str, place: tuple[int, int]) -> bool:
    before, after = whole[: place[0]][-1:], whole[place[1] :][:1]
    return not before.isalnum() and not after.isalnum()
