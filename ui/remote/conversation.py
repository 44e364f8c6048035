"""The conversation and the approvals of a running server."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, cast

from agent.events import Event, Turn, from_json
from agent.views import PlanView, ThreadView, Viewer, read
from ui.remote.wire import Wire, place


class RemoteConversation:
    """Implements app.Conversation over the API."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def ask(
        self,
        text: str,
        viewer: Viewer,
        thread: str | None = None,
        selection: Sequence[str] = (),
        uploads: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Answer a request."""
        document = {
            "text": text,
            "thread": thread,
            "selection": list(selection),
            "uploads": list(uploads),
        }
        return events(self._wire, "ask", viewer, document)

    def run(
        self, tool: str, arguments: Mapping[str, object], viewer: Viewer, thread: str | None = None
    ) -> Iterator[Event]:
        """Call one tool."""
        document = {"tool": tool, "arguments": dict(arguments), "thread": thread}
        return events(self._wire, "run", viewer, document)

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        """List the person's conversations."""
        return read(list[ThreadView], self._wire.get("threads", viewer))

    def turns(self, thread: str, viewer: Viewer, after: int = 0) -> list[Turn]:
        """List what a conversation showed."""
        found = self._wire.get(place("threads", thread, "turns"), viewer, {"after": after})
        pairs = [(int(one["number"]), from_json(one["event"])) for one in found]
        return [Turn(number, event) for number, event in pairs if event is not None]


class RemoteApprovals:
    """Implements app.Approvals over the API."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def pending(self, viewer: Viewer) -> list[PlanView]:
        """List the plans that wait."""
        return read(list[PlanView], self._wire.get("approvals", viewer))

    def get(self, approval: str, viewer: Viewer) -> PlanView:
        """Give a plan."""
        return read(PlanView, self._wire.get(place("approvals", approval), viewer))

    def approve(self, approval: str, viewer: Viewer) -> Iterator[Event]:
        """Approve and carry out."""
        return events(self._wire, place("approvals", approval, "approve"), viewer, {})

    def reject(self, approval: str, viewer: Viewer, because: str = "") -> Iterator[Event]:
        """Reject."""
        where = place("approvals", approval, "reject")
        return events(self._wire, where, viewer, {"because": because})


def events(wire: Wire, path: str, viewer: Viewer, document: object) -> Iterator[Event]:
    """Read the events of a turn; kinds that this version does not know are passed over."""
    lines = cast("Any", wire.lines(path, viewer, document))
    with closing(lines) as found:
        for line in found:
            event = from_json(line)
            if event is not None:
                yield event
