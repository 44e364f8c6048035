"""The web front door: the page, the bytes behind it and the guard before it, on one address."""

import asyncio
import sys
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request

from agent.app import App
from agent.views import Refused, Viewer
from ui.web.desk import Desk
from ui.web.early import Early
from ui.web.guard import Guard, loopback
from ui.web.page import AT_ONCE, Page, theme
from ui.web.routes import STATIC, UPLOAD_LIMIT, routes

ViewerOf = Callable[[Request], Viewer]
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


def present() -> datetime:
    """Give the present of the one who looks at the page."""
    return datetime.fromtimestamp(time.time(), UTC)


def build(
    app: App,
    viewer_of: ViewerOf,
    *,
    hosts: Collection[str] | None = LOCAL_NAMES,
    now: Callable[[], datetime] = present,
    upload_limit: int = UPLOAD_LIMIT,
) -> FastAPI:
    """Give the web application.

    `viewer_of` names the person of a request and raises Refused for a stranger; `hosts` are the
    names under which it answers (None: any), which keeps other sites from reaching loopback.
    """
    web = FastAPI(title="dalm", docs_url=None, redoc_url=None, openapi_url=None)
    web.include_router(routes(app, viewer_of, upload_limit))
    page = Page(app, Desk(app, now), viewer_of)
    _in_a_loop(lambda: _mount(web, page))
    web.add_middleware(Early)
    web.add_middleware(Guard, viewer_of=viewer_of, hosts=hosts)
    return web


def _mount(web: FastAPI, page: Page) -> None:
    blocks = page.blocks()
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=400)
    # Gradio would sum up all events so far with pandas after each single one.
    blocks._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # noqa: SLF001 - it has no other switch
    gr.mount_gradio_app(
        web, blocks, "/", theme=theme(), footer_links=[], run_history=False,
        show_error=False, ssr_mode=False, enable_monitoring=False, mcp_server=False, pwa=False,
        favicon_path=str(STATIC / "icon.png"), max_file_size=1,
    )  # fmt: skip


def _in_a_loop(work: Callable[[], None]) -> None:
    """Do it inside an event loop: outside of one, Gradio makes loops that it never closes."""

    async def inside() -> None:
        work()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(inside())
    else:
        work()


def serve(
    app: App,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    viewer_of: ViewerOf | None = None,
    hosts: Collection[str] | None = None,
) -> None:
    """Serve until stopped; `viewer_of` is the configured sign-in, without it everyone is the owner.

    Raises Refused for an address that others can reach when there is no sign-in.
    """
    if viewer_of is None and not loopback(host):
        raise Refused(
            f"Not listening on {host}: without sign-in everybody who reaches it would be the "
            "owner. Use 127.0.0.1, or configure sign-in."
        )
    names = hosts or (LOCAL_NAMES | {host} if loopback(host) else None)
    person = viewer_of or (lambda request: app.admin.person())  # noqa: ARG005
    web = build(app, person, hosts=names)
    config = uvicorn.Config(
        web, host=host, port=port, log_level="warning", access_log=False,
        # Pages keep a connection open; leaving must not wait for them.
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(config).run()
