"""`dalm chat`: the conversation in a terminal, line by line."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from agent.app import App
from agent.events import Started
from agent.views import DomainError, Fixable, Viewer
from ui import render
from ui.cli.door import Entrance, as_option, console
from ui.cli.show import plan_card
from ui.cli.turn import Result, play

LOG = logging.getLogger("dalm")
REMEMBERED = 1000
HELP = (
    ("show me animals", "ask for anything in plain language"),
    ("make the second one an instagram story", "numbers and 'these' mean what was shown last"),
    ("approve ID, reject ID because ...", "decide what waits"),
    ("undo that", "take the last change back"),
    ("/search_assets query=dogs", "call a tool, without any model"),
    ("/usage", "tokens and cost of the chat model today"),
    ("/pending", "what waits for a decision"),
    ("/threads, /open N, /new", "earlier conversations, go on with one, begin one"),
    ("/quit", "leave; Ctrl-C only stops an answer"),
)


@click.command()
@as_option
@click.option("--thread", metavar="T", help="Go on with a conversation.")
@click.pass_obj
def chat(entrance: Entrance, user: str | None, thread: str | None) -> None:
    """Talk with the agent in this terminal."""
    with entrance.app() as app:
        Chat(app, app.admin.person(user), entrance, console(), thread).talk()


class Chat:
    """One sitting at the terminal."""

    def __init__(
        self, app: App, viewer: Viewer, entrance: Entrance, screen: Console, thread: str | None
    ) -> None:
        self._app = app
        self._viewer = viewer
        self._entrance = entrance
        self._screen = screen
        self._thread = thread
        self._seen = 0
        self._stopped = False
        self._own = {
            "help": self._help,
            "pending": self._pending,
            "threads": self._threads,
            "new": self._new,
        }

    def talk(self) -> None:
        """Read and answer until the person leaves."""
        name = render.plain(self._viewer.name)
        self._dim(f"This is an AI that works on behalf of {name}. /help says what to type.")
        if self._thread:
            thread = self._thread
            self._guarded(lambda: self._replay(thread))
        with history(self._entrance.home() / "chat_history"):
            while (line := self._read()) is not None:
                if line in {"/quit", "/exit"}:
                    return
                if line:
                    self._guarded(partial(self._obey, line))

    def _read(self) -> str | None:
        """Read a line; Ctrl-C empties it, the end of the input leaves."""
        try:
            return input("\n› ").strip()
        except KeyboardInterrupt:
            return ""
        except EOFError:
            self._screen.print()
            return None

    def _guarded(self, action: Callable[[], None]) -> None:
        """Let nothing that goes wrong in one turn end the sitting."""
        try:
            action()
        except KeyboardInterrupt:
            self._dim("Stopped.")
        except DomainError as error:
            self._screen.print(Text(render.plain(str(error), 800), "red"))
        except Exception:
            number = secrets.token_hex(4)
            LOG.exception("error %s in chat", number)
            self._screen.print(Text(f"Something went wrong here. Error {number}.", "red"))

    def _obey(self, line: str) -> None:
        """Carry out a line: one of the terminal's own commands, or a request."""
        name, _, rest = line.removeprefix("/").partition(" ")
        if line.startswith("/") and name in self._own:
            self._own[name]()
        elif line.startswith("/open"):
            self._open(rest.strip())
        else:
            self._news()
            self._ask(line)

    def _ask(self, line: str) -> None:
        result = Result()
        asked = self._app.conversation.ask(line, self._viewer, self._thread)
        self._stopped = True
        try:
            play(asked, self._screen, self._entrance.now(), result=result)
            self._stopped = False
        finally:
            self._thread = result.thread or self._thread
        self._seen = self._last()

    def _news(self) -> None:
        """Show what decisions at other doors added to this conversation meanwhile."""
        if self._stopped:
            self._seen, self._stopped = self._last(), False
        elif self._thread:
            turns = self._app.conversation.turns(self._thread, self._viewer, self._seen)
            if turns:
                self._dim("Meanwhile:")
                play((turn.event for turn in turns), self._screen, self._entrance.now())

    def _last(self) -> int:
        if not self._thread:
            return 0
        turns = self._app.conversation.turns(self._thread, self._viewer, self._seen)
        return turns[-1].number if turns else self._seen

    def _replay(self, thread: str) -> None:
        """Show a conversation from its beginning and go on with it."""
        for turn in self._app.conversation.turns(thread, self._viewer):
            if isinstance(turn.event, Started):
                self._screen.print(Text(f"\n› {render.plain(turn.event.text, 400)}", "bold"))
            play(iter([turn.event]), self._screen, self._entrance.now())
            self._seen = turn.number
        self._thread = thread

    def _help(self) -> None:
        for words, meaning in HELP:
            self._screen.print(Text(f"  {words:<42}", "cyan").append(meaning, "dim"))

    def _pending(self) -> None:
        plans = self._app.approvals.pending(self._viewer)
        for plan in plans:
            plan_card(self._screen, plan, self._entrance.now())
        if not plans:
            self._dim("Nothing waits for a decision.")

    def _threads(self) -> None:
        found = self._app.conversation.threads(self._viewer)
        for number, thread in enumerate(found, 1):
            here = "  (this one)" if thread.id == self._thread else ""
            self._screen.print(Text(f"{number:3d}  {render.plain(thread.title, 70)}{here}"))
        self._dim("/open N goes on with one." if found else "There are no conversations yet.")

    def _open(self, number: str) -> None:
        found = self._app.conversation.threads(self._viewer)
        chosen = int(number) if number.isdecimal() else 0
        if not 1 <= chosen <= len(found):
            raise Fixable("/open wants a number of the list that /threads shows.")
        self._seen = 0
        self._replay(found[chosen - 1].id)

    def _new(self) -> None:
        self._thread, self._seen = None, 0
        self._dim("A new conversation.")

    def _dim(self, text: str) -> None:
        self._screen.print(Text(text, "dim"))


@contextmanager
def history(file: Path) -> Iterator[None]:
    """Remember lines from one sitting to the next, where Python was built with readline."""
    try:
        import readline  # noqa: PLC0415 - not every Python has it
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(REMEMBERED)
    try:
        yield
    finally:
        with suppress(OSError):
            readline.write_history_file(file)
            file.chmod(0o600)
