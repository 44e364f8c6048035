"""The sample library: its files with their titles, credits and rights."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from agent.views import FileOutcomeView
from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.errors import Refused
from tools.core.indexing import Indexing
from tools.core.ingest.outcomes import FileStatus, IngestOptions
from tools.core.ingest.service import Ingest
from tools.core.people import Authority, Viewer
from tools.core.ports import Clock
from tools.core.records import Catalogue
from tools.core.rights.actions import Action
from tools.core.rights.rules import RuleKind, Scope, ScopeKind
from tools.core.rights.service import Rights
from tools.core.rights.terms import RightsStatement, Term

LIST = "library.toml"


class SampleLibrary:
    """Takes in the files that `library.toml` lists; a second time changes nothing."""

    def __init__(
        self,
        *,
        folder: Path,
        ingest: Ingest,
        rights: Rights,
        catalogue: Catalogue,
        indexing: Indexing,
        clock: Clock,
    ) -> None:
        self._folder = folder
        self._ingest = ingest
        self._rights = rights
        self._catalogue = catalogue
        self._indexing = indexing
        self._clock = clock

    def load(self, viewer: Viewer) -> Iterator[FileOutcomeView]:
        """Take in every sample, one outcome each.

        Raises Refused for anybody but the local owner, because it records rights.
        """
        if not viewer.local_owner:
            raise Refused("Only the local owner may load the sample library.")
        entries = {str(self._folder / entry["file"]): entry for entry in self._entries()}
        paths = [Path(path) for path in entries]
        authority = Authority(viewer)
        for outcome in self._ingest.ingest(paths, IngestOptions(), authority):
            if outcome.id and outcome.status is FileStatus.ADDED:
                self._describe(outcome.id, entries[outcome.file], authority)
            yield FileOutcomeView(outcome.id, outcome.file, outcome.status.value, outcome.reason)

    def _entries(self) -> list[dict[str, Any]]:
        text = (self._folder / LIST).read_text(encoding="utf-8")
        found: list[dict[str, Any]] = tomllib.loads(text)["asset"]
        return found

    def _describe(self, asset_id: AssetId, entry: dict[str, Any], authority: Authority) -> None:
        said = {Field.TITLE: entry["title"], Field.CREATOR: entry.get("author", "")}
        now = self._clock.now()
        with self._catalogue.writing() as records:
            records.fields.put(
                FieldValue(asset_id, field, text, Source.FILE, LIST, now)
                for field, text in said.items()
                if text
            )
            self._indexing.words(records, [asset_id])
        self._indexing.vectors([asset_id])
        terms = tuple(_term(rule) for rule in entry.get("rule", ()))
        if terms:
            statement = RightsStatement(
                scopes=(Scope(ScopeKind.ASSET, asset_id),),
                terms=terms,
                document=entry.get("source", ""),
                holder=entry.get("author", ""),
                creator=entry.get("author", ""),
                licence=entry.get("licence", ""),
                confirmed=True,
            )
            self._rights.record(statement, authority)
        else:
            self._rights.licence(
                asset_id,
                entry["licence"],
                entry.get("author", ""),
                entry.get("source", ""),
                authority,
            )


def _term(rule: dict[str, Any]) -> Term:
    return Term(
        kind=RuleKind(rule["kind"]),
        clause=rule["clause"],
        actions=tuple(Action(name) for name in rule.get("actions", ())),
        channels=tuple(rule.get("channels", ())),
        territories=tuple(rule.get("territories", ())),
        purposes=tuple(rule.get("purposes", ())),
        edits=tuple(Action(name) for name in rule.get("edits", ())),
        starts=_moment(rule.get("starts")),
        ends=_moment(rule.get("ends"), time.max),
        credit=rule.get("credit", ""),
    )


def _moment(day: date | datetime | None, at: time = time.min) -> datetime | None:
    if day is None or isinstance(day, datetime):
        return day
    return datetime.combine(day, at, UTC)
