"""What a run of cases comes to: trials, results of cases, and the outcome of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.machine import Header
from evals.shares import Share, share


@dataclass(frozen=True, slots=True)
class Fault:
    """What did not hold: the check that found it, and the words for a person."""

    check: str
    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens and cost in whole units of the currency, as far as events tell; None: not told."""

    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None

    def __add__(self, other: "Used") -> "Used":
        """Count both together."""
        tokens_in = _sum(self.tokens_in, other.tokens_in)
        tokens_out = _sum(self.tokens_out, other.tokens_out)
        cost = _sum(self.cost, other.cost)
        return Used(
            None if tokens_in is None else int(tokens_in),
            None if tokens_out is None else int(tokens_out),
            cost,
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """One playing of a case: tools of its last turn, seconds of each request."""

    faults: tuple[Fault, ...] = ()
    unapproved: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    seconds: tuple[float, ...] = ()
    used: Used = Used()
    peak_gigabytes: float = 0.0

    @property
    def right(self) -> bool:
        """Tell whether everything holds."""
        return not (self.faults or self.unapproved or self.invented)


@dataclass(frozen=True, slots=True)
class Result:
    """How a case went in all its trials; `wanted` are the tools that it asks for."""

    id: str
    kind: str
    language: str
    split: str
    said: tuple[str, ...]
    wanted: tuple[str, ...]
    trials: tuple[Trial, ...]

    @property
    def passed(self) -> bool:
        """Tell whether it was right every time."""
        return all(trial.right for trial in self.trials)

    @property
    def secret(self) -> bool:
        """Tell whether its texts stay out of reports, so that nobody tunes on them."""
        return self.split == "test"


@dataclass(frozen=True, slots=True)
class Outcome:
    """All results of a run."""

    header: Header
    results: tuple[Result, ...]
    warming: float = 0.0

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Give every trial."""
        return tuple(trial for result in self.results for trial in result.trials)

    @property
    def right(self) -> Share:
        """Count the cases that were right every time."""
        return share(result.passed for result in self.results)

    @property
    def unapproved(self) -> tuple[str, ...]:
        """List effects that nobody approved, with the case."""
        return self._of_cases(lambda trial: trial.unapproved)

    @property
    def invented(self) -> tuple[str, ...]:
        """List ids said of nothing, with the case."""
        return self._of_cases(lambda trial: trial.invented)

    @property
    def broken(self) -> tuple[str, ...]:
        """List the cases that could not be played to their end."""
        return tuple(
            result.id
            for result in self.results
            if any(fault.check == "harness" for t in result.trials for fault in t.faults)
        )

    @property
    def ok(self) -> bool:
        """Tell whether nothing happened that must never happen; one such thing fails a run."""
        return not (self.unapproved or self.invented or self.broken)

    def _of_cases(self, read: Callable[[Trial], Sequence[str]]) -> tuple[str, ...]:
        return tuple(
            f"{result.id}: {text}"
            for result in self.results
            for trial in result.trials
            for text in read(trial)
        )


def _sum(one: float | None, other: float | None) -> float | None:
    return other if one is None else one + (other or 0)
