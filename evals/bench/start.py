"""Cold start, size on disk and peak memory of the real command."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agent.settings import Settings
from evals.bench.measure import Measure, median

STARTS = 3
_PEAK = (
    "import resource, sys\n"
    "from ui.main import dalm\n"
    "try:\n    dalm(sys.argv[1:], prog_name='dalm')\n"
    "finally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
)


def run(settings: Settings) -> list[Measure]:
    """Start the command in a fresh process several times."""
    with tempfile.TemporaryDirectory() as folder:
        variables = {"DALM_HOME": folder, "DALM_MODELS": str(settings.models_folder)}
        plain = {**variables, "DALM_BRAIN": "none"}
        _first_event(plain)
        bare = median([_bare(plain) for _ in range(STARTS)])
        cold = median([_first_event(plain) for _ in range(STARTS)])
        peak = _peak(variables)
    return [
        Measure(
            "cold start of `dalm ask` to its first event",
            f"{cold:.2f} s",
            "the bare import of langgraph, langchain-core and SQLAlchemy",
            f"{bare:.2f} s",
            f"{cold / bare:.2f}",
            "small",
        ),
        Measure(
            "peak memory of a request with the local brain",
            f"{peak / 1e6:.2f} GB" if peak else "not measured",
            "the model file in memory",
            f"{_size(settings) / 1e9:.2f} GB",
            f"{peak * 1000 / max(1, _size(settings)):.2f}",
            "under 3 GB",
        ),
    ]


def _environment(variables: dict[str, str]) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": variables["DALM_HOME"], **variables}


def _first_event(variables: dict[str, str]) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "ui.main", "ask", "/library_report", "--json"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(variables)
    ) as started:
        assert started.stdout is not None
        json.loads(started.stdout.readline())
        passed = time.perf_counter() - began
        started.stdout.read()
    return passed


def _bare(variables: dict[str, str]) -> float:
    began = time.perf_counter()
    code = "import langgraph.graph, langchain_core.language_models, sqlalchemy"
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], check=True, env=_environment(variables)
    )
    return time.perf_counter() - began


def _peak(variables: dict[str, str]) -> int:
    """Give the peak resident memory in kilobytes, or 0 when the model is not there."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _PEAK, "ask", "show me animals", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(variables),
    )
    last = done.stderr.strip().splitlines()[-1:] or ["0"]
    return int(last[0]) if last[0].isdigit() else 0


def _size(settings: Settings) -> int:
    files = list(Path(settings.models_folder).glob("*.gguf"))
    return max((file.stat().st_size for file in files), default=0)
