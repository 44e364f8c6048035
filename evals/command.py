"""`dalm eval`: play cases, show progress, write the report; an unapproved effect fails the run."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from agent.bootstrap import brain_room
from agent.settings import Settings, load_settings
from evals.case import Case, load
from evals.run import Outcome, markdown, run, write
from evals.world import Worlds

BRAINS = ("local", "openai", "none")


def main(arguments: Sequence[str]) -> int:
    """Run with command line arguments; gives the exit code."""
    chosen = _parser().parse_args(list(arguments))
    settings = load_settings()
    name = chosen.brain or settings.brain_kind
    settings = settings.model_copy(update={"brain": name})
    cases = _wanted(load(), chosen)
    if not cases:
        sys.stderr.write("No case fits that choice.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="dalm-eval-") as folder:
        outcome = _run(cases, Path(folder), settings, name)
    if chosen.out:
        write(outcome, chosen.out)
    sys.stdout.write(markdown(outcome))
    return 0 if outcome.ok and outcome.passed >= chosen.least * len(cases) else 1


def _run(cases: Sequence[Case], folder: Path, settings: Settings, name: str) -> Outcome:
    brain = brain_room(settings)
    return run(cases, Worlds(folder, settings), brain, name, _progress)


def _wanted(cases: list[Case], chosen: argparse.Namespace) -> list[Case]:
    found = [
        case
        for case in cases
        if (not chosen.kind or case.kind == chosen.kind)
        and (not chosen.only or case.id.startswith(chosen.only))
        and (not chosen.language or case.language == chosen.language)
    ]
    return found[: chosen.limit] if chosen.limit else found


def _progress(done: int, total: int, note: str) -> None:
    of = f"{done}/{total}" if total else str(done)
    sys.stderr.write(f"{of} {note}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("dalm eval", description="Play cases in fresh libraries.")
    parser.add_argument("--brain", choices=BRAINS, help="default: what the settings say")
    parser.add_argument("--kind", help="only cases of this kind")
    parser.add_argument("--language", help="only cases in this language")
    parser.add_argument("--only", help="only cases whose id begins so")
    parser.add_argument("--limit", type=int, help="at most so many cases")
    parser.add_argument("--least", type=float, default=0.0, help="share that must be right")
    parser.add_argument("--out", type=Path, help="folder for the report")
    return parser
