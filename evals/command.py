"""`dalm eval`: play cases, judge single requests, or compare two runs."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agent.bootstrap import brain_room
from agent.settings import Settings
from evals import compare, report, routing
from evals.case import SPLITS, Case, load
from evals.machine import header
from evals.progress import progress
from evals.results import Outcome
from evals.run import Stage, chosen_settings, model_name, run, run_apart, seed_apart, warmed
from evals.world import Worlds

BRAINS = ("local", "openai", "none")


def main(arguments: Sequence[str]) -> int:
    """Run with command line arguments; gives the exit code."""
    parser = _parser()
    chosen = parser.parse_args(list(arguments))
    try:
        if chosen.compare:
            return _compare(*chosen.compare)
        settings = chosen_settings(chosen.brain or "")
        if chosen.requests:
            return routing.answer(chosen, arguments, settings)
        return _cases(chosen, arguments, settings)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _compare(old: Path, new: Path) -> int:
    runs = compare.read_run(old), compare.read_run(new)
    names = old.stem, new.stem if new.stem != old.stem else f"{new.stem} (new)"
    sys.stdout.write(compare.markdown(compare.compare(*runs), names))
    return 0


def _cases(chosen: argparse.Namespace, arguments: Sequence[str], settings: Settings) -> int:
    cases = list(_wanted(load(), chosen))[: chosen.limit]
    if not cases:
        raise ValueError("No case fits that choice.")
    if chosen.parallel > 1 and settings.brain_kind == "local":
        raise ValueError("The local model answers one request at a time: --parallel is for others.")
    with _folder(chosen.world) as folder:
        outcome = _played(cases, folder, chosen, arguments, settings)
    text = report.markdown(outcome)
    name = chosen.name or f"{settings.brain_kind}-{chosen.split}"
    report.write(text, report.document(outcome), chosen.out or settings.home / "evals", name)
    sys.stdout.write(text)
    return 0 if outcome.ok and outcome.right.right >= chosen.least * len(cases) else 1


def _played(
    cases: Sequence[Case],
    folder: Path,
    chosen: argparse.Namespace,
    arguments: Sequence[str],
    settings: Settings,
) -> Outcome:
    place, worlds = (folder, settings.brain_kind), Worlds(folder, settings)
    if not worlds.prepared:
        seed_apart(place)
    with progress() as shown:
        if chosen.parallel > 1:
            results = run_apart(cases, place, shown, chosen.trials, chosen.parallel)
            return Outcome(header(arguments, settings), results)
        brain = brain_room(settings)
        seconds = warmed(brain, shown)
        results = run(cases, Stage(worlds, brain), shown, chosen.trials)
    return Outcome(header(arguments, settings, model_name(brain)), results, seconds)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="dalm-eval-") as folder:
        yield Path(folder)


def _wanted(cases: Sequence[Case], chosen: argparse.Namespace) -> Iterator[Case]:
    for case in cases:
        tools = {case.end.tool, *case.end.tools}
        fits = (
            chosen.split in {"all", case.split},
            chosen.kind in {None, case.kind},
            chosen.language in {None, case.language},
            not chosen.tool or chosen.tool in tools,
            not chosen.only or case.id.startswith(chosen.only),
        )
        if all(fits):
            yield case


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "dalm eval",
        description="Play cases in fresh libraries and score their end states. Fails when anything "
        "happened that nobody had approved, or when an id was invented.",
    )
    choice = parser.add_argument_group("what is measured")
    choice.add_argument("--brain", choices=BRAINS, help="default: what the settings say")
    choice.add_argument("--split", choices=(*SPLITS, "all"), default="test", help="default: test")
    choice.add_argument("--kind", help="only cases of this kind")
    choice.add_argument("--language", help="only this language")
    choice.add_argument("--tool", help="only what wants this tool")
    choice.add_argument("--only", help="only what has an id that begins so")
    choice.add_argument("--limit", type=_positive, help="at most so many")
    how = parser.add_argument_group("how")
    how.add_argument("--trials", type=_positive, default=1, help="a case must be right every time")
    how.add_argument("--parallel", type=_positive, default=1, help="so many at once, each apart")
    how.add_argument("--least", type=float, default=0.0, help="share that must be right")
    how.add_argument("--world", type=Path, help="keep the library of samples here for next time")
    how.add_argument("--out", type=Path, help="folder for the report (default: DALM_HOME/evals)")
    how.add_argument("--name", help="name of the report (default: brain and split)")
    other = parser.add_argument_group("instead of cases")
    other.add_argument("--requests", action="store_true", help="judge single requests alone")
    other.add_argument("--fold", type=int, help="with --requests --split train: only this fold")
    other.add_argument("--probe-only", action="store_true", help="with --requests: no model")
    other.add_argument(
        "--compare", nargs=2, type=Path, metavar=("OLD", "NEW"), help="compare two JSON reports"
    )
    return parser
