"""Own routes for bytes: thumbnails and files behind the viewer's rights, and uploads."""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from agent.app import App
from agent.views import DomainError, FileView, Fixable, Viewer
from ui import render
from ui.web.shell import symbol

STATIC = Path(__file__).parent / "static"
# What a browser may show in a tab of its own; everything else is only ever saved.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
RECORDINGS = frozenset(
    {
        *("video/mp4", "video/webm", "video/quicktime"),
        *("audio/mpeg", "audio/wav", "audio/flac", "audio/mp4", "audio/ogg", "audio/webm"),
    }
)
SHOWN = PICTURES | RECORDINGS
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"
UPLOAD_LIMIT = 2_000_000_000
SIDES = (160, 240, 480, 960, 1200)


class Bytes:
    """Answers for bytes with what the viewer may see."""

    def __init__(self, app: App, viewer_of: Callable[[Request], Viewer], limit: int) -> None:
        self._app = app
        self._viewer_of = viewer_of
        self._limit = limit

    def thumbnail(
        self, request: Request, asset_id: str, side: int = 480, page: int = 1
    ) -> Response:
        """Give a WebP thumbnail."""
        wanted = min(SIDES, key=lambda known: abs(known - side))
        viewer = self._viewer_of(request)
        try:
            content = self._app.library.thumbnail(asset_id, viewer, wanted, page)
        except DomainError as error:
            drawn = self._stand_in(asset_id, viewer) if page == 1 else None
            return drawn or PlainTextResponse(str(error), 404)
        tag = f'"{sha256(content).hexdigest()[:20]}"'
        headers = {"cache-control": "private, max-age=300", "etag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="image/webp", headers=headers)

    def _stand_in(self, asset_id: str, viewer: Viewer) -> Response | None:
        """Give a symbol of its kind for what has no picture; None for what the viewer cannot see.

        It is not kept, for a picture may come of it later.
        """
        known = self._app.library.cards([asset_id], viewer)
        if not known:
            return None
        headers = {"cache-control": "no-store", "content-security-policy": SANDBOX}
        return Response(symbol(known[0].media_type), media_type="image/svg+xml", headers=headers)

    def file(self, request: Request, asset_id: str, version: int | None = None) -> Response:
        """Give the file of an asset, to be saved."""
        with ExitStack() as lending:
            try:
                lent = lending.enter_context(
                    self._app.library.file(asset_id, self._viewer_of(request), version)
                )
            except DomainError as error:
                return PlainTextResponse(str(error), 404)
            return _download(lent, lending.pop_all())

    async def upload(self, request: Request, name: str) -> Response:
        """Take one file in; the body of the request is the file."""
        viewer = self._viewer_of(request)
        shown = render.plain(name, 80)
        try:
            with TemporaryDirectory(prefix="dalm-upload-") as folder:
                content = Path(folder) / "upload"
                await _receive(request, content, self._limit)
                taken = await anyio.to_thread.run_sync(
                    self._app.library.upload, _file_name(name), content, viewer
                )
        except DomainError as error:
            told = {"status": "failed", "reason": str(error), "file": shown}
            return JSONResponse(told, 413 if isinstance(error, TooLarge) else 422)
        return JSONResponse(
            {
                "id": taken.id,
                "file": render.plain(taken.file, 80),
                "status": taken.status,
                "reason": taken.reason,
            }
        )


def routes(app: App, viewer_of: Callable[[Request], Viewer], limit: int) -> APIRouter:
    """Give the routes; `limit` is the largest upload in bytes."""
    answers = Bytes(app, viewer_of, limit)
    router = APIRouter()
    router.add_api_route("/assets/{asset_id}/thumbnail", answers.thumbnail, response_model=None)
    router.add_api_route("/assets/{asset_id}/file", answers.file, response_model=None)
    router.add_api_route("/uploads", answers.upload, methods=["POST"], response_model=None)
    router.add_api_route("/ui/{name}", static, response_model=None)
    return router


def static(name: str) -> Response:
    """Give a file of the page."""
    known = {path.name: path for path in STATIC.iterdir()}
    if name not in known:
        return PlainTextResponse("Not here.", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return FileResponse(known[name], media_type=kind, headers={"cache-control": "no-cache"})


class TooLarge(Fixable):
    """The file is larger than this front door takes."""


def _download(lent: FileView, lending: ExitStack) -> Response:
    shown = lent.mime if lent.mime in SHOWN else "application/octet-stream"
    return FileResponse(
        lent.path,
        media_type=shown,
        filename=render.plain(lent.name, 150) or "file",
        content_disposition_type="attachment",
        headers={"content-security-policy": SANDBOX, "cache-control": "private, no-store"},
        background=BackgroundTask(lending.close),
    )


async def _receive(request: Request, content: Path, limit: int) -> None:
    """Write the body of a request to a file; Fixable when it is too large."""
    received = 0
    with content.open("wb") as file:
        async for chunk in request.stream():
            received += len(chunk)
            if received > limit:
                raise TooLarge(
                    f"It is larger than {render.size(limit)}. Use `dalm ingest` for large files."
                )
            await anyio.to_thread.run_sync(file.write, chunk)


def _file_name(name: str) -> str:
    """Keep the last part of a name; a browser gives no folders."""
    return render.plain(name.replace("\\", "/").rsplit("/", 1)[-1], 150) or "file"
