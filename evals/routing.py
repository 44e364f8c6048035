"""`dalm eval --requests`: the router alone, on the test requests or across folds of the bank."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from agent.bootstrap import local_brain
from agent.brains.local import LocalBrain
from agent.settings import Settings
from agent.views import Report
from evals import brain_accuracy
from evals.brain_accuracy import Accuracy, Judged
from evals.machine import Header, header
from evals.progress import progress
from evals.report import write
from evals.rows import FOLDS, identity, kept_rows, split
from evals.tables import confusion, shares
from prompts.examples import Example, bank


def answer(chosen: argparse.Namespace, arguments: Sequence[str], settings: Settings) -> int:
    """Judge single requests; gives the exit code.

    Raises ValueError for a choice that cannot be measured.
    """
    if settings.brain_kind != "local":
        raise ValueError("Single requests are judged with the local brain: --brain local.")
    if chosen.split == "all":
        raise ValueError("Single requests are judged on one split: --split test or train.")
    with progress() as shown:
        found = brain_accuracy.accuracy(list(_judged(chosen, settings, shown)))
    if not found.rows:
        raise ValueError("No request fits that choice.")
    model = "the probe alone" if chosen.probe_only else settings.local_model
    head = header(arguments, settings, model)
    secret = chosen.split == "test"
    text = markdown(found, head, secret=secret)
    name = chosen.name or f"requests-{chosen.split}{'-probe' if chosen.probe_only else ''}"
    write(text, document(found, head, secret=secret), chosen.out or settings.home / "evals", name)
    sys.stdout.write(text)
    return 0 if found.tool.right >= chosen.least * found.tool.of else 1


def markdown(found: Accuracy, head: Header, *, secret: bool) -> str:
    """Write the report; `secret` names wrong requests by their ids only."""
    pairs = [(one.row.tool, one.used) for one in found.rows]
    lines = [
        f"# Single requests of the {'test' if secret else 'train'} split",
        "",
        *head.lines(),
        f"| right tool | {found.tool} |",
        f"| right tool and arguments | {found.both} |",
        f"| gated tool called that was not asked for | {len(found.gated_wrong)} |",
        f"| question asked instead of a call | {found.asked} |",
        f"| seconds a decision | median {found.median_seconds:.2f}, "
        f"95th percentile {found.p95_seconds:.2f} |",
        f"| peak memory | {found.peak_gigabytes:.2f} GiB |",
        *("", "## Right tool by tool", "", *shares("tool", "right", found.by_tool)),
        *("", "## Right tool by language", "", *shares("language", "right", found.by_language)),
        *("", "## Wanted tool and chosen tool", "", *confusion(pairs)),
    ]
    if found.gated_wrong:
        lines += ["", "## Gated tools called that were not asked for", ""]
        lines += [f"- {text}" for text in found.gated_wrong]
    wrong = [one for one in found.rows if not one.whole]
    if wrong:
        lines += ["", "## Not wholly right", "", *(_line(one, secret=secret) for one in wrong)]
    return "\n".join(lines) + "\n"


def document(found: Accuracy, head: Header, *, secret: bool) -> dict[str, object]:
    """Give a run as the JSON document that runs are compared by."""
    return {
        "kind": "requests",
        "header": asdict(head),
        "right": asdict(found.tool),
        "whole": asdict(found.both),
        "gated_wrong": list(found.gated_wrong),
        "asked": found.asked,
        "peak_gigabytes": round(found.peak_gigabytes, 3),
        "results": [_result(one, secret=secret) for one in found.rows],
    }


def _judged(chosen: argparse.Namespace, settings: Settings, shown: Report) -> Iterator[Judged]:
    if chosen.split == "test":
        rows = _wanted(kept_rows(), chosen)
        yield from _run(local_brain(settings, probe_only=chosen.probe_only), rows, shown)
        return
    if chosen.fold is not None and not 0 <= chosen.fold < FOLDS:
        raise ValueError(f"The folds are 0 to {FOLDS - 1}.")
    for fold in range(FOLDS) if chosen.fold is None else [chosen.fold]:
        train, kept = split(bank(), fold)
        # A home of its own, or the product's kept examples would be replaced.
        apart = settings.model_copy(
            update={
                "home": settings.home / "evals" / f"fold-{fold}",
                "models": settings.models_folder,
            }
        )
        shown(0, 0, f"fold {fold}: fitting on {len(train)} requests")
        rows = _wanted(kept, chosen)
        brain = local_brain(apart, train, probe_only=chosen.probe_only)
        yield from _run(brain, rows, shown)


def _run(brain: LocalBrain, rows: Sequence[Example], shown: Report) -> tuple[Judged, ...]:
    if not rows:
        return ()
    brain.warm_up(shown)
    return brain_accuracy.run(brain.decider, rows, shown)


def _wanted(rows: Sequence[Example], chosen: argparse.Namespace) -> list[Example]:
    found = [
        row
        for row in rows
        if chosen.language in {None, row.language}
        and chosen.tool in {None, row.tool}
        and (not chosen.only or identity(row).startswith(chosen.only))
    ]
    return found[: chosen.limit]


def _line(one: Judged, *, secret: bool) -> str:
    taken = one.used if not one.right else ("asked back" if one.asked else "other arguments")
    if secret:
        return f"- {identity(one.row)}"
    return f"- {identity(one.row)}: “{one.row.request}” - {taken}"


def _result(one: Judged, *, secret: bool) -> dict[str, object]:
    return {
        "id": identity(one.row),
        "language": one.row.language,
        "wanted": one.row.tool,
        "used": one.used,
        "right": one.right,
        "passed": one.whole,
        "asked": one.asked,
        "called": one.called,
        "seconds": one.seconds,
        **({} if secret else {"said": one.row.request}),
    }
