"""What the page is told: pieces of HTML by the place they belong to, made from the App's views."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from agent.app import App
from agent.events import Event, Progress, RefusedCall, Started
from agent.views import DomainError, ExampleView, PlanView, Viewer
from ui import render
from ui.web import cards, example, pane, shell
from ui.web.example import Like
from ui.web.markup import Html, icon, joined, tag, text
from ui.web.thread import Exchange, Item, exchanges, items, show

SHELF = 48
LATEST = 60


@dataclass(slots=True)
class Patch:
    """A change of the page; what is None stays as it is.

    `slots` maps the id of an element to its HTML; `items` are pieces of the thread, `whole` tells
    that they are all of it; `last` is the number of the last turn shown. `asked` is the
    conversation that was asked for, `decided` the plan that a decision is about, `follow` tells
    that a turn is under way, `taken` that a request has arrived, `begun` that work on it has begun,
    or, when it is false, that it came to nothing and its words go back to the person.
    """

    slots: dict[str, str] = field(default_factory=dict)
    items: list[Item] | None = None
    whole: bool = False
    thread: str | None = None
    last: int | None = None
    busy: bool | None = None
    ready: bool | None = None
    toast: str = ""
    waiting: int | None = None
    asked: str | None = None
    decided: str | None = None
    follow: bool | None = None
    taken: bool | None = None
    begun: bool | None = None

    def as_json(self) -> dict[str, object]:
        """Write the patch as the page reads it."""
        known = {one.name: getattr(self, one.name) for one in fields(self)}
        if self.items is not None:
            known["items"] = [[one.key, one.html] for one in self.items]
        return {name: value for name, value in known.items() if value is not None}


class Desk:
    """Reads the App for one page after the other; keeps nothing of any person."""

    def __init__(self, app: App, now: Callable[[], datetime]) -> None:
        self._app = app
        self._now = now

    def opened(self, thread: str, viewer: Viewer) -> Patch:
        """Show a conversation with all that stands around it."""
        patch = self.conversation(thread, viewer)
        patch.slots["who"] = shell.who(viewer)
        patch.slots["behalf"] = shell.behalf(viewer)
        patch.slots["threads"] = self._threads(viewer)
        self._around(patch, viewer)
        return patch

    def conversation(self, thread: str, viewer: Viewer) -> Patch:
        """Show a whole conversation; one that is not the person's opens a new one."""
        if not thread:
            return self._fresh(viewer)
        try:
            turns = self._app.conversation.turns(thread, viewer)
        except DomainError as error:
            patch = self._fresh(viewer)
            patch.toast = str(error)
            return patch
        shown = items((turn.event for turn in turns), self._now())
        last = turns[-1].number if turns else 0
        return Patch(items=shown[-LATEST:], whole=True, thread=thread, last=last)

    def length(self, thread: str, viewer: Viewer) -> int:
        """Count the exchanges of a conversation."""
        if not thread:
            return 0
        turns = self._app.conversation.turns(thread, viewer)
        return len(exchanges(turn.event for turn in turns))

    def running(self, events: Sequence[Event], number: int, thread: str) -> Patch:
        """Show the exchange that is under way."""
        grouped = exchanges(events) or [Exchange(None)]
        grouped[-1].running = True
        shown = [Item(f"x{number + n}", show(one, self._now())) for n, one in enumerate(grouped)]
        started = any(isinstance(event, Started) for event in events)
        return Patch(
            items=shown if started else None,
            thread=thread or None,
            busy=True,
            taken=True,
            begun=True if started else None,
        )

    def finished(self, thread: str, viewer: Viewer, events: Sequence[Event]) -> Patch:
        """Show a conversation after a turn."""
        patch = self.opened(thread, viewer)
        patch.busy, patch.taken = False, True
        if not any(isinstance(event, Started) for event in events):
            patch.toast = _refusals(events)
            patch.begun = False if patch.toast else None
        else:
            patch.begun = True
        return patch

    def deciding(self, events: Sequence[Event]) -> Patch:
        """Show that a decision is being carried out."""
        going = [event for event in events if isinstance(event, Progress)]
        return Patch(toast=render.progress(going[-1]) if going else "")

    def decided(self, approval: str, thread: str, viewer: Viewer, events: Sequence[Event]) -> Patch:
        """Show what a decision came to, in the conversation and in the list of what waits."""
        patch = self.opened(thread, viewer) if thread else Patch()
        self._around(patch, viewer)
        patch.decided = approval
        patch.toast = _refusals(events)
        try:
            plan = self._app.approvals.get(approval, viewer)
        except DomainError:
            return patch
        if not patch.toast and (not thread or plan.thread != thread):
            patch.toast = f"{plan.summary}. {render.plan_state(plan)}."
        return patch

    def tick(self, thread: str, after: int, viewer: Viewer) -> Patch:
        """Show what came since: turns that plans added, what waits, what has become ready."""
        patch = Patch()
        if thread:
            try:
                if self._app.conversation.turns(thread, viewer, after):
                    patch = self.conversation(thread, viewer)
            except DomainError:
                patch = Patch()
        self._around(patch, viewer)
        return patch

    def shelf(self, asked: pane.Asked, viewer: Viewer, *, weak: bool = False) -> Patch:
        """Show the library."""
        library = self._app.library
        try:
            if asked.like:
                return Patch({"shelf": self._alike(asked.like, viewer, weak=weak), "facets": ""})
            view = library.browse(viewer, asked.filters, SHELF, asked.offset)
            counted = pane.facets(view.facets, asked.filters)
            if not asked.query.strip():
                shown = pane.page(view, asked, SHELF)
                return Patch({"shelf": shown, "facets": counted})
            kind = asked.filters.get("media_type")
            hits = library.search(
                asked.query, viewer, kind, SHELF, weak=weak, without=asked.without
            )
        except DomainError as error:
            return Patch({"shelf": pane.missing(str(error))})
        return Patch({"shelf": pane.found(hits, weak=weak), "facets": ""})

    def _alike(self, like: Like, viewer: Viewer, *, weak: bool) -> Html:
        library = self._app.library
        # The page names assets only: a path would read the machine's own files.
        wanted = ExampleView(like.asset_id, part=like.part)
        card = library.asset(like.asset_id, viewer).card
        try:
            view = library.like(wanted, viewer, limit=SHELF, weak=weak)
        except DomainError as error:
            return joined(example.given(like, card), pane.missing(str(error)))
        return pane.alike(view, like, card, weak=weak)

    def asset(
        self,
        asset_id: str,
        viewer: Viewer,
        page: int | None = None,
        seconds: float | None = None,
    ) -> Patch:
        """Show everything about an asset: a document by a page, a recording from a moment on."""
        try:
            view = self._app.library.asset(asset_id, viewer)
            return Patch({"asset": pane.asset(view, page, seconds)})
        except DomainError as error:
            return Patch({"asset": pane.missing(str(error))})

    def judged(self, asset_id: str, word: str, viewer: Viewer, *, revoke: bool) -> Patch:
        """Reject or revoke, and show the asset with what came of it."""
        curation = self._app.curation
        try:
            if revoke:
                told = curation.revoke(asset_id, word, viewer).text
            else:
                told = curation.reject(asset_id, word, viewer).text
        except DomainError as error:
            told = str(error)
        patch = self.asset(asset_id, viewer)
        patch.toast = render.plain(told, 300)
        return patch

    def _fresh(self, viewer: Viewer) -> Patch:
        total = self._app.library.browse(viewer, None, 1).total
        return Patch(
            items=[Item("welcome", shell.welcome(total, viewer))], whole=True, thread="", last=0
        )

    def _around(self, patch: Patch, viewer: Viewer) -> None:
        waiting = self._app.approvals.pending(viewer)
        lights = self._app.admin.readiness()
        patch.slots["inbox"] = _inbox(waiting, self._now())
        patch.slots["lights"] = joined(
            tag("li", tag("span", class_=f"light {one.state}"), text(render.light(one)),
                title=render.plain(one.note) or None)
            for one in lights
        )  # fmt: skip
        patch.ready = all(one.state != "loading" for one in lights)
        patch.waiting = len(waiting)

    def _threads(self, viewer: Viewer) -> Html:
        rows = [
            tag("li", tag("button", tag("bdi", text(one.title, 60)), type="button",
                          data_act="thread", data_thread=one.id,))
            for one in self._app.conversation.threads(viewer)
        ]  # fmt: skip
        return joined(rows) if rows else tag("li", "None yet", class_="note")


def _inbox(waiting: Sequence[PlanView], now: datetime) -> Html:
    if not waiting:
        return tag(
            "div", icon("inbox"), tag("h2", "Nothing waits"),
            tag("p", "When somebody asks to publish or delete, the plan waits here."),
            class_="empty",
        )  # fmt: skip
    return joined(cards.plan(plan, now) for plan in waiting)


def _refusals(events: Sequence[Event]) -> str:
    return " ".join(e.text for e in events if isinstance(e, RefusedCall))


def filters(sent: object) -> Mapping[str, str]:
    """Read filters that a page sent; what the library does not know is left out."""
    if not isinstance(sent, Mapping):
        return {}
    return {k: str(sent[k])[:120] for k in pane.FACETS if sent.get(k)}
