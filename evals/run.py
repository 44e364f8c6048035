"""Plays cases against the real application, as often as asked, here or in several processes."""

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from agent.app import App
from agent.bootstrap import brain_room
from agent.brain_room import BrainRoom
from agent.settings import Settings, load_settings
from agent.views import Report
from evals.case import Case
from evals.grade import Grader, tools_of
from evals.machine import peak_gigabytes
from evals.play import play
from evals.progress import plain
from evals.results import Fault, Result, Trial
from evals.spent import used
from evals.world import Worlds

LOG = logging.getLogger("dalm")
LONGEST_START = 1800.0
Plays = Callable[[Case, int], Trial]


class Stage:
    """Plays single trials, each in a library of its own, with one brain for all."""

    def __init__(self, worlds: Worlds, brain: BrainRoom) -> None:
        self._worlds = worlds
        self._brain = brain

    def prepare(self, report: Report) -> None:
        """Take in the samples, unless that was done before."""
        self._worlds.prepare(report)

    def __call__(self, case: Case, number: int) -> Trial:
        """Play a case; a failure of the product's code is a fault and does not end the run."""
        try:
            with self._worlds.fresh(f"{case.id}-{number}", self._brain) as app:
                return self._trial(case, app)
        except Exception as error:
            LOG.exception("case %s could not be played", case.id)
            return Trial(faults=(Fault("harness", f"{type(error).__name__}: {error}"),))

    def _trial(self, case: Case, app: App) -> Trial:
        ready(app)
        played = play(case, app)
        grade = Grader(app, played).grade(case, played)
        return Trial(
            faults=grade.faults,
            unapproved=grade.unapproved,
            invented=grade.invented,
            tools=tools_of(played),
            seconds=tuple(round(seconds, 3) for seconds in played.spoken),
            used=used(played.events),
            peak_gigabytes=round(peak_gigabytes(), 3),
        )


def run(cases: Sequence[Case], plays: Plays, report: Report, trials: int = 1) -> tuple[Result, ...]:
    """Play every case so many times, one after the other."""
    found = (tuple(plays(case, n) for n in range(trials)) for case in cases)
    return tuple(_reported(cases, found, report))


def run_apart(
    cases: Sequence[Case], place: tuple[Path, str], report: Report, trials: int, workers: int
) -> tuple[Result, ...]:
    """Play every case so many times, in so many processes.

    `place` is the folder of the worlds and the name of the brain. A process, because it can have
    one library open only.
    """
    with _pool(workers, place) as pool:
        pending = [[pool.submit(_in_worker, case, n) for n in range(trials)] for case in cases]
        found = (tuple(one.result() for one in row) for row in pending)
        return tuple(_reported(cases, found, report))


def seed_apart(place: tuple[Path, str]) -> None:
    """Take in the samples in a process of its own, so that the memory it needs is not counted."""
    with _pool(1, place) as pool:
        pool.submit(_seed).result()


def warmed(brain: BrainRoom, report: Report) -> float:
    """Wait until a brain is all that it can be; gives the seconds that took."""
    began = time.monotonic()
    brain.warm()
    said = ""
    while (state := brain.readiness()).state == "loading":
        if time.monotonic() - began > LONGEST_START:
            raise TimeoutError(f"The brain is not ready after {LONGEST_START:.0f} s: {state.note}")
        if state.note != said:
            said = state.note
            report(state.done, state.total, said)
        time.sleep(0.1)
    return time.monotonic() - began


def model_name(brain: BrainRoom) -> str:
    """Name the file of a local model that was built; empty for any other brain."""
    if brain.readiness().state != "ready":
        return ""
    engine = getattr(brain.get().plain, "engine", None)
    return str(engine.name) if engine is not None else ""


def ready(app: App) -> None:
    """Wait until search has loaded what it needs, which is no part of a turn."""
    until = time.monotonic() + LONGEST_START
    while any(r.name == "search" and r.state == "loading" for r in app.admin.readiness()):
        if time.monotonic() > until:
            raise TimeoutError("Search is not ready.")
        time.sleep(0.05)


def chosen_settings(brain: str) -> Settings:
    """Give the settings of the environment, with that brain when it has a name."""
    settings = load_settings()
    return settings.model_copy(update={"brain": brain or settings.brain_kind})


def _reported(
    cases: Sequence[Case], found: Iterator[tuple[Trial, ...]], report: Report
) -> Iterator[Result]:
    for number, (case, trials) in enumerate(zip(cases, found, strict=True), start=1):
        result = Result(
            id=case.id,
            kind=case.kind,
            language=case.language,
            split=case.split,
            said=tuple(turn.say for turn in case.turns if turn.say),
            wanted=tuple(dict.fromkeys(name for name in (case.end.tool, *case.end.tools) if name)),
            trials=trials,
        )
        report(number, len(cases), f"{case.id}: {'right' if result.passed else 'wrong'}")
        yield result


_stages: list[Stage] = []


def _pool(workers: int, place: tuple[Path, str]) -> ProcessPoolExecutor:
    # Spawned, not forked: threads of models and of databases do not survive a fork.
    spawned = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, spawned, initializer=_begin, initargs=place)


def _begin(folder: Path, brain: str) -> None:
    settings = chosen_settings(brain)
    _stages.append(Stage(Worlds(folder, settings), brain_room(settings)))


def _in_worker(case: Case, number: int) -> Trial:
    return _stages[0](case, number)


def _seed() -> None:
    _stages[0].prepare(plain)
