"""What chat models used: tokens and money, per person, day and model; never a text."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

NANOS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Use:
    """What calls of a model used.

    `cached` of the input tokens were read from the endpoint's prompt cache and `written` put into
    it. `cost` is in billionths of the currency; `unpriced` calls have no known price and add
    nothing to it. The tokens of `unreported` calls are an estimate.
    """

    calls: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    written: int = 0
    cost: int = 0
    unpriced: int = 0
    unreported: int = 0

    def __add__(self, other: "Use") -> "Use":
        """Count two uses together."""
        return Use(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Use)))

    @property
    def tokens(self) -> int:
        """Count all tokens."""
        return self.input + self.output


@dataclass(frozen=True, slots=True)
class DayUse:
    """What a person used of a model on a day; a model of this machine has no `host`.

    `held` is what calls that have not come back yet may use, and that budgets count too.
    """

    day: date
    person: str
    host: str
    model: str
    use: Use
    held: Use = Use()


def total(uses: Iterable[Use]) -> Use:
    """Count uses together."""
    return sum(uses, Use())
