"""Plays the events of a turn, for a person or for a program, and tells how it came out."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime

from rich.console import Console
from rich.text import Text as Line

from agent.events import (
    Assets,
    Error,
    Event,
    Finished,
    NeedsApproval,
    Progress,
    Question,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
    as_json,
)
from agent.views import DomainError, Refused
from ui import render
from ui.cli.door import Ticker, json_line
from ui.cli.show import IN_CHAT, Words, gallery, plan_card
from ui.cli.speech import Speech

UNDONE = frozenset({"refused", "fixable", "unavailable", "error"})


class Result:
    """Follows a turn: it failed when anything was refused or broke, or its last tool did nothing.

    A brain that corrects a call that could not be carried out has done what was asked.
    """

    def __init__(self) -> None:
        self.thread = ""
        self._broken = False
        self._undone = False

    def note(self, event: Event) -> None:
        """Take an event into account."""
        match event:
            case Started(thread=thread) | Finished(thread=thread):
                self.thread = thread or self.thread
            case RefusedCall() | Error():
                self._broken = True
            case ToolUsed(outcome=outcome):
                self._undone = outcome in UNDONE
            case _:
                pass

    @property
    def code(self) -> int:
        """Give the exit code."""
        return 1 if self._broken or self._undone else 0


def worded(events: Iterator[Event]) -> Generator[Event]:
    """Turn a failure that ends a turn into its last event."""
    try:
        yield from events
    except Refused as error:
        yield RefusedCall(str(error))
    except DomainError as error:
        yield Error(str(error))
    finally:
        if isinstance(events, Generator):
            events.close()


def play_json(events: Iterator[Event]) -> Result:
    """Print the events as JSON lines."""
    result = Result()
    with closing(worded(events)) as told:
        for event in told:
            result.note(event)
            json_line(as_json(event))
    return result


def play(
    events: Iterator[Event],
    console: Console,
    now: datetime,
    words: Words = IN_CHAT,
    result: Result | None = None,
) -> Result:
    """Show the events as they come; a given result knows the thread even when it is stopped."""
    result = result or Result()
    stage = Stage(console, now, words)
    with closing(worded(events)) as told:
        try:
            for event in told:
                result.note(event)
                stage.show(event)
        finally:
            stage.close()
    return result


class Stage:
    """The screen of a turn: progress below, everything else above it and for good."""

    def __init__(self, console: Console, now: datetime, words: Words) -> None:
        self._console = console
        self._words = words
        self._now = now
        self._speech = Speech(console)
        self._ticker = Ticker()

    def show(self, event: Event) -> None:
        """Show an event."""
        match event:
            case Progress():
                self._ticker.show(render.progress(event))
            case Text(text):
                self._ticker.clear()
                self._speech.say(text)
            case _:
                self.close()
                self._whole(event)

    def close(self) -> None:
        """Leave a whole line and no progress behind."""
        self._ticker.clear()
        self._speech.end()

    def _whole(self, event: Event) -> None:
        match event:
            case ToolUsed():
                self._line(f"· {render.step(event)}", "dim")
            case Assets(assets=assets, note=note):
                gallery(self._console, assets, note)
            case Question(text=text, assets=assets):
                self._line(render.plain(text, 600), "bold")
                gallery(self._console, assets)
            case NeedsApproval(plan=plan):
                plan_card(self._console, plan, self._now, self._words)
            case ReceiptGiven():
                self._receipt(event)
            case RefusedCall(text=text):
                self._line(f"Refused: {render.plain(text, 800)}", "red")
            case Error(text=text):
                self._line(render.plain(text, 800), "red")
            case _:
                pass

    def _receipt(self, event: ReceiptGiven) -> None:
        self._line(f"✓ {render.plain(event.text, 400)}", "green")
        if event.undo:
            words = self._words.undo.format(render.plain(event.receipt, 60))
            self._line(f"  to take it back: {words}", "dim")
        if event.follow_up:
            self._line(f"  next: {render.plain(event.follow_up)}", "dim")

    def _line(self, text: str, style: str) -> None:
        self._console.print(Line(text, style))
