"""The log of conversations: whose each is, and what it showed, event by event."""

import json
import re
from collections.abc import Sequence

from agent.calls import whole
from agent.events import (
    Assets,
    Event,
    NeedsApproval,
    Progress,
    Question,
    Text,
    Turn,
    as_json,
    from_json,
)
from agent.views import ThreadView
from tools.core.directory import SYSTEM
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.plans import Plan
from tools.core.ports import Clock
from tools.core.records import Catalogue
from tools.reply import quoted

TITLE = 60
LISTED = 50
# The runs of plans lie beside those of conversations, so nobody may talk under a plan's name.
_THREAD = re.compile(r"(?!plan-)[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class ConversationLog:
    """Keeps what conversations showed: ids and short text."""

    def __init__(self, *, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._finished: dict[str, int] = {}

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        """List the person's conversations, newest first."""
        with self._catalogue.reading() as records:
            names = records.threads.of(viewer.id)[:LISTED]
            return [ThreadView(n, _title([e for _, e in records.threads.events(n)])) for n in names]

    def turns(self, thread: str, after: int) -> list[Turn]:
        """List what a thread showed after a numbered event."""
        with self._catalogue.reading() as records:
            rows = records.threads.events(thread, after)
        found = [(number, from_json(json.loads(row))) for number, row in rows]
        return [Turn(number, event) for number, event in found if event is not None]

    def told(self, plan: Plan, events: Sequence[Event]) -> None:
        """Append what a plan came to to the conversation that asked for it."""
        if plan.thread:
            self.keep(plan.thread, events)

    def keep(self, thread: str, events: Sequence[Event]) -> None:
        """Append events; the pieces of a streamed answer become one."""
        rows = [
            whole(json.dumps(as_json(e), ensure_ascii=False))
            for e in _joined(events)
            if not isinstance(e, Progress)
        ]
        named = _named(events)
        with self._catalogue.writing() as records:
            records.threads.log(thread, rows, self._clock.now())
            if named:
                known = records.assets.many(named, SYSTEM)
                records.threads.shown(thread, [asset.id for asset in known])

    def since(self, thread: str) -> str:
        """Say what plans added to the conversation after its last turn."""
        # A long conversation is read once; from then on only what came after its last turn.
        known = self._finished.get(thread, 0)
        with self._catalogue.reading() as records:
            found = [(n, json.loads(event)) for n, event in records.threads.events(thread, known)]
        last = max((n for n, row in found if row["event"] == "finished"), default=known)
        self._finished[thread] = last
        later = [row for n, row in found if n > last and row["event"] in {"text", "refused"}]
        return "\n".join(quoted(row["text"], 300) for row in later[-4:])

    def owned(self, thread: str, viewer: Viewer, *, create: bool = True) -> str:
        """Give the thread back, made the person's if it is new and may be.

        Raises Fixable when it is somebody else's or does not exist.
        """
        with self._catalogue.reading() as records:
            owner = records.threads.owner(thread)
        if owner is None and create:
            if not _THREAD.fullmatch(thread):
                raise Fixable(
                    "A conversation's name has up to 64 plain letters, digits, dots and dashes, "
                    "and is not that of a plan."
                )
            with self._catalogue.writing() as records:
                owner = records.threads.own(thread, viewer.id, self._clock.now())
        if owner != viewer.id:
            raise Fixable("There is no such conversation of yours. Begin a new one.")
        return thread


def _joined(events: Sequence[Event]) -> list[Event]:
    """Join the pieces of a streamed answer."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + event.text)
        else:
            joined.append(event)
    return joined


def _named(events: Sequence[Event]) -> list[str]:
    named: list[str] = []
    for event in events:
        match event:
            case Assets() | Question():
                named += [card.id for card in event.assets]
            case NeedsApproval():
                named += [asset.id for asset in event.plan.assets]
            case _:
                pass
    return list(dict.fromkeys(named))


def _title(rows: Sequence[str]) -> str:
    events = (json.loads(row) for row in rows)
    first = next((str(e["text"]) for e in events if e.get("event") == "started"), "")
    return first[:TITLE] or "New conversation"
