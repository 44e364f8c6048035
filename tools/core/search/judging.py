"""How sure a hit is, from all that speaks for it; the figures were learned, see the evaluation."""

import math
from dataclasses import dataclass

from tools.core.search.answers import Band
from tools.core.search.meaning import Match
from tools.core.search.wording import Wording

STRONG = 0.5
WEAK = 0.12
RANK_OFFSET = 60


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for one asset: both spaces, its words, and the kinds that were asked for.

    `kinds` is the certainty of the least sure kind asked for; `only_kinds` tells that the query
    asks for nothing else.
    """

    sentence: Match | None
    classes: Match | None
    wording: Wording
    kinds: float
    asks_kinds: bool
    only_kinds: bool


def certainty(support: Support) -> float:
    """Give the probability, 0 to 1, that a person would call this a good hit."""
    meaning = _meaning(support)
    words = support.wording.share
    if support.only_kinds:
        # Kinds are judged by what is seen; a neighbour in meaning (wolf, fur) is not one of them.
        return max(support.kinds, 0.9 * words, 0.45 * meaning)
    if support.asks_kinds:
        meaning = meaning * (0.55 + 0.45 * support.kinds) + 0.25 * support.kinds
    return 1.0 - (1.0 - min(0.98, meaning)) * (1.0 - min(0.98, _worded(words)))


def likeness(said: Match | None, seen: Match | None) -> float:
    """Give the probability that a person would call two assets alike."""
    return _squashed([match for match in (said, seen) if match])


def band(score: float) -> Band | None:
    """Sort a certainty into a band, or None for what is noise."""
    if score >= STRONG:
        return Band.STRONG
    return Band.WEAK if score >= WEAK else None


def _meaning(support: Support) -> float:
    """Squash the better of both spaces, leaning on where they agree."""
    return _squashed([match for match in (support.sentence, support.classes) if match])


def _squashed(matches: list[Match]) -> float:
    logits = [_logit(match) for match in matches]
    if not logits:
        return 0.0
    best, rest = max(logits), min(logits)
    return 1.0 / (1.0 + math.exp(-(0.7 * best + 0.3 * rest)))


def _logit(match: Match) -> float:
    return 1.6 * (match.deviations - 2.4) + 6.0 * (match.cosine - 0.25)


def _worded(share: float) -> float:
    """Most words of a query make a hit, one of three does not."""
    return 1.0 / (1.0 + math.exp(-9.0 * (share - 0.55))) if share else 0.0
