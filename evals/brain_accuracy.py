"""How often the local brain chooses the right tool and arguments, on rows kept from it."""

import hashlib
import math
import resource
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.brains.deciding import Decision
from agent.brains.intents import GATED
from agent.brains.screens import Card, Screen
from prompts.examples import Example, screen

FOLDS = 5
HARMLESS = frozenset({"undo", "reply"})


class Decides(Protocol):
    """Whatever decides on a request in front of a screen."""

    def decide(self, request: str, screen: Screen) -> Decision:
        """Give what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95 % interval (Wilson)."""

    right: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Give the lower and upper bound of the share."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.right / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """Write the share with its interval."""
        low, high = self.interval
        share = self.right / self.of if self.of else 0.0
        return f"{share:.1%} ({self.right}/{self.of}, 95 % {low:.1%} to {high:.1%})"


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that went wrong, for people to read."""

    example: Example
    decision: Decision


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The result of a run.

    `tool` counts the intent chosen, `both` also its arguments, `gated_wrong` the gated tools
    called for requests that did not ask for them, `asked` the questions asked instead of a call.
    """

    tool: Share
    both: Share
    by_language: Mapping[str, Share]
    by_tool: Mapping[str, Share]
    gated_wrong: int
    asked: int
    median_seconds: float
    p95_seconds: float
    peak_gigabytes: float
    misses: tuple[Miss, ...]


def split(rows: Sequence[Example], fold: int) -> tuple[list[Example], list[Example]]:
    """Split rows into train and test by template group, so that no template is on both sides."""
    test = [row for row in rows if _fold(row.group) == fold]
    return [row for row in rows if _fold(row.group) != fold], test


def run(brain: Decides, rows: Sequence[Example]) -> Accuracy:
    """Let the brain decide on every row in front of the bank's screen."""
    shown = Screen(results=tuple(Card(one.id, one.title, "", one.media_type) for one in screen()))
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    both = gated_wrong = questions = 0
    seconds: list[float] = []
    misses: list[Miss] = []
    for row in rows:
        began = time.perf_counter()
        decision = brain.decide(row.request, shown)
        seconds.append(time.perf_counter() - began)
        chosen = decision.tool or decision.chosen
        good = chosen == row.tool
        whole = good and _matches(row, decision)
        both += whole
        gated_wrong += decision.tool in GATED and not good
        questions += decision.tool is None and decision.chosen != "reply"
        for key in (("language", row.language), ("tool", row.tool)):
            asked[key] += 1
            right[key] += good
        if not whole:
            misses.append(Miss(row, decision))
    total = sum(n for (kind, _), n in asked.items() if kind == "tool")
    hits = sum(n for (kind, _), n in right.items() if kind == "tool")
    ordered = sorted(seconds) or [0.0]
    return Accuracy(
        tool=Share(hits, total),
        both=Share(both, total),
        by_language=_shares("language", right, asked),
        by_tool=_shares("tool", right, asked),
        gated_wrong=gated_wrong,
        asked=questions,
        median_seconds=statistics.median(ordered),
        p95_seconds=ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        peak_gigabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576,
        misses=tuple(misses),
    )


def _fold(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def _shares(
    kind: str, right: Counter[tuple[str, str]], asked: Counter[tuple[str, str]]
) -> dict[str, Share]:
    return {
        name: Share(right[(this, name)], n)
        for (this, name), n in sorted(asked.items())
        if this == kind
    }


def _matches(row: Example, decision: Decision) -> bool:
    """Tell whether every argument checked by hand is met; a question does not meet any."""
    if row.tool in HARMLESS:
        return True
    wanted = {key: value for key, value in row.arguments.items() if key != "about"}
    return all(_meets(value, decision.arguments.get(key)) for key, value in wanted.items())


def _meets(wanted: object, given: object) -> bool:
    if isinstance(wanted, list):
        return isinstance(given, list) and {str(w).lower() for w in wanted} <= {
            str(g).lower() for g in given
        }
    if isinstance(wanted, int):
        return given == wanted
    text, words = str(given or "").lower(), str(wanted).lower()
    return any(word in text for word in words.split("|")) or all(
        word in text for word in words.split()
    )
