"""The Gradio page: each thing a person does is an event of the shell, each answer a patch."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from inspect import isasyncgenfunction
from typing import Any

import anyio.to_thread
import gradio as gr
from fastapi import Request

from agent.app import App
from agent.events import Event
from agent.views import Viewer
from ui.web.desk import Desk, filters
from ui.web.example import Like
from ui.web.live import Live, Turns
from ui.web.pane import Asked
from ui.web.shell import shell

ViewerOf = Callable[[Request], Viewer]
Told = dict[str, object]

# Events that answer at once, and events that go on; each kind has a wire of its own, because two
# answers that arrive on one wire at the same moment would hide each other.
MOUNT = (
    "window.dalm.mount(element, trigger, "
    "['open', 'ask', 'follow', 'stop', 'decide', 'tick', 'browse', 'asset', 'judge']);"
)
LISTEN = "watch('value', () => window.dalm.receive(props.value));"
SYSTEM_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
MONO_FONTS = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]
AT_ONCE = 60


def theme() -> gr.themes.Base:
    """Give Gradio's own parts the page's colours and the system's fonts; no font is fetched."""
    return gr.themes.Base(
        primary_hue="indigo", neutral_hue="stone", font=SYSTEM_FONTS, font_mono=MONO_FONTS
    ).set(body_background_fill="#fbfaf8", body_background_fill_dark="#161615")


class Page:
    """Builds the Blocks and answers their events."""

    def __init__(self, app: App, desk: Desk, viewer_of: ViewerOf) -> None:
        self._app = app
        self._desk = desk
        self._viewer_of = viewer_of
        self._turns = Turns()

    def blocks(self) -> gr.Blocks:
        """Lay out the page."""
        with gr.Blocks(title="dalm", analytics_enabled=False, fill_width=True) as page:
            front = gr.HTML(
                html_template=_literal(shell()), js_on_load=MOUNT, apply_default_css=False
            )
            answers: dict[str, Callable[..., Any]] = {
                "open": self.open,
                "ask": self.ask,
                "follow": self.follow,
                "stop": self.stop,
                "decide": self.decide,
                "tick": self.tick,
                "browse": self.browse,
                "asset": self.asset,
                "judge": self.judge,
            }
            for name, answer in answers.items():
                wire = gr.HTML(html_template="", js_on_load=LISTEN, elem_classes="wire", value=None)
                goes_on = isasyncgenfunction(answer)
                listen = getattr(front, name)
                listen(
                    answer, None, wire, show_progress="hidden", trigger_mode="multiple",
                    queue=goes_on, concurrency_limit=AT_ONCE, api_visibility="private",
                )  # fmt: skip
        return page

    def open(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Open a conversation, or a new one."""
        viewer = self._viewer(request)
        thread = _word(sent, "thread")
        patch = self._desk.opened(thread, viewer)
        patch.asked = thread
        patch.busy = patch.follow = self._turns.of(viewer, thread) is not None
        return patch.as_json()

    async def ask(self, sent: gr.EventData, request: gr.Request) -> AsyncIterator[Told]:
        """Answer a request, as it goes on."""
        viewer = self._viewer(request)
        thread = _word(sent, "thread")
        number = await _aside(self._desk.length, thread, viewer)
        live = self._turns.begin(viewer, self._events(sent, viewer, thread), thread)
        async for told in self._watched(live, viewer, number):
            yield told

    async def follow(self, sent: gr.EventData, request: gr.Request) -> AsyncIterator[Told]:
        """Show a turn that was under way when the page was opened."""
        viewer = self._viewer(request)
        thread = _word(sent, "thread")
        live = self._turns.of(viewer, thread)
        if live is None:
            yield (await _aside(self._desk.finished, thread, viewer, ())).as_json()
            return
        number = await _aside(self._desk.length, thread, viewer)
        async for told in self._watched(live, viewer, number):
            yield told

    def stop(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Stop the turn of a conversation."""
        live = self._turns.of(self._viewer(request), _word(sent, "thread"))
        if live:
            live.stop()
        return {}

    async def decide(self, sent: gr.EventData, request: gr.Request) -> AsyncIterator[Told]:
        """Approve or reject a plan."""
        viewer = self._viewer(request)
        approval, because = _word(sent, "approval"), _word(sent, "because", 300)
        doors = self._app.approvals
        if _word(sent, "approved") == "yes":
            events = doors.approve(approval, viewer)
        else:
            events = doors.reject(approval, viewer, because)
        live = self._turns.begin(viewer, events, "")
        async for so_far in live.changes():
            if not live.done:
                yield self._desk.deciding(so_far).as_json()
        thread = _word(sent, "thread")
        patch = await _aside(self._desk.decided, approval, thread, viewer, live.events)
        yield patch.as_json()

    def tick(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Tell what is new."""
        viewer = self._viewer(request)
        after = _word(sent, "last")
        last = int(after) if after.isdecimal() else 0
        return self._desk.tick(_word(sent, "thread"), last, viewer).as_json()

    def browse(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Show the library."""
        offset = _word(sent, "offset")
        asked = Asked(
            _word(sent, "query", 300),
            filters(_sent(sent).get("filters")),
            int(offset) if offset.isdecimal() else 0,
            tuple(_words(sent, "without", 300)),
            Like(like, _word(sent, "part")) if (like := _word(sent, "like")) else None,
        )
        weak = _word(sent, "weak") == "yes"
        return self._desk.shelf(asked, self._viewer(request), weak=weak).as_json()

    def asset(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Show an asset."""
        page = _word(sent, "page")
        number = int(page) if page.isdecimal() and page != "0" else None
        at = _word(sent, "at", 12)
        seconds = float(at) if at.replace(".", "", 1).isdecimal() and at.isascii() else None
        viewer = self._viewer(request)
        return self._desk.asset(_word(sent, "id"), viewer, number, seconds).as_json()

    def judge(self, sent: gr.EventData, request: gr.Request) -> Told:
        """Reject what a machine said of an asset, or take that back, and show the asset anew."""
        asset_id, word = _word(sent, "id"), _word(sent, "word", 2000)
        revoke = _word(sent, "revoke") == "yes"
        patch = self._desk.judged(asset_id, word, self._viewer(request), revoke=revoke)
        return patch.as_json()

    def _events(self, sent: gr.EventData, viewer: Viewer, thread: str) -> Iterator[Event]:
        talk = self._app.conversation
        if receipt := _word(sent, "undo"):
            return talk.run("undo", {"receipt": receipt}, viewer, thread or None)
        return talk.ask(
            _word(sent, "text", 9000),
            viewer,
            thread or None,
            selection=_words(sent, "selection"),
            uploads=_words(sent, "uploads"),
        )

    async def _watched(self, live: Live, viewer: Viewer, number: int) -> AsyncIterator[Told]:
        async for so_far in live.changes():
            if not live.done:
                yield self._desk.running(so_far, number, live.thread).as_json()
        done = await _aside(self._desk.finished, live.thread, viewer, live.events)
        yield done.as_json()

    def _viewer(self, request: gr.Request) -> Viewer:
        asked = request.request
        if asked is None:
            raise gr.Error("This page has lost its connection. Reload it.")
        return self._viewer_of(asked)


async def _aside(work: Callable[..., Any], *given: Any) -> Any:
    """Read the App in a thread, so that nobody else's page waits."""
    return await anyio.to_thread.run_sync(work, *given)


def _sent(sent: gr.EventData) -> Mapping[str, Any]:
    data = sent._data  # noqa: SLF001 - EventData has no public reader for a whole payload
    return data if isinstance(data, Mapping) else {}


def _word(sent: gr.EventData, name: str, longest: int = 80) -> str:
    value = _sent(sent).get(name)
    return str(value)[:longest] if isinstance(value, str | int) else ""


def _words(sent: gr.EventData, name: str, longest: int = 80) -> list[str]:
    value = _sent(sent).get(name)
    return [str(one)[:longest] for one in value[:500]] if isinstance(value, list) else []


def _literal(html: str) -> str:
    """Keep a template literal; what Gradio would fill in stays text."""
    return (
        html.replace("\\", "\\\\")
        .replace("`", "&#96;")
        .replace("${", "&#36;{")
        .replace("{{", "&#123;&#123;")
    )
