"""Work that goes on, and what this installation has."""

from collections.abc import Callable
from dataclasses import dataclass

Report = Callable[[int, int, str], None]
"""Receives done, total and a note while long work goes on."""


@dataclass(frozen=True, slots=True)
class FileOutcomeView:
    """What became of a file: added, unchanged, duplicate, skipped or failed, and why.

    `conform` says how a file that was added breaks the conventions of the house, perhaps "".
    """

    id: str | None
    file: str
    status: str
    reason: str = ""
    conform: str = ""


@dataclass(frozen=True, slots=True)
class ForgottenView:
    """What was forgotten, and what a search for traces still found (empty when clean)."""

    assets: int
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: state is queued, running, done, failed or cancelled."""

    id: str
    kind: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model file: state is ready, missing, damaged or fetching."""

    name: str
    needed_for: str
    size: int
    licence: str
    source: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SwitchView:
    """The model of pictures in use now (or `none`), whether it is what was asked for, and why."""

    model: str
    took_over: bool
    text: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a part is `ready`, `loading`, `missing` or `off`; `note` is for a person."""

    name: str
    state: str
    note: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `dalm doctor`: state is ok, missing or broken; `fix` says what to do."""

    name: str
    state: str
    note: str
    fix: str = ""
