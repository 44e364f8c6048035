"""Two runs compared case by case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.shares import Share, mcnemar, median, share


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the cases that both runs hold; `p` is the exact McNemar value."""

    old: Share
    new: Share
    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    p: float
    old_seconds: float
    new_seconds: float
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


def read_run(path: Path) -> dict[str, Any]:
    """Read the JSON of a run; ValueError for a file that holds none."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        one_each = {
            result["id"]: (result["passed"], result["seconds"]) for result in known["results"]
        }
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name} holds no run: {type(error).__name__}.") from error
    if not one_each:
        raise ValueError(f"{path.name} holds a run without any result.")
    return known if isinstance(known, dict) else {}


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare two runs; what only one of them holds is listed and not counted."""
    before = {result["id"]: result for result in old["results"]}
    after = {result["id"]: result for result in new["results"]}
    both = [name for name in before if name in after]
    fixed = [n for n in both if after[n]["passed"] and not before[n]["passed"]]
    broken = [n for n in both if before[n]["passed"] and not after[n]["passed"]]
    return Comparison(
        old=share(before[name]["passed"] for name in both),
        new=share(after[name]["passed"] for name in both),
        fixed=tuple(fixed),
        broken=tuple(broken),
        p=mcnemar(len(fixed), len(broken)),
        old_seconds=median([before[name]["seconds"] for name in both]),
        new_seconds=median([after[name]["seconds"] for name in both]),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def markdown(found: Comparison, names: tuple[str, str]) -> str:
    """Write a comparison."""
    lines = [
        f"# {names[1]} against {names[0]}",
        "",
        f"| | {names[0]} | {names[1]} |",
        "|---|---|---|",
        f"| right, of what both hold | {found.old} | {found.new} |",
        f"| median seconds | {found.old_seconds:.2f} | {found.new_seconds:.2f} |",
        "",
        f"{len(found.fixed)} fixed, {len(found.broken)} broken, exact McNemar p = {found.p:.3g}.",
    ]
    for title, ids in (
        ("Fixed", found.fixed),
        ("Broken", found.broken),
        (f"Only in {names[0]}", found.only_old),
        (f"Only in {names[1]}", found.only_new),
    ):
        if ids:
            lines += ["", f"## {title}", "", *(f"- {name}" for name in ids)]
    return "\n".join(lines) + "\n"
