"""Progress on standard error: a bar in a terminal, else a line for each step."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from agent.views import Report


def plain(done: int, total: int, note: str) -> None:
    """Write one line."""
    of = f"{done}/{total}" if total else (str(done) if done else "-")
    sys.stderr.write(f"{of} {note}\n")
    sys.stderr.flush()


@contextmanager
def progress() -> Iterator[Report]:
    """Lend what shows how far long work is."""
    if not sys.stderr.isatty():
        yield plain
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, note: str) -> None:
            bar.update(task, completed=done, total=total or None, description=note)
            if note.endswith(": wrong"):
                bar.console.print(note, markup=False, highlight=False)

        yield report
