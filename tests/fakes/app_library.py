"""The library of the fake application: real pictures with made-up records."""

import atexit
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageOps

from agent.views import (
    AssetCard,
    AssetView,
    DuplicateGroupView,
    DuplicatesView,
    ExampleView,
    FacetView,
    FieldView,
    FileOutcomeView,
    FileView,
    Fixable,
    ForgottenView,
    PageView,
    RelaxationView,
    Report,
    RightsView,
    SearchView,
    SpareView,
    VersionView,
    Viewer,
)

KINDS = {".mp4": ("video", "video/mp4"), ".docx": ("document", "application/octet-stream")}
OPEN = {"CC0-1.0": "CC0: no rights reserved.", "public-domain": "Public domain."}


class FakeLibrary:
    """Implements app.Library over a folder of pictures with credits.csv."""

    def __init__(self, photos: Path, titles: Mapping[str, str]) -> None:
        folder = TemporaryDirectory(prefix="dalm-fake-")
        atexit.register(folder.cleanup)
        self.home = Path(folder.name)
        self.all: dict[str, AssetCard] = {}
        self.paths: dict[str, Path] = {}
        self.tags: dict[str, list[str]] = {}
        self.examples: list[ExampleView] = []
        for row in _credits(photos):
            self.add(photos / row["file"], row["caption"], _clause(row))
        self.add(_poster(self.home), "red umbrella poster", ("denied", "Embargo until 2027-03-01."))
        self.add(_sheet(self.home), "Product sheet, travel mug", ("unknown", "Nobody said."))
        self.retitle(titles)

    def add(
        self,
        path: Path,
        title: str,
        rights: tuple[str, str] = ("unknown", "Nothing is recorded about it yet."),
        parent: str | None = None,
    ) -> AssetCard:
        """Put a file into the library."""
        kind, _ = KINDS.get(path.suffix, ("image", ""))
        width, height = _measures(path) if kind == "image" else (None, None)
        duration = 5.3 if kind == "video" else None
        card = AssetCard(
            f"a{len(self.all) + 1}", path.name, title, kind, verdict=rights[0], clause=rights[1],
            width=width, height=height, duration=duration, parent=parent,
        )  # fmt: skip
        self.all[card.id], self.paths[card.id] = card, path
        return card

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
        if "31 February" in query:
            raise Fixable("There is no date '31 february': check day and month.")
        hits = [c for c in self._active() if set(query.lower().split()) & set(c.title.split())]
        hits = [replace(c, score=0.8, band="strong", why=f"title says {query}") for c in hits]
        kept = tuple(
            name for name in (f"type: {media_type}",) if media_type and name not in without
        )
        ways = () if hits or not kept else (RelaxationView(kept, 2),)
        note = "" if hits else "Nothing good found."
        return SearchView(query, tuple(hits[:limit]), 3, note, kept, ways)

    def like(
        self,
        example: ExampleView,
        viewer: Viewer,
        media_type: str | None = None,
        *,
        limit: int = 24,
        weak: bool = False,
    ) -> SearchView:
        self.examples.append(example)
        if example.part == "all":
            raise Fixable("'all' is no part of a picture.")
        given = example.asset_id or example.file
        changes = " ".join((*example.plus, *(f"no {text}" for text in example.minus)))
        hits = [c for c in self._active() if c.id != given][:limit]
        hits = [replace(c, score=0.7, band="strong", why=f"like {given}; {changes}") for c in hits]
        return SearchView(given, tuple(hits), 0 if weak else 1, "")

    def duplicates(self, viewer: Viewer) -> DuplicatesView:
        first, second = self._active()[:2]
        spare = SpareView(second, ("public on website: exchange it there first",))
        group = DuplicateGroupView("same picture", first, "most pixels", (spare,), ("/a.jpg",), 9)
        return DuplicatesView((group,), len(self.all), "")

    def browse(
        self,
        viewer: Viewer,
        filters: Mapping[str, str] | None = None,
        limit: int = 60,
        offset: int = 0,
    ) -> PageView:
        wanted = filters or {}
        found = [c for c in reversed(self._active()) if _fits(c, wanted, self.tags)]
        facets = [
            *(("media_type", c.media_type) for c in found),
            *(("orientation", _shape(c)) for c in found if _shape(c)),
            *(("tag", tag) for c in found for tag in self.tags.get(c.id, [])),
        ]
        counted = tuple(FacetView(n, v, count) for (n, v), count in Counter(facets).items())
        return PageView(tuple(found[offset : offset + limit]), len(found), counted)

    def asset(self, asset_id: str, viewer: Viewer) -> AssetView:
        card = self._known(asset_id)
        at = "2026-11-20T09:00:00+00:00"
        fields = (
            FieldView("title", card.title, "person", "Sam Rivera", 1.0, at),
            FieldView("labels", "animal, outdoor", "model", "nasnet", 0.82, at),
            FieldView("object", "dog", "model", "ssd", 0.71, at, "dog"),
            *(
                FieldView("tag", tag, "person", "Sam", 1.0, at)
                for tag in self.tags.get(card.id, [])
            ),
        )
        size = self.paths[asset_id].stat().st_size
        made = "reframed to 9:16 by Pillow" if card.parent else ""
        return AssetView(
            card,
            fields,
            (VersionView(1, size, "image/jpeg", "ab" * 32, at, made),),
            (RightsView("r1", card.clause, "confirmed", "permission", "credits.csv", "Sam"),),
            tuple(self.all[p] for p in [card.parent] if p),
            tuple(c for c in self.all.values() if c.parent == asset_id),
            ("Autumn",) if asset_id == "a4" else (),
            ("website since 2026-11-02: /press/cat.png",) if asset_id == "a4" else (),
        )

    def cards(self, asset_ids: Sequence[str], viewer: Viewer) -> list[AssetCard]:
        return [self.all[one] for one in asset_ids if one in self.all]

    def thumbnail(self, asset_id: str, viewer: Viewer, side: int = 480, page: int = 1) -> bytes:
        if page > 1:
            raise Fixable(f"It has no page {page}.")
        path = self.paths[self._known(asset_id).id]
        content = io.BytesIO()
        _picture(path, side).save(content, "WEBP")
        return content.getvalue()

    @contextmanager
    def file(self, asset_id: str, viewer: Viewer, version: int | None = None) -> Iterator[FileView]:
        card = self._known(asset_id)
        path = self.paths[asset_id]
        mime = KINDS.get(path.suffix, ("", Image.MIME.get(path.suffix[1:].upper(), "image/jpeg")))
        yield FileView(path, mime[1], card.file)

    def ingest(
        self, paths: Sequence[Path], viewer: Viewer, *, in_place: bool = False, own_work: str = ""
    ) -> Iterator[FileOutcomeView]:
        for path in paths:
            yield self.upload(path.name, path, viewer)

    def upload(self, name: str, content: Path, viewer: Viewer) -> FileOutcomeView:
        if content.stat().st_size == 0:
            return FileOutcomeView(None, name, "failed", f"{name} is empty.")
        kept = self.home / f"up{len(self.all)}{Path(name).suffix.lower()[:8]}"
        kept.write_bytes(content.read_bytes())
        try:
            card = self.add(kept, Path(name).stem)
        except OSError:
            return FileOutcomeView(None, name, "failed", f"{name} is not a picture that opens.")
        self.all[card.id] = replace(card, file=name)
        return FileOutcomeView(card.id, name, "added")

    def forget(self, paths_or_ids: Sequence[str], viewer: Viewer) -> ForgottenView:
        return ForgottenView(sum(self.all.pop(one, None) is not None for one in paths_or_ids))

    def reindex(self, viewer: Viewer, report: Report, *, anew: bool = False) -> int:
        report(len(self.all), len(self.all), "looked anew" if anew else "done")
        return len(self.all)

    def retitle(self, titles: Mapping[str, str]) -> None:
        """Give assets other titles."""
        for asset_id, title in titles.items():
            self.all[asset_id] = replace(self.all[asset_id], title=title)

    def titled(self, *words: str) -> list[AssetCard]:
        """Give the assets whose titles have one of the words."""
        return [c for c in self._active() if any(w in c.title for w in words)]

    def _active(self) -> list[AssetCard]:
        return [c for c in self.all.values() if c.state == "active"]

    def _known(self, asset_id: str) -> AssetCard:
        if asset_id not in self.all:
            raise Fixable(f"No asset '{asset_id[:20]}'. Search first, then use an id from there.")
        return self.all[asset_id]


def _measures(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def _credits(photos: Path) -> list[dict[str, str]]:
    file = photos / "credits.csv"
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else []


def _clause(row: Mapping[str, str]) -> tuple[str, str]:
    return "allowed", OPEN.get(row["licence"], f"{row['licence']}: credit {row['author']}.")


def _fits(card: AssetCard, wanted: Mapping[str, str], tags: Mapping[str, list[str]]) -> bool:
    kind, shape, tag = (wanted.get(k) for k in ("media_type", "orientation", "tag"))
    return (
        (not kind or card.media_type == kind)
        and (not shape or _shape(card) == shape)
        and (not tag or tag in tags.get(card.id, []))
    )


def _shape(card: AssetCard) -> str:
    if not card.width or not card.height:
        return ""
    if abs(card.width / card.height - 1) < 0.05:
        return "square"
    return "landscape" if card.width > card.height else "portrait"


def _picture(path: Path, side: int) -> Image.Image:
    if path.suffix in KINDS:
        page = Image.new("RGB", (480, 320 if path.suffix == ".mp4" else 620), "#e7e5df")
        ImageDraw.Draw(page).text((24, 24), path.suffix[1:].upper(), "#6b675f", font_size=44)
        return page
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((side, side))
        return upright


def _poster(home: Path) -> Path:
    picture = Image.new("RGB", (900, 1200), "#f1e9dc")
    draw = ImageDraw.Draw(picture)
    draw.pieslice((150, 250, 750, 850), 180, 360, "#c8322b")
    draw.line((450, 550, 450, 1000), "#3a332c", 16)
    draw.text((150, 1060), "RAIN OR SHINE", "#3a332c", font_size=76)
    picture.save(home / "poster.png")
    return home / "poster.png"


def _sheet(home: Path) -> Path:
    (home / "product-sheet.docx").write_bytes(b"PK\x03\x04 a product sheet")
    return home / "product-sheet.docx"
