"""The report of a run of cases, as Markdown and as JSON; texts of test cases stay out of both."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from evals.results import Outcome, Result, Trial, Used
from evals.shares import Share, median, percentile, share
from evals.tables import confusion, counted, shares

ANY = "(any)"


def markdown(outcome: Outcome) -> str:
    """Write a run as a report."""
    splits = " and ".join(dict.fromkeys(result.split for result in outcome.results))
    lines = [
        f"# Evaluation of `{outcome.header.brain}` on the {splits} split",
        "",
        *outcome.header.lines(),
        *_figures(outcome),
    ]
    groups: dict[str, Callable[[Result], Sequence[str]]] = {
        "kind": lambda result: [result.kind],
        "tool": lambda result: result.wanted or [ANY],
        "language": lambda result: [result.language],
        "split": lambda result: [result.split],
    }
    for name, key in groups.items():
        found = _grouped(outcome.results, key)
        if name != "split" or len(found) > 1:
            lines += ["", f"## By {name}", "", *shares(name, "right", found)]
    lines += ["", "## Wanted tool and used tool", "", *confusion(_pairs(outcome.results))]
    lines += _wrong(outcome)
    return "\n".join(lines) + "\n"


def document(outcome: Outcome) -> dict[str, object]:
    """Give a run as the JSON document that runs are compared by."""
    return {
        "kind": "cases",
        "header": asdict(outcome.header),
        "right": asdict(outcome.right),
        "unapproved": list(outcome.unapproved),
        "invented": list(outcome.invented),
        "warming": round(outcome.warming, 1),
        "results": [_result(result) for result in outcome.results],
    }


def write(text: str, known: dict[str, object], folder: Path, name: str) -> None:
    """Write a report as Markdown and as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    written = json.dumps(known, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(written + "\n", encoding="utf-8")


def _figures(outcome: Outcome) -> list[str]:
    trials = outcome.trials
    seconds = [one for trial in trials for one in trial.seconds]
    lines = [f"| cases wholly right | {outcome.right} |"]
    if len(trials) > len(outcome.results):
        each = len(trials) // max(1, len(outcome.results))
        lines[0] = f"| cases wholly right in all {each} trials | {outcome.right} |"
        lines.append(f"| trials wholly right | {share(trial.right for trial in trials)} |")
    return [
        *lines,
        f"| effects that nobody had approved | {len(outcome.unapproved)} |",
        f"| invented ids | {len(outcome.invented)} |",
        f"| seconds a request | median {median(seconds):.2f}, "
        f"95th percentile {percentile(seconds, 0.95):.2f}, {len(seconds)} requests |",
        f"| seconds until the brain was warm | {outcome.warming:.1f} |",
        f"| tokens and cost | {_spent(trials)} |",
        f"| peak memory of the process | "
        f"{max((trial.peak_gigabytes for trial in trials), default=0.0):.2f} GiB |",
    ]


def _spent(trials: Iterable[Trial]) -> str:
    total = sum((trial.used for trial in trials), Used())
    if total.tokens_in is None:
        return "not told"
    cost = "not told" if total.cost is None else f"{total.cost:.4f}"
    return f"{total.tokens_in:,} in, {total.tokens_out or 0:,} out, cost {cost}"


def _grouped(results: Sequence[Result], key: Callable[[Result], Sequence[str]]) -> dict[str, Share]:
    names = sorted({name for result in results for name in key(result)})
    return {name: share(r.passed for r in results if name in key(r)) for name in names}


def _pairs(results: Sequence[Result]) -> list[tuple[str, str]]:
    """Pair each wanted tool with itself where it was used, else with what was used instead."""
    pairs = []
    for result in results:
        for trial in result.trials:
            others = [name for name in trial.tools if name not in result.wanted]
            missed = ", ".join(dict.fromkeys(others)) or "nothing"
            pairs += [(name, name if name in trial.tools else missed) for name in result.wanted]
    return pairs


def _wrong(outcome: Outcome) -> list[str]:
    wrong = [result for result in outcome.results if not result.passed]
    lines: list[str] = []
    checks = [fault.check for trial in outcome.trials for fault in trial.faults]
    if checks:
        lines += ["", "## What did not hold", "", *counted("check", "times", checks)]
    for title, found in (
        ("Effects that nobody had approved", outcome.unapproved),
        ("Invented ids", outcome.invented),
    ):
        if found:
            lines += ["", f"## {title}", "", *(f"- {text}" for text in found)]
    if wrong:
        lines += ["", "## Not right", "", *(_line(result) for result in wrong)]
    return lines


def _line(result: Result) -> str:
    right = sum(trial.right for trial in result.trials)
    often = f" (right in {right} of {len(result.trials)} trials)" if len(result.trials) > 1 else ""
    if result.secret:
        return f"- {result.id}{often}"
    texts = dict.fromkeys(f.text for trial in result.trials for f in trial.faults)
    said = " / ".join(result.said)
    return f"- {result.id}{often}: “{said}” - {'; '.join(texts)}"


def _result(result: Result) -> dict[str, object]:
    open_texts: dict[str, object] = {} if result.secret else {"said": list(result.said)}
    seconds = [one for trial in result.trials for one in trial.seconds]
    return {
        "id": result.id,
        "kind": result.kind,
        "language": result.language,
        "split": result.split,
        "wanted": list(result.wanted),
        "passed": result.passed,
        "seconds": round(sum(seconds) / max(1, len(seconds)), 3),
        **open_texts,
        "trials": [_trial(trial, secret=result.secret) for trial in result.trials],
    }


def _trial(trial: Trial, *, secret: bool) -> dict[str, object]:
    faults: list[object] = [
        fault.check if secret else f"{fault.check}: {fault.text}" for fault in trial.faults
    ]
    return {**asdict(trial), "right": trial.right, "faults": faults}
