"""Turns that run on their own, so that a closed tab or a reload loses nothing."""

import asyncio
import logging
import secrets
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

from agent.events import Error, Event, Finished, RefusedCall, Started
from agent.views import DomainError, Viewer

LOG = logging.getLogger("dalm")
LOOK = 0.04
KEPT = 200


class Live:
    """A turn under way: its events so far, whoever watches it."""

    def __init__(self, viewer: Viewer, events: Iterator[Event], thread: str) -> None:
        self.viewer = viewer
        self.thread = thread
        self.events: list[Event] = []
        self.done = False
        self._stop = threading.Event()
        self._worker = threading.Thread(target=self._drain, args=(events,), daemon=True)

    def begin(self) -> None:
        """Start working."""
        self._worker.start()

    def stop(self) -> None:
        """Stop before the next event."""
        self._stop.set()

    async def changes(self) -> AsyncIterator[list[Event]]:
        """Give the events so far whenever there are more, and at the end."""
        seen = -1
        while not self.done:
            if len(self.events) != seen:
                seen = len(self.events)
                yield list(self.events)
            await asyncio.sleep(LOOK)
        yield list(self.events)

    def _drain(self, events: Iterator[Event]) -> None:
        try:
            with closing(events) as running:  # type: ignore[type-var]
                for event in running:
                    if isinstance(event, Started | Finished):
                        self.thread = event.thread or self.thread
                    self.events.append(event)
                    if self._stop.is_set():
                        break
        except DomainError as error:
            self.events.append(RefusedCall(str(error)))
        except Exception:  # the edge: logged once under an id
            number = secrets.token_hex(4)
            LOG.exception("error %s in the web front door", number)
            self.events.append(Error(f"Something went wrong here. Error {number}.", number))
        finally:
            self.done = True


class Turns:
    """The turns under way, by conversation."""

    def __init__(self) -> None:
        self._live: list[Live] = []
        self._guard = threading.Lock()

    def begin(self, viewer: Viewer, events: Iterator[Event], thread: str) -> Live:
        """Begin to work on a turn."""
        live = Live(viewer, events, thread)
        with self._guard:
            self._live = [one for one in self._live if not one.done][-KEPT:]
            self._live.append(live)
        live.begin()
        return live

    def of(self, viewer: Viewer, thread: str) -> Live | None:
        """Give the turn that a conversation of the person has under way."""
        if not thread:
            return None
        mine = (
            one
            for one in self._live
            if one.thread == thread and one.viewer.id == viewer.id and not one.done
        )
        return next(mine, None)
