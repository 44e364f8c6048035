"""What a report says at its head: the command, the day, the brain, its model and the machine."""

import os
import platform
import resource
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass

from agent.settings import Settings

# They say where things lie on one machine, not what was measured.
_PLACES = ("--out", "--world", "--name")


@dataclass(frozen=True, slots=True)
class Header:
    """How a run was made."""

    command: str
    date: str
    brain: str
    model: str
    machine: str

    def lines(self) -> list[str]:
        """Write it as the head of a report."""
        return [
            "| | |",
            "|---|---|",
            f"| command | `{self.command}` |",
            f"| date | {self.date} |",
            f"| brain | {self.brain} |",
            f"| model | {self.model} |",
            f"| machine | {self.machine} |",
        ]


def header(arguments: Sequence[str], settings: Settings, model: str = "") -> Header:
    """Describe this run; `model` says more than the settings do."""
    kind = settings.brain_kind
    models = {"local": settings.local_model, "openai": settings.openai_model, "none": "none"}
    return Header(
        command=shlex.join(["dalm", "eval", *_without_places(arguments)]),
        date=time.strftime("%Y-%m-%d", time.gmtime()),
        brain=kind,
        model=model or models[kind],
        machine=machine(),
    )


def machine() -> str:
    """Name the kind of machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{platform.machine()}, {platform.system()}, {cores} cores, {memory:.0f} GiB of memory"


def peak_gigabytes() -> float:
    """Give the most memory that this process ever held, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _without_places(arguments: Sequence[str]) -> list[str]:
    kept: list[str] = []
    skip = False
    for word in arguments:
        if not skip and word.partition("=")[0] not in _PLACES:
            kept.append(word)
        skip = not skip and word in _PLACES
    return kept
