"""What every command shares: the way to the App, the two consoles, JSON lines and progress."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click
from rich.console import Console

from agent.app import App
from agent.views import Report, Survey
from ui import render

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Command = TypeVar("Command", bound=Callable[..., Any])


class Entrance(Protocol):
    """Opens the application for a command."""

    def app(self) -> AbstractContextManager[App]:
        """Open the App, in this process or in the server that runs."""
        ...

    def survey(self, paths: Sequence[Path], report: Report) -> Survey:
        """Look at files that are not in the library, without opening it."""
        ...

    def now(self) -> datetime:
        """Tell the time, with its zone."""
        ...

    def home(self) -> Path:
        """Give the data folder."""
        ...


def as_option(command: Command) -> Command:
    """Let the local owner act as a person of the users file."""
    return click.option("--as", "user", metavar="USER", help="Act as a user of users.toml.")(
        command
    )


def json_option(command: Command) -> Command:
    """Let a program read the output."""
    return click.option("--json", "as_json", is_flag=True, help="JSON lines, and nothing else.")(
        command
    )


def json_line(document: object) -> None:
    """Print a JSON line in ASCII, so that nothing in it can act on a terminal or break a reader.

    Bytes of a file name that are no text become question marks.
    """
    text = json.dumps(document, ensure_ascii=False, default=sorted)
    clean = json.loads(text.encode("utf-8", "replace"))
    click.echo(json.dumps(clean))


def json_view(view: "DataclassInstance") -> None:
    """Print a view as a JSON line."""
    json_line(asdict(view))


def console() -> Console:
    """Give a console for people; it takes nothing in a text for markup."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)


def complain(text: str) -> None:
    """Say on the other channel what went wrong."""
    click.echo(render.plain(text, 1000), err=True)


class Ticker:
    """One line of progress at the foot of a terminal; nothing at all when nobody looks."""

    def __init__(self) -> None:
        self._seen = sys.stderr.isatty()
        self._shown = False

    def show(self, text: str) -> None:
        """Put a text in place of the last one."""
        if self._seen:
            width = get_terminal_size().columns - 1
            self._shown = True
            sys.stderr.write(f"\r\x1b[2K\x1b[2m{render.plain(text, width)}\x1b[0m")
            sys.stderr.flush()

    def report(self, done: int, total: int, note: str) -> None:
        """Follow long work."""
        share = f"{100 * done // total:3d} %  " if total else ""
        self.show(share + note)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._shown = False
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
