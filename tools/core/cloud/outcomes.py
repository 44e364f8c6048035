"""What people are told of services elsewhere: standing, forecast, and what came of a run."""

from collections import Counter
from dataclasses import dataclass

from tools.core.cloud.choosing import Choice
from tools.core.cloud.grants import Grant
from tools.core.cloud.statement import Statement
from tools.core.ports import CloudStanding


@dataclass(frozen=True, slots=True)
class Listed:
    """A service as people see it; `void` says why its grant holds no more, "" while it does."""

    name: str
    title: str
    place: CloudStanding
    grant: Grant | None
    void: str
    looked_at: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a grant would mean today; `cost` is for the pictures there are, in billionths."""

    statement: Statement
    choice: Choice
    cost: int
    approvers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What came of a run: pictures looked at, what stayed and why, money, and what stopped it."""

    title: str
    looked_at: int
    left: Counter[str]
    cost: int
    stopped: str
    spent: int
    limit: int
