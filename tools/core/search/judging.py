"""How sure a hit is, from all that speaks for it; the figures were learned, see the evaluation."""

import math
from dataclasses import dataclass

from tools.core.search.answers import Band
from tools.core.search.meaning import Match
from tools.core.search.wording import Wording

STRONG = 0.5
WEAK = 0.12
# Who asks for everything gets what is hardly likely too, as far as it is in any order.
FAINT = 0.01
RANK_OFFSET = 60
# Log-odds of a good hit per standard deviation, fitted on pictures whose captions were kept apart
# and shifted until one in ten queries for what is not there gets a strong hit. Fits on cut-outs and
# on photographs agree: what machines see counts once, by its classes and not by its sentence.
BASE, SENTENCE, CLASSES, ALONE = -4.9, 0.35, 0.9, 1.1
# Of a model of pictures and texts, which differ: set by what a text alone counts, not fitted.
JOINT = 1.1

# A narrow kind says more than a wide one.
NARROW, WIDE = 3.0, 1.0
# What is akin to the thing asked for is no more than a hint; its root, so that a faint one counts.
AKIN = 2.0


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for one asset: both spaces, its words, and the kinds that were asked for.

    `sentence` is None for a picture of which only machines say something, which `classes` hold.
    `kinds` is the certainty of the least sure kind asked for; `only_kinds` tells that the query
    asks for nothing else, `narrow` that a kind asked for has few members (clock, not animal).
    Kinds are chosen by hand, and then nothing else need be looked at, or derived from WordNet.
    `akin` is the certainty that there is something akin to what no kind shows. `joint` is how the
    picture itself fits the words, where a model for that is chosen.
    """

    sentence: Match | None
    classes: Match | None
    wording: Wording
    kinds: float
    asks_kinds: bool
    only_kinds: bool
    narrow: bool
    akin: float = 0.0
    joint: Match | None = None


def certainty(support: Support) -> float:
    """Give the probability, 0 to 1, that a person would call this a good hit."""
    share = support.wording.share
    worded = max(_logistic(12.0 * (share - 0.65)) if share else 0.0, 0.5 * share)
    if support.only_kinds:
        # Kinds are judged by what is seen; a neighbour in meaning (wolf, fur) is not one of them.
        # A model that compares the picture itself with the words knows a wolf from a dog.
        meant = 0.45 * _logistic(_spaces(support.sentence, support.classes))
        return max(support.kinds, worded, meant, _logistic(_joint(support)))
    logit = _meant(support) + 2.5 * share + AKIN * math.sqrt(support.akin)
    if support.asks_kinds:
        logit += (NARROW if support.narrow else WIDE) * support.kinds
    # Words alone are enough when nearly all are there, however far the meaning seems.
    return 1.0 - (1.0 - _logistic(logit)) * (1.0 - worded)


def likeness(said: Match | None, seen: Match | None) -> float:
    """Give the probability that a person would call two assets alike."""
    return _logistic(_spaces(said, seen))


def band(score: float, least: float = WEAK) -> Band | None:
    """Sort a certainty into a band, or None for what is noise."""
    if score >= STRONG:
        return Band.STRONG
    return Band.WEAK if score >= least else None


def _meant(support: Support) -> float:
    return max(_spaces(support.sentence, support.classes), _joint(support))


def _joint(support: Support) -> float:
    return BASE + JOINT * max(0.0, support.joint.deviations) if support.joint else BASE


def _spaces(said: Match | None, seen: Match | None) -> float:
    """Give the log-odds of both spaces; a text has only one, which then counts for both."""
    sentence = max(0.0, said.deviations) if said else 0.0
    if seen is None:
        return BASE + ALONE * sentence
    return BASE + SENTENCE * sentence + CLASSES * max(0.0, seen.deviations)


def _logistic(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))
