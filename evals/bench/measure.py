"""What a measurement is: a ratio in one run, against a bound or a named peer."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table: ours and theirs in the same unit, their ratio, and the aim in words."""

    what: str
    ours: str
    against: str
    theirs: str
    ratio: str
    aim: str


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    began = perf_counter()
    work()
    return perf_counter() - began


def median(values: list[float]) -> float:
    """Give the middle value."""
    return sorted(values)[len(values) // 2]


def table(rows: list[Measure]) -> str:
    """Write rows as a Markdown table."""
    head = ["| what | ours | against | theirs | ratio | aim |", "|---|---|---|---|---|---|"]
    return "\n".join(
        [
            *head,
            *(
                f"| {r.what} | {r.ours} | {r.against} | {r.theirs} | {r.ratio} | {r.aim} |"
                for r in rows
            ),
        ]
    )
