"""The way in: the App of the server that runs, or our own once nobody else has the library."""

import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Protocol

import click

from agent.app import App
from agent.views import DomainError, Fixable, Report, Survey
from ui import render

LOG = logging.getLogger("dalm")
EVERY = 0.3
# Bytes; a database grows by pages, so the last few of a disk are never used up.
FULL = 100_000
EXPECTED = (DomainError, click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


class Settings(Protocol):
    """What a command needs to know of the settings."""

    @property
    def home(self) -> Path:
        """Give the data folder."""
        ...

    @property
    def host(self) -> str:
        """Give the address to listen on."""
        ...

    @property
    def port(self) -> int:
        """Give the port to listen on."""
        ...


class Server(Protocol):
    """A server that runs."""

    @property
    def pid(self) -> int:
        """Give its process."""
        ...

    @property
    def url(self) -> str:
        """Give its address."""
        ...


class Ways(Protocol):
    """The ways into the application and out to the doors, which only the entry knows."""

    def settings(self) -> Settings:
        """Read the settings."""
        ...

    def open_app(
        self, settings: Any, attach_note: Callable[[str], None], purpose: str
    ) -> AbstractContextManager[App]:
        """Open the application in this process; `attach_note` hears who else has the library.

        `purpose` is what others hear of this process while they wait.
        """
        ...

    def survey(self, settings: Any, paths: Sequence[Path], report: Report) -> Survey:
        """Look at files that are not in the library."""
        ...

    def running(self, home: Path) -> Server | None:
        """Find the server that runs."""
        ...

    def attach(self, home: Path) -> AbstractContextManager[App] | None:
        """Lend the application of the server that runs, when it answers."""
        ...

    def announced(self, home: Path, url: str) -> AbstractContextManager[None]:
        """Say that this process serves."""
        ...

    def site(self, app: App, home: Path) -> Any:
        """Give the ASGI application of the web chat and the API."""
        ...


class Taken(Exception):
    """Another process has the library; raised in place of waiting for it blindly."""


class House:
    """Opens the application; a command asks for nothing else."""

    def __init__(self, ways: Ways, sleep: Callable[[float], None] = time.sleep) -> None:
        self.ways = ways
        self._sleep = sleep

    @cached_property
    def settings(self) -> Settings:
        """Give the settings, read once."""
        return self.ways.settings()

    def home(self) -> Path:
        """Give the data folder."""
        return self.settings.home

    def now(self) -> datetime:
        """Tell the time."""
        return datetime.fromtimestamp(time.time(), UTC)

    def survey(self, paths: Sequence[Path], report: Report) -> Survey:
        """Look at files that are not in the library, without opening it."""
        return self.ways.survey(self.settings, paths, report)

    @contextmanager
    def app(self, *, own: bool = False) -> Iterator[App]:
        """Lend the application; `own` wants it in this process, not a server's."""
        with ExitStack() as stack:
            stack.enter_context(logged(self.home() / "log"))
            stack.enter_context(recovery_told())
            try:
                yield self._entered(stack, own=own)
            except EXPECTED:
                raise
            except Exception as error:
                number = secrets.token_hex(4)
                LOG.exception("error %s", number)
                if shutil.disk_usage(self.home()).free < FULL:
                    raise Fixable("The disk is full: free some space and do it again.") from error
                said = error.strerror if isinstance(error, OSError) else None
                where = self.home() / "log" / "dalm.log"
                raise Fixable(
                    f"{said or 'Something went wrong here'}. Error {number}; see {where}."
                ) from error

    def _entered(self, stack: ExitStack, *, own: bool) -> App:
        told = False
        while True:
            attached = self.ways.attach(self.home())
            if attached:
                app = stack.enter_context(attached)
                if own:
                    raise Fixable(self._served())
                return app
            try:
                return stack.enter_context(self.ways.open_app(self.settings, _taken, _purpose()))
            except Taken as taken:
                if not told:
                    click.echo(f"{render.plain(str(taken))} Ctrl-C gives up.", err=True)
                told = True
                self._sleep(EVERY)

    def _served(self) -> str:
        found = self.ways.running(self.home())
        where = f": open {found.url} (process {found.pid})" if found else ""
        return f"The library is being served already{where}."


def _purpose() -> str:
    context = click.get_current_context(silent=True)
    return f"dalm {context.info_name}" if context else "dalm"


def _taken(text: str) -> None:
    raise Taken(text)


@contextmanager
def logged(folder: Path) -> Iterator[None]:
    """Keep the log in the data folder; a person's terminal shows no traceback."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fixable(
            f"The data folder cannot be used: {folder}: {error.strerror}. Set DALM_HOME to another."
        ) from error
    handler = _QuietLog(
        folder / "dalm.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        with suppress(OSError):
            handler.close()


@contextmanager
def recovery_told() -> Iterator[None]:
    """Tell on the terminal what was found unfinished of a program that ended too early."""
    handler, log = _Terminal(logging.WARNING), logging.getLogger("dalm.recovery")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _Terminal(logging.Handler):
    """Says each line of a log beside the answer, where it does not mix with it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say a line."""
        click.echo(render.plain(record.getMessage(), 1200), err=True)


class _QuietLog(RotatingFileHandler):
    """A log that says nothing in its place when it cannot be written, as on a full disk."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (the base names it)
        """Go on without the line."""
