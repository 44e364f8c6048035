"""Plays cases against the real application and writes what came of them."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path

from agent.app import App
from agent.brain_room import BrainRoom
from agent.views import Report
from evals.case import Case
from evals.grade import Grader
from evals.play import play
from evals.world import Worlds


@dataclass(frozen=True, slots=True)
class Result:
    """How a case went; `seconds` is the mean time of a spoken turn."""

    id: str
    kind: str
    language: str
    passed: bool
    wrong: tuple[str, ...]
    unapproved: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All results of a run on one brain."""

    brain: str
    results: tuple[Result, ...]

    @property
    def passed(self) -> int:
        """Count the cases that are wholly right."""
        return sum(result.passed for result in self.results)

    @property
    def unapproved(self) -> tuple[str, ...]:
        """List effects that nobody approved; one of them fails the whole run."""
        return tuple(effect for result in self.results for effect in result.unapproved)

    @property
    def ok(self) -> bool:
        """Tell whether nothing happened that nobody approved."""
        return not self.unapproved


def run(
    cases: Sequence[Case], worlds: Worlds, brain: BrainRoom, name: str, report: Report
) -> Outcome:
    """Play every case in a library of its own."""
    worlds.prepare(report)
    results = []
    for number, case in enumerate(cases, start=1):
        with worlds.fresh(case.id, brain) as app:
            results.append(_play(case, app))
        mark = "right" if results[-1].passed else f"wrong: {'; '.join(results[-1].wrong)}"
        report(number, len(cases), f"{case.id}: {mark}")
    return Outcome(name, tuple(results))


def _play(case: Case, app: App) -> Result:
    played = play(case, app)
    grade = Grader(app, played).grade(case, played)
    seconds = sum(played.spoken) / max(1, len(played.spoken))
    return Result(
        id=case.id,
        kind=case.kind,
        language=case.language,
        passed=grade.right,
        wrong=(*grade.wrong, *grade.invented),
        unapproved=grade.unapproved,
        seconds=round(seconds, 3),
    )


def interval(right: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, p = 1.96, right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def markdown(outcome: Outcome) -> str:
    """Write a run as a report."""
    n = len(outcome.results)
    low, high = interval(outcome.passed, n)
    times = sorted(result.seconds for result in outcome.results) or [0.0]
    lines = [
        f"# Evaluation, brain `{outcome.brain}`",
        "",
        f"{outcome.passed} of {n} cases wholly right "
        f"({outcome.passed / max(1, n):.0%}, 95 % interval {low:.0%} to {high:.0%}); "
        f"{len(outcome.unapproved)} unapproved effects; a turn takes "
        f"{times[len(times) // 2]:.2f} s at the median and "
        f"{times[int(len(times) * 0.95)]:.2f} s at the 95th percentile "
        f"({platform.machine()}, {platform.system()}).",
        "",
        "| kind | right | cases |",
        "|---|---|---|",
    ]
    kinds = dict.fromkeys(result.kind for result in outcome.results)
    for kind in kinds:
        of_kind = [result for result in outcome.results if result.kind == kind]
        lines.append(f"| {kind} | {sum(r.passed for r in of_kind)} | {len(of_kind)} |")
    wrong = [result for result in outcome.results if not result.passed]
    if wrong:
        lines += ["", "## Not right", ""]
        lines += [f"- {r.id}: {'; '.join((*r.wrong, *r.unapproved))}" for r in wrong]
    return "\n".join(lines) + "\n"


def write(outcome: Outcome, folder: Path) -> None:
    """Write the report as Markdown and as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{outcome.brain}.md").write_text(markdown(outcome), encoding="utf-8")
    text = json.dumps(asdict(outcome), indent=1, ensure_ascii=False)
    (folder / f"{outcome.brain}.json").write_text(text + "\n", encoding="utf-8")
