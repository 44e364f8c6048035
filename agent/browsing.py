"""The library door: search, asset pages, files, taking in and forgetting."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from agent.finding import duplicates_view, search_view
from agent.present import Present
from agent.views import (
    AssetCard,
    AssetView,
    DuplicatesView,
    ExampleView,
    FacetView,
    FieldView,
    FileOutcomeView,
    FileView,
    ForgottenView,
    PageView,
    Report,
    RightsView,
    SearchView,
    VersionView,
)
from tools.core.alt_drafts import TextDraft
from tools.core.assets import AssetState, Field, FieldValue, MediaType, Orientation, Version
from tools.core.conformity import Conformity
from tools.core.curation.denials import told, word_of
from tools.core.duplicates.service import Duplicates
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.ingest.outcomes import FileOutcome, FileStatus, IngestOptions
from tools.core.ingest.service import Ingest
from tools.core.library import AssetDetails, Library
from tools.core.people import Authority, Role, Viewer
from tools.core.policy import Policy
from tools.core.records import AssetFilter
from tools.core.rights.rules import Rule
from tools.core.rights.service import Rights
from tools.core.search.answers import SearchRequest
from tools.core.search.example import Example, LikeRequest, read_box
from tools.core.search.service import Search
from tools.core.search.similar import Similar

Kind = TypeVar("Kind", bound=StrEnum)
# What only machines read is not for an asset's page.
HIDDEN = frozenset({Field.FACES})


class LibraryDoor:
    """Implements app.Library."""

    def __init__(
        self,
        *,
        library: Library,
        search: Search,
        similar: Similar,
        duplicates: Duplicates,
        ingest: Ingest,
        rights: Rights,
        policy: Policy,
        present: Present,
        conformity: Conformity,
    ) -> None:
        self._conformity = conformity
        self._library = library
        self._search = search
        self._similar = similar
        self._duplicates = duplicates
        self._ingest = ingest
        self._rights = rights
        self._policy = policy
        self._present = present

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
        kind = _chosen(MediaType, media_type, "type")
        request = SearchRequest(query, kind, limit=limit, weak=weak, without=tuple(without))
        return search_view(query, self._search.find(request, viewer), self._present, viewer)

    def like(
        self,
        example: ExampleView,
        viewer: Viewer,
        media_type: str | None = None,
        *,
        limit: int = 24,
        weak: bool = False,
    ) -> SearchView:
        """Find what is like an example."""
        file = Path(example.file) if example.file else None
        box = read_box(example.part) if example.part else None
        name = file.name if file else "the picture"
        request = LikeRequest(
            Example(example.asset_id or None, file, box, name),
            example.plus,
            example.minus,
            _chosen(MediaType, media_type, "type"),
            limit,
            weak,
        )
        return search_view(name, self._similar.find(request, viewer), self._present, viewer)

    def duplicates(self, viewer: Viewer) -> DuplicatesView:
        """Tell what is there more than once and propose what to keep; nothing is deleted."""
        return duplicates_view(self._duplicates.report(viewer), self._present, viewer)

    def browse(
        self,
        viewer: Viewer,
        filters: Mapping[str, str] | None = None,
        limit: int = 60,
        offset: int = 0,
    ) -> PageView:
        """List assets, newest first."""
        wanted = {key: value for key, value in (filters or {}).items() if value}
        unknown = set(wanted) - {
            "media_type",
            "orientation",
            "tag",
            "collection",
            "state",
            "suspicious",
        }
        if unknown:
            raise Fixable(f"There is no filter '{sorted(unknown)[0][:40]}'.")
        state = _chosen(AssetState, wanted.get("state"), "state")
        criteria = AssetFilter(
            media_type=_chosen(MediaType, wanted.get("media_type"), "type"),
            orientation=_chosen(Orientation, wanted.get("orientation"), "orientation"),
            tag=wanted.get("tag"),
            collection=wanted.get("collection"),
            states=(state or AssetState.ACTIVE,),
            suspicious=wanted.get("suspicious") == "yes",
        )
        page = self._library.browse(criteria, viewer, min(max(limit, 1), 500), max(offset, 0))
        facets = tuple(FacetView(f.name, f.value, f.count) for f in page.facets)
        return PageView(self._present.of_assets(page.assets, viewer), page.total, facets)

    def asset(self, asset_id: str, viewer: Viewer) -> AssetView:
        """Tell everything about an asset."""
        known = self._library.details(asset_id, viewer)
        return AssetView(
            card=self._present.of_assets([known.asset], viewer)[0],
            fields=(
                *(_field(v, known) for v in known.fields if v.field not in HIDDEN),
                *(_draft(one) for one in known.drafts),
            ),
            versions=tuple(_version(version) for version in known.versions),
            rights=tuple(_rights(rule) for rule in self._rights.list(asset_id, viewer)),
            parents=self._present.of_assets(known.parents, viewer),
            children=self._present.of_assets(known.children, viewer),
            collections=known.collections,
            companions=tuple(
                f"{one.file_name} ({one.role}, {one.mime}, {one.bytes:,} bytes)"
                for one in known.companions
            ),
            used=tuple(
                f"{p.channel} since {p.published_at:%Y-%m-%d}: {p.location}"
                for p in known.publications
            ),
        )

    def cards(self, asset_ids: Sequence[str], viewer: Viewer) -> list[AssetCard]:
        """Give cards for the ids that exist and that the viewer may see, in order."""
        return list(self._present.of_ids(asset_ids, viewer))

    def thumbnail(self, asset_id: str, viewer: Viewer, side: int = 480, page: int = 1) -> bytes:
        """Give a WebP thumbnail."""
        return self._library.thumbnail(asset_id, viewer, min(max(side, 32), 1600), max(page, 1))

    @contextmanager
    def file(self, asset_id: str, viewer: Viewer, version: int | None = None) -> Iterator[FileView]:
        """Lend the file of an asset for reading."""
        known = self._library.details(asset_id, viewer)
        wanted = version or known.asset.version.number
        found = next((v for v in known.versions if v.number == wanted), None)
        if found is None:
            raise Fixable(f"There is no version {wanted} of it.")
        with self._library.open_file(known.asset, wanted) as path:
            yield FileView(path, found.mime, known.asset.file_name)

    def ingest(
        self, paths: Sequence[Path], viewer: Viewer, *, in_place: bool = False, own_work: str = ""
    ) -> Iterator[FileOutcomeView]:
        """Take files in, one outcome per file as it is done."""
        self._entitled(viewer)
        if in_place and not viewer.local_owner:
            raise Refused("Only the local owner may take in files where they lie.")
        options = IngestOptions(in_place=in_place, own_work=own_work or None)
        for outcome in self._ingest.ingest(paths, options, Authority(viewer)):
            yield replace(_outcome(outcome), conform=self._conforming(outcome, viewer))

    def upload(self, name: str, content: Path, viewer: Viewer) -> FileOutcomeView:
        """Take one uploaded file in under a name."""
        self._entitled(viewer)
        asset = self._ingest.add_upload(name, content, Authority(viewer))
        return FileOutcomeView(asset.id, asset.file_name, "added")

    def forget(self, paths_or_ids: Sequence[str], viewer: Viewer) -> ForgottenView:
        """Remove every trace of assets from the library."""
        if not (viewer.local_owner or viewer.has(Role.ADMIN)):
            raise Refused("Forgetting cannot be undone; only the local owner or an admin may.")
        gone = self._ingest.forget(paths_or_ids, Authority(viewer))
        return ForgottenView(gone.count, gone.leftovers)

    def reindex(self, viewer: Viewer, report: Report, *, anew: bool = False) -> int:
        """Rebuild search text, vectors and thumbnails."""
        self._entitled(viewer)
        return self._ingest.reindex(report, anew=anew)

    def _conforming(self, outcome: FileOutcome, viewer: Viewer) -> str:
        if outcome.id is None or outcome.status is not FileStatus.ADDED:
            return ""
        try:
            found = self._conformity.of(outcome.id, viewer)
        except Fixable as error:
            # Bad conventions are said, and keep nothing out.
            return str(error)
        return found.line() if found else ""

    def _entitled(self, viewer: Viewer) -> None:
        if not self._policy.entitled(viewer, Effect.WRITE):
            raise Refused(f"{viewer.name} may look, but not add or change assets.")


def _chosen(kind: type[Kind], text: str | None, name: str) -> Kind | None:
    """Read a value of an enumeration."""
    if not text:
        return None
    try:
        return kind(text.lower())
    except ValueError as error:
        known = ", ".join(kind)
        raise Fixable(f"No {name} '{text[:40]}'. Known: {known}.") from error


def _outcome(outcome: FileOutcome) -> FileOutcomeView:
    return FileOutcomeView(outcome.id, outcome.file, outcome.status.value, outcome.reason)


def _field(value: FieldValue, known: AssetDetails) -> FieldView:
    return FieldView(
        value.field.value,
        told(value),
        value.source.value,
        value.by,
        value.confidence,
        value.at.isoformat(),
        word_of(value),
        known.moments.of_lines(value),
        known.why(value),
    )


def _draft(one: TextDraft) -> FieldView:
    name = f"{one.field.value} draft"
    return FieldView(name, one.text, "model", one.by, one.confidence, "", why=one.why)


def _version(version: Version) -> VersionView:
    recipe = version.recipe
    made = f"{recipe.step} by {recipe.engine}: {recipe.arguments}" if recipe else ""
    return VersionView(
        version.number,
        version.bytes,
        version.mime,
        version.sha256,
        version.added_at.isoformat(),
        made,
    )


def _rights(rule: Rule) -> RightsView:
    page = f", page {rule.page}" if rule.page else ""
    return RightsView(
        rule.id,
        rule.clause,
        rule.status.value,
        rule.kind.value,
        f"{rule.document}{page}" if rule.document else "",
        rule.confirmed_by or rule.recorded_by,
        f"{rule.ends:%Y-%m-%d}" if rule.ends else "",
    )
