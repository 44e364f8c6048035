"""How often the local brain chooses the right tool and arguments for single requests."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.brains.deciding import Decision
from agent.brains.intents import GATED
from agent.brains.screens import Card, Screen
from agent.views import Report
from evals.machine import peak_gigabytes
from evals.rows import identity
from evals.shares import Share, median, percentile, share
from prompts.examples import Example, screen

HARMLESS = frozenset({"undo", "reply"})


class Decides(Protocol):
    """Whatever cuts a request into steps and decides on them in front of a screen."""

    def steps(self, request: str) -> tuple[str, ...]:
        """Cut a request that strings several together."""
        ...

    def decide(self, request: str, screen: Screen) -> Decision:
        """Give what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what was decided: the tool it was taken for, and whether that was called.

    `right` counts the tool chosen, `whole` also its arguments and that it was taken for one step,
    `asked` a question instead of a call.
    """

    row: Example
    used: str
    right: bool
    whole: bool
    asked: bool
    called: bool
    seconds: float

    @property
    def gated_wrong(self) -> bool:
        """Tell whether a gated tool was called that the request did not ask for."""
        return self.called and self.used in GATED and not self.right


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The result of a run over rows."""

    rows: tuple[Judged, ...]
    peak_gigabytes: float

    @property
    def tool(self) -> Share:
        """Count the right tools."""
        return share(one.right for one in self.rows)

    @property
    def both(self) -> Share:
        """Count the right tools with their arguments."""
        return share(one.whole for one in self.rows)

    @property
    def by_language(self) -> Mapping[str, Share]:
        """Count the right tools by language."""
        return _grouped(self.rows, [one.row.language for one in self.rows])

    @property
    def by_tool(self) -> Mapping[str, Share]:
        """Count the right tools by wanted tool."""
        return _grouped(self.rows, [one.row.tool for one in self.rows])

    @property
    def gated_wrong(self) -> tuple[str, ...]:
        """List requests that had a gated tool called for them that they did not ask for."""
        return tuple(f"{identity(one.row)}: {one.used}" for one in self.rows if one.gated_wrong)

    @property
    def asked(self) -> int:
        """Count questions instead of calls."""
        return sum(one.asked for one in self.rows)

    @property
    def median_seconds(self) -> float:
        """Give the middle time of a decision."""
        return median([one.seconds for one in self.rows])

    @property
    def p95_seconds(self) -> float:
        """Give the time that 95 % of the decisions do not exceed."""
        return percentile([one.seconds for one in self.rows], 0.95)


def run(
    brain: Decides, rows: Sequence[Example], report: Report = lambda _done, _total, _note: None
) -> tuple[Judged, ...]:
    """Let the brain decide on every row in front of the bank's screen."""
    shown = Screen(results=tuple(Card(one.id, one.title, "", one.media_type) for one in screen()))
    found = []
    for number, row in enumerate(rows, start=1):
        found.append(_judged(brain, row, shown))
        report(number, len(rows), f"{identity(row)}: {'right' if found[-1].whole else 'wrong'}")
    return tuple(found)


def accuracy(rows: Sequence[Judged]) -> Accuracy:
    """Put the judged rows of one or several runs together."""
    return Accuracy(tuple(rows), peak_gigabytes())


def _judged(brain: Decides, row: Example, shown: Screen) -> Judged:
    began = time.perf_counter()
    steps = brain.steps(row.request)
    decision = brain.decide(steps[0], shown)
    seconds = time.perf_counter() - began
    used = decision.tool or decision.chosen
    right = used == row.tool
    return Judged(
        row=row,
        used=used,
        right=right,
        whole=right and len(steps) == 1 and _matches(row, decision),
        asked=decision.tool is None and decision.chosen != "reply",
        called=decision.tool is not None,
        seconds=round(seconds, 4),
    )


def _grouped(rows: Sequence[Judged], keys: Sequence[str]) -> dict[str, Share]:
    return {
        name: share(one.right for one, key in zip(rows, keys, strict=True) if key == name)
        for name in sorted(set(keys))
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
