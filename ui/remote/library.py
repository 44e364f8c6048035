"""The library of a running server."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from agent.views import (
    AssetCard,
    AssetView,
    DuplicatesView,
    ExampleView,
    FileOutcomeView,
    FileView,
    ForgottenView,
    PageView,
    Report,
    SearchView,
    Viewer,
    read,
)
from ui.remote.wire import Parameters, Wire, place


class RemoteLibrary:
    """Implements app.Library over the API; the server reads the same disk."""

    def __init__(self, wire: Wire, scratch: Path) -> None:
        self._wire = wire
        self._scratch = scratch

    def search(
        self,
        query: str,
        viewer: Viewer,
        media_type: str | None = None,
        limit: int = 24,
        *,
        weak: bool = False,
        without: Sequence[str] = (),
    ) -> SearchView:
        """Find assets."""
        parameters = {
            "query": query.encode("utf-8", "replace").decode(),
            "media_type": media_type,
            "limit": limit,
            "weak": weak,
            "without": list(without),
        }
        return read(SearchView, self._wire.get("search", viewer, parameters))

    def like(
        self,
        example: ExampleView,
        viewer: Viewer,
        media_type: str | None = None,
        *,
        limit: int = 24,
        weak: bool = False,
    ) -> SearchView:
        """Find what is like an example; a file is read by the server."""
        wanted = {
            "example": asdict(example),
            "media_type": media_type,
            "limit": limit,
            "weak": weak,
        }
        return read(SearchView, self._wire.post("like", viewer, wanted))

    def duplicates(self, viewer: Viewer) -> DuplicatesView:
        """Tell what is there more than once."""
        return read(DuplicatesView, self._wire.get("duplicates", viewer))

    def browse(
        self,
        viewer: Viewer,
        filters: Mapping[str, str] | None = None,
        limit: int = 60,
        offset: int = 0,
    ) -> PageView:
        """List assets."""
        parameters: Parameters = {**(filters or {}), "limit": limit, "offset": offset}
        return read(PageView, self._wire.get("assets", viewer, parameters))

    def asset(self, asset_id: str, viewer: Viewer) -> AssetView:
        """Tell everything about an asset."""
        return read(AssetView, self._wire.get(place("assets", asset_id), viewer))

    def cards(self, asset_ids: Sequence[str], viewer: Viewer) -> list[AssetCard]:
        """Give cards."""
        return read(list[AssetCard], self._wire.post("cards", viewer, {"ids": list(asset_ids)}))

    def thumbnail(self, asset_id: str, viewer: Viewer, side: int = 480, page: int = 1) -> bytes:
        """Give a WebP thumbnail."""
        where = place("assets", asset_id, "thumbnail")
        return self._wire.get_bytes(where, viewer, {"side": side, "page": page})

    @contextmanager
    def file(self, asset_id: str, viewer: Viewer, version: int | None = None) -> Iterator[FileView]:
        """Lend a copy of the file of an asset."""
        where = place("assets", asset_id, "file")
        with TemporaryDirectory(dir=self._scratch, prefix="lent-") as folder:
            lent = Path(folder) / "content"
            with self._wire.download(where, viewer, {"version": version}) as response:
                with lent.open("wb") as kept:
                    for piece in response.iter_bytes():
                        kept.write(piece)
                said = response.headers["content-disposition"].partition("UTF-8''")[2]
                mime = response.headers["content-type"]
            yield FileView(lent, mime, unquote(said))

    def ingest(
        self, paths: Sequence[Path], viewer: Viewer, *, in_place: bool = False, own_work: str = ""
    ) -> Iterator[FileOutcomeView]:
        """Take files in; the server goes by whole paths, for it stands in another folder."""
        document = {
            "paths": [str(path.absolute()) for path in paths],
            "in_place": in_place,
            "own_work": own_work,
        }
        for line in self._wire.lines("ingest", viewer, document):
            yield read(FileOutcomeView, line)

    def upload(self, name: str, content: Path, viewer: Viewer) -> FileOutcomeView:
        """Take one uploaded file in under a name."""
        return read(FileOutcomeView, self._wire.send_file("uploads", viewer, name, content))

    def forget(self, paths_or_ids: Sequence[str], viewer: Viewer) -> ForgottenView:
        """Remove every trace of assets."""
        targets = [_whole(target) for target in paths_or_ids]
        return read(ForgottenView, self._wire.post("forget", viewer, {"targets": targets}))

    def reindex(self, viewer: Viewer, report: Report, *, anew: bool = False) -> int:
        """Rebuild what can be rebuilt."""
        found = reported(self._wire, "reindex", viewer, {"anew": anew}, report)
        return found if isinstance(found, int) else 0


def reported(
    wire: Wire, path: str, viewer: Viewer | None, document: object, report: Report
) -> object:
    """Follow long work, pass its progress on and give its result."""
    result: object = None
    for line in wire.lines(path, viewer, document):
        if "result" in line:
            result = line["result"]
        else:
            report(int(line["done"]), int(line["total"]), str(line["note"]))
    return result


def _whole(target: str) -> str:
    """Give a path in whole, and an id as it is."""
    named = os.sep in target or Path(target).exists()
    return str(Path(target).absolute()) if named else target
