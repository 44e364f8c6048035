"""The library over HTTP: searching, showing, taking in and forgetting."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from urllib.parse import quote

from anyio import open_file
from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import StreamingResponse

from agent.app import Library
from agent.views import ExampleView, Fixable, Viewer, read
from ui.api.feed import each, reported, stream
from ui.api.guard import Asker
from ui.api.wire import answer_view, answer_views

PIECE = 1 << 18
NOT_FILTERS = frozenset({"limit", "offset"})


class LibraryRoutes:
    """Finds, shows, takes in and forgets assets over HTTP."""

    def __init__(self, library: Library, scratch: Path | None) -> None:
        self._library = library
        self._scratch = scratch

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/search", self.search)
        routes.add_api_route("/like", self.like, methods=["POST"])
        routes.add_api_route("/duplicates", self.duplicates)
        routes.add_api_route("/assets", self.browse)
        routes.add_api_route("/assets/{asset_id}", self.asset)
        routes.add_api_route("/assets/{asset_id}/thumbnail", self.thumbnail)
        routes.add_api_route("/assets/{asset_id}/file", self.file)
        routes.add_api_route("/cards", self.cards, methods=["POST"])
        routes.add_api_route("/ingest", self.ingest, methods=["POST"])
        routes.add_api_route("/uploads", self.upload, methods=["POST"])
        routes.add_api_route("/forget", self.forget, methods=["POST"])
        routes.add_api_route("/reindex", self.reindex, methods=["POST"])

    def search(
        self,
        viewer: Asker,
        query: str,
        media_type: str | None = None,
        limit: int = 24,
        weak: bool = False,  # noqa: FBT001, FBT002 - the name stands in the query string
        without: Annotated[tuple[str, ...], Query()] = (),
    ) -> Response:
        """Find assets; each `without` names a filter of the query that is not to be applied."""
        found = self._library.search(query, viewer, media_type, limit, weak=weak, without=without)
        return answer_view(found)

    async def like(self, viewer: Asker, request: Request) -> Response:
        """Find what is like an asset or a picture on this machine's disk."""
        wanted = await document(request)
        example = read(ExampleView, wanted.get("example", {}))
        kind = str(wanted["media_type"]) if wanted.get("media_type") else None
        limit, weak = int(wanted.get("limit") or 24), bool(wanted.get("weak"))
        find = self._library.like
        return answer_view(
            await run_sync(partial(find, example, viewer, kind, limit=limit, weak=weak))
        )

    def duplicates(self, viewer: Asker) -> Response:
        """Tell what is there more than once."""
        return answer_view(self._library.duplicates(viewer))

    def browse(self, request: Request, viewer: Asker, limit: int = 60, offset: int = 0) -> Response:
        """List assets; every other parameter is a filter."""
        given = request.query_params.items()
        filters = {name: value for name, value in given if name not in NOT_FILTERS}
        return answer_view(self._library.browse(viewer, filters, limit, offset))

    def asset(self, viewer: Asker, asset_id: str) -> Response:
        """Tell everything about an asset."""
        return answer_view(self._library.asset(asset_id, viewer))

    def cards(self, viewer: Asker, ids: Annotated[list[str], Body(embed=True)]) -> Response:
        """Give cards."""
        return answer_views(self._library.cards(ids, viewer))

    def thumbnail(self, viewer: Asker, asset_id: str, side: int = 480, page: int = 1) -> Response:
        """Give a WebP thumbnail."""
        content = self._library.thumbnail(asset_id, viewer, side, page)
        return Response(content, media_type="image/webp")

    def file(self, viewer: Asker, asset_id: str, version: int | None = None) -> Response:
        """Send the file of an asset, as a download and as nothing else."""
        stack = ExitStack()
        with stack:
            lent = stack.enter_context(self._library.file(asset_id, viewer, version))
            headers = {
                "Content-Disposition": f"attachment; filename*=UTF-8''{quoted(lent.name)}",
                "Content-Length": str(lent.path.stat().st_size),
                "X-Content-Type-Options": "nosniff",
            }
            content = pieces(lent.path, stack.pop_all())
        mime = lent.mime if lent.mime.isascii() and lent.mime.isprintable() else "application/*"
        return StreamingResponse(content, headers=headers, media_type=mime)

    async def ingest(self, viewer: Asker, request: Request) -> Response:
        """Take files in from this machine's disk."""
        wanted = await document(request)
        paths = [Path(str(path)) for path in wanted.get("paths", [])]
        in_place, own_work = bool(wanted.get("in_place")), str(wanted.get("own_work") or "")
        ingest = self._library.ingest
        return await stream(
            each(lambda: ingest(paths, viewer, in_place=in_place, own_work=own_work), asdict)
        )

    async def upload(self, viewer: Asker, request: Request, name: str) -> Response:
        """Take in the body of the request under a name."""
        with TemporaryDirectory(dir=self._scratch, prefix="upload-") as folder:
            content = Path(folder) / "content"
            async with await open_file(content, "wb") as kept:
                async for piece in request.stream():
                    await kept.write(piece)
            return answer_view(await run_sync(self._upload, name, content, viewer))

    def _upload(self, name: str, content: Path, viewer: Viewer) -> Any:
        return self._library.upload(name, content, viewer)

    async def forget(self, viewer: Asker, request: Request) -> Response:
        """Remove every trace of assets."""
        wanted = await document(request)
        targets = [str(target) for target in wanted.get("targets", [])]
        return answer_view(await run_sync(self._library.forget, targets, viewer))

    async def reindex(self, viewer: Asker, request: Request) -> Response:
        """Rebuild what can be rebuilt."""
        anew, rebuild = bool((await document(request)).get("anew")), self._library.reindex
        return await stream(reported(lambda report: rebuild(viewer, report, anew=anew)))


async def document(request: Request) -> dict[str, Any]:
    """Read the body without a check of its texts: a path may hold bytes that are no text."""
    try:
        found = await request.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Fixable("Send a JSON object.")
    return found


def pieces(path: Path, lent: ExitStack) -> Iterator[bytes]:
    """Read a lent file piece by piece and give it back at the end."""
    with lent, path.open("rb") as content:
        while piece := content.read(PIECE):
            yield piece


def quoted(name: str) -> str:
    """Write a file name for a header: nothing in it can end the line."""
    return quote(name.encode("utf-8", "replace"), safe="")
