"""The conversation and the approvals over HTTP: events as JSON lines."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from agent.app import Approvals, Conversation
from agent.events import Event, as_json
from agent.views import Viewer
from ui.api.feed import each, stream
from ui.api.guard import Asker
from ui.api.wire import answer, answer_view, answer_views

Text = Annotated[str, Body()]


async def events(turn: Callable[[], Iterator[Event]]) -> Response:
    """Answer with the events of a turn."""
    return await stream(each(turn, as_json))


class ConversationRoutes:
    """Talks over HTTP."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/ask", self.ask, methods=["POST"])
        routes.add_api_route("/run", self.run, methods=["POST"])
        routes.add_api_route("/threads", self.threads)
        routes.add_api_route("/threads/{thread}/turns", self.turns)

    async def ask(
        self,
        viewer: Asker,
        text: Text,
        thread: Annotated[str | None, Body()] = None,
        selection: Annotated[list[str], Body()] = [],  # noqa: B006 - read, never changed
        uploads: Annotated[list[str], Body()] = [],  # noqa: B006
    ) -> Response:
        """Answer a request."""
        return await events(
            lambda: self._conversation.ask(text, viewer, thread, selection, uploads)
        )

    async def run(
        self,
        viewer: Asker,
        tool: Text,
        arguments: Annotated[dict[str, Any], Body()],
        thread: Annotated[str | None, Body()] = None,
    ) -> Response:
        """Call one tool."""
        return await events(lambda: self._conversation.run(tool, arguments, viewer, thread))

    def threads(self, viewer: Asker) -> Response:
        """List the person's conversations."""
        return answer_views(self._conversation.threads(viewer))

    def turns(self, viewer: Asker, thread: str, after: int = 0) -> Response:
        """List what a conversation showed."""
        found = self._conversation.turns(thread, viewer, after)
        return answer([{"number": turn.number, "event": as_json(turn.event)} for turn in found])


class ApprovalRoutes:
    """Decisions over HTTP."""

    def __init__(self, approvals: Approvals) -> None:
        self._approvals = approvals

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/approvals", self.pending)
        routes.add_api_route("/approvals/{approval}", self.plan)
        routes.add_api_route("/approvals/{approval}/approve", self.approve, methods=["POST"])
        routes.add_api_route("/approvals/{approval}/reject", self.reject, methods=["POST"])

    def pending(self, viewer: Asker) -> Response:
        """List the plans that wait."""
        return answer_views(self._approvals.pending(viewer))

    def plan(self, viewer: Asker, approval: str) -> Response:
        """Give a plan."""
        return answer_view(self._approvals.get(approval, viewer))

    async def approve(self, viewer: Asker, approval: str) -> Response:
        """Approve and carry out."""
        return await events(lambda: self._approvals.approve(approval, viewer))

    async def reject(
        self, viewer: Asker, approval: str, because: Annotated[str, Body(embed=True)] = ""
    ) -> Response:
        """Reject."""
        return await events(lambda: self._reject(approval, viewer, because))

    def _reject(self, approval: str, viewer: Viewer, because: str) -> Iterator[Event]:
        return self._approvals.reject(approval, viewer, because)
