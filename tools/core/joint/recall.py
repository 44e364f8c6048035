"""How often each of two models finds what a text was written of, and which is to be used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.core.joint.golden import Golden
from tools.core.shares import Share, mcnemar

CUTS = (1, 5, 10)
# Below this many texts nothing that is measured means anything.
FEWEST = 20
UNLIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Recall:
    """At which place, from 1, each text found its picture; None beyond the last cut."""

    model: str
    places: tuple[int | None, ...]

    def at(self, cut: int) -> Share:
        """Give the share that was found among the first so many."""
        return Share(sum(_within(place, cut) for place in self.places), len(self.places))

    def __str__(self) -> str:
        """Write every cut with its interval."""
        return f"{self.model}: " + ", ".join(f"R@{cut} {self.at(cut)}" for cut in CUTS)


def measured(model: str, texts: Sequence[Golden], ranked: Callable[[str], Sequence[int]]) -> Recall:
    """Ask for every text; `ranked` gives keys, best first."""
    return Recall(model, tuple(_place(ranked(one.text), one.keys) for one in texts))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the new model takes over, and what a person is told of it."""

    better_or_equal: bool
    text: str


def judged(old: Recall, new: Recall) -> Verdict:
    """Compare two measurements of the same texts: the new one is not to be clearly worse.

    Clearly is an exact McNemar test at 5 % of texts found by one and not by the other, at any cut.
    """
    figures = f"{new}. {old}."
    count = len(new.places)
    if count < FEWEST:
        return Verdict(
            better_or_equal=False,
            text=f"Only {count} pictures have a text that somebody wrote, too few to compare by "
            f"(at least {FEWEST} are needed). {figures if count else ''}".strip(),
        )
    worse = [cut for cut in CUTS if _clearly_worse(old, new, cut)]
    if worse:
        cuts = ", ".join(f"R@{cut}" for cut in worse)
        return Verdict(better_or_equal=False, text=f"It is clearly worse at {cuts}. {figures}")
    return Verdict(better_or_equal=True, text=figures)


def _clearly_worse(old: Recall, new: Recall, cut: int) -> bool:
    pairs = [
        (_within(before, cut), _within(now, cut))
        for before, now in zip(old.places, new.places, strict=True)
    ]
    fixed, broken = pairs.count((False, True)), pairs.count((True, False))
    return broken > fixed and mcnemar(fixed, broken) < UNLIKELY


def _within(place: int | None, cut: int) -> bool:
    return place is not None and place <= cut


def _place(keys: Sequence[int], wanted: frozenset[int]) -> int | None:
    return next((n for n, key in enumerate(keys[: CUTS[-1]], start=1) if key in wanted), None)
