"""The catalogue as the core sees it: typed records in transactions, filtered by who is looking."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tools.core.assets import (
    Asset,
    AssetId,
    AssetState,
    Companion,
    Field,
    FieldValue,
    MediaType,
    Orientation,
    Version,
)
from tools.core.audit import AuditEvent, AuditRow
from tools.core.criteria import ALWAYS, Criterion, Trait
from tools.core.people import Viewer
from tools.core.plans import Decision, Plan, PlanState
from tools.core.publications import OutboxEntry, Publication
from tools.core.receipts import Receipt
from tools.core.rights.kin import Kin
from tools.core.rights.rules import Rule, Scope
from tools.core.spending import DayUse
from tools.core.taxonomy.kept import KeptTaxonomy


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Hard constraints on assets; each one given must hold.

    `where` holds only conditions that the catalogue can tell by itself.
    """

    media_type: MediaType | None = None
    orientation: Orientation | None = None
    tag: str | None = None
    collection: str | None = None
    parent_id: AssetId | None = None
    states: tuple[AssetState, ...] = (AssetState.ACTIVE,)
    ids: tuple[AssetId, ...] | None = None
    suspicious: bool = False
    where: Criterion = ALWAYS


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset about to be added; the catalogue gives it its key."""

    id: AssetId
    media_type: MediaType
    file_name: str
    title: str
    owner: str
    version: Version
    parent_id: AssetId | None = None
    origin: str = "ingest"
    supplier: str | None = None
    folder: str | None = None
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file met by an ingest: where it lies, how it looked and which asset it became."""

    path: str
    bytes: int
    modified_ns: int
    sha256: str
    asset_id: AssetId | None
    status: str
    reason: str = ""
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class SearchText:
    """The words of an asset for full text, by how much they weigh.

    `letters` are those of all its texts, without anything between them, for what is quoted.
    """

    title: str = ""
    tags: str = ""
    labels: str = ""
    ocr: str = ""
    body: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many visible assets share a value."""

    name: str
    value: str
    count: int


class AssetRecords(Protocol):
    """Assets, versions and their family."""

    def add(self, asset: NewAsset) -> Asset:
        """Store a new asset with its first version."""
        ...

    def get(self, asset_id: str, viewer: Viewer) -> Asset | None:
        """Give the asset if it exists and the viewer may see it, in any state."""
        ...

    def many(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        ...

    def by_keys(self, keys: Sequence[int], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        ...

    def select(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> list[Asset]:
        """List visible assets, newest first."""
        ...

    def keys(self, criteria: AssetFilter, viewer: Viewer) -> list[int]:
        """List the catalogue keys of all visible assets that meet the criteria."""
        ...

    def count(self, criteria: AssetFilter, viewer: Viewer) -> int:
        """Count visible assets that meet the criteria."""
        ...

    def facets(self, viewer: Viewer) -> list[Facet]:
        """Count visible active assets by media type, orientation, tag and collection."""
        ...

    def known_names(self, trait: Trait, texts: Sequence[str], viewer: Viewer) -> frozenset[str]:
        """Give the texts that are tags, authors or collections of visible assets, case aside."""
        ...

    def called(self, name: str, viewer: Viewer) -> list[AssetId]:
        """List the visible assets with this file name or title, case aside."""
        ...

    def with_hash(self, sha256: str) -> Asset | None:
        """Find a live asset whose current file has these bytes, whoever may see it."""
        ...

    def holding(self, sha256: str) -> list[AssetId]:
        """List assets in any state of which some version or companion has these bytes."""
        ...

    def versions(self, asset_id: AssetId) -> list[Version]:
        """List the versions, oldest first."""
        ...

    def add_version(self, version: Version) -> None:
        """Add a file and make it the current one."""
        ...

    def relocate(self, asset_id: AssetId, number: int, path: str, file_name: str) -> None:
        """Record that a file that is not in the blob store was moved, or has another name."""
        ...

    def set_state(self, asset_id: AssetId, state: AssetState, at: datetime) -> None:
        """Move an asset through its life."""
        ...

    def ancestors(self, asset_id: AssetId) -> list[Asset]:
        """List parents up to the root, nearest first."""
        ...

    def children(self, asset_id: AssetId) -> list[Asset]:
        """List direct renditions in any state."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove every row about these assets except the audit chain."""
        ...


class CompanionRecords(Protocol):
    """Files that belong to an asset beside its own."""

    def add(self, companion: Companion) -> None:
        """Add a file; of several with one name the newest counts."""
        ...

    def of(self, asset_id: AssetId) -> list[Companion]:
        """List those that count, by name."""
        ...

    def all(self, asset_ids: Sequence[AssetId]) -> list[Companion]:
        """List every one, those too that were replaced."""
        ...

    def drop(self, companions: Sequence[Companion]) -> None:
        """Forget that these files belong to their assets."""
        ...


class FieldRecords(Protocol):
    """Described values, with their history."""

    def current(self, asset_ids: Sequence[AssetId]) -> list[FieldValue]:
        """List the values in force."""
        ...

    def put(self, values: Iterable[FieldValue]) -> None:
        """Set values; a value of a lower source never replaces one of a higher."""
        ...

    def retire(self, values: Iterable[FieldValue], at: datetime) -> None:
        """End values; they stay in the history."""
        ...

    def everywhere(self, field: Field) -> list[FieldValue]:
        """List the values in force of one field of every asset, whoever may see it."""
        ...

    def history(self, asset_id: AssetId, field: Field) -> list[FieldValue]:
        """List all values a field ever had, oldest first."""
        ...


class CollectionRecords(Protocol):
    """Named sets of assets."""

    def add(self, name: str, asset_ids: Sequence[AssetId], by: str, at: datetime) -> list[AssetId]:
        """Put assets in, creating the collection when new; gives those that were not in it yet."""
        ...

    def remove(self, name: str, asset_ids: Sequence[AssetId]) -> None:
        """Take assets out; an emptied collection disappears."""
        ...

    def of(self, asset_id: AssetId) -> list[str]:
        """Name the collections that hold the asset."""
        ...


class RightsRecords(Protocol):
    """Rights rules by what they are attached to."""

    def put(self, rule: Rule) -> None:
        """Store or replace a rule."""
        ...

    def get(self, rule_id: str) -> Rule | None:
        """Give a rule."""
        ...

    def covering(self, asset: Asset, creator: str | None) -> list[Rule]:
        """List rules attached to the asset, its folder and parents, its supplier or its creator."""
        ...

    def attached(self, scopes: Iterable[Scope]) -> list[Rule]:
        """List the rules that are attached to any of the scopes and not revoked."""
        ...

    def kin(self, asset_ids: Sequence[AssetId]) -> list[Kin]:
        """List the assets and all their originals, whoever may see them."""
        ...

    def all(self) -> list[Rule]:
        """List every rule that is not revoked."""
        ...


class PlanRecords(Protocol):
    """Plans, their decisions and their single use."""

    def add(self, plan: Plan) -> None:
        """Store a pending plan."""
        ...

    def get(self, plan_id: str) -> Plan | None:
        """Give a plan."""
        ...

    def in_states(self, states: Sequence[PlanState], limit: int = 100) -> list[Plan]:
        """List plans, newest first."""
        ...

    def move(self, plan_id: str, before: PlanState, after: PlanState, outcome: str = "") -> bool:
        """Change the state if it is still `before`; False when somebody was faster."""
        ...

    def decide(self, decision: Decision) -> bool:
        """Record a decision; False when this person has decided already."""
        ...

    def decisions(self, plan_id: str) -> list[Decision]:
        """List decisions, oldest first."""
        ...

    def naming(self, asset_ids: Sequence[AssetId]) -> list[str]:
        """List plans that name any of these assets."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove plans that name any of these assets, with their decisions."""
        ...


class ReceiptRecords(Protocol):
    """Receipts of effects."""

    def add(self, receipt: Receipt) -> None:
        """Store a receipt."""
        ...

    def get(self, receipt_id: str) -> Receipt | None:
        """Give a receipt."""
        ...

    def last(self, actor: str, thread: str | None) -> Receipt | None:
        """Give the newest receipt of the person (in the conversation) that is not undone."""
        ...

    def undone(self, receipt_id: str, at: datetime) -> bool:
        """Mark as undone; False when it was already."""
        ...

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove receipts that name any of these assets."""
        ...


class PublicationRecords(Protocol):
    """Publications and the outbox."""

    def open(self, entry: OutboxEntry) -> bool:
        """Record a decided outside effect; False when its key is known."""
        ...

    def close(self, key: str, state: str) -> None:
        """Mark an outbox row done or failed."""
        ...

    def unfinished(self) -> list[OutboxEntry]:
        """List outbox rows that a crash left open."""
        ...

    def put(self, publication: Publication) -> None:
        """Record where something became public."""
        ...

    def withdrawn(self, key: str, at: datetime) -> None:
        """Record that it is public no longer."""
        ...

    def live(self, asset_ids: Sequence[AssetId]) -> list[Publication]:
        """List where these assets are public now."""
        ...

    def all_live(self) -> list[Publication]:
        """List everything that is public now."""
        ...


class AuditRecords(Protocol):
    """The chain of what happened."""

    def append(self, event: AuditEvent) -> None:
        """Seal an event onto the chain."""
        ...

    def rows(self, subject: str | None = None, limit: int | None = None) -> list[AuditRow]:
        """List rows, oldest first; with a subject only those about it."""
        ...

    def erase_payloads(self, subjects: Sequence[str]) -> int:
        """Erase the payloads about these subjects, leaving the chain whole."""
        ...


class FileRecords(Protocol):
    """Files that an ingest has met."""

    def get(self, path: str) -> KnownFile | None:
        """Give what is known of a path."""
        ...

    def put(self, known: KnownFile) -> None:
        """Remember a path."""
        ...

    def below(self, folder: str) -> list[KnownFile]:
        """List files at or below a path."""
        ...

    def of(self, asset_id: AssetId) -> list[KnownFile]:
        """List the paths an asset came from."""
        ...

    def in_status(self, status: str) -> list[KnownFile]:
        """List files of which an ingest said this."""
        ...

    def drop(self, paths: Sequence[str]) -> None:
        """Forget that these paths were met."""
        ...


class TextRecords(Protocol):
    """Full text."""

    def put(self, key: int, text: SearchText) -> None:
        """Index an asset's words."""
        ...

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of these assets."""
        ...

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Give catalogue keys with any of the terms and their relevance, best first."""
        ...

    def holding(self, letters: str) -> list[int]:
        """Give the catalogue keys of what has these letters in a row; none for no letters."""
        ...

    def keys(self) -> list[int]:
        """List the catalogue keys whose letters are known."""
        ...


class ThreadRecords(Protocol):
    """Which conversation showed which assets, and whose it is."""

    def own(self, thread: str, owner: str, at: datetime) -> str:
        """Make the thread the owner's if it is nobody's, and give its owner."""
        ...

    def owner(self, thread: str) -> str | None:
        """Give whose thread it is, or None when it does not exist."""
        ...

    def shown(self, thread: str, asset_ids: Sequence[AssetId]) -> None:
        """Remember that the thread names these assets."""
        ...

    def log(self, thread: str, events: Sequence[str], at: datetime) -> None:
        """Append what the conversation showed, each event as JSON."""
        ...

    def events(self, thread: str, after: int = 0) -> list[tuple[int, str]]:
        """List numbered events of a thread, oldest first."""
        ...

    def naming(self, asset_ids: Sequence[AssetId]) -> list[str]:
        """List threads that name any of these assets."""
        ...

    def mentioning(self, texts: Sequence[str]) -> list[str]:
        """List threads in whose events one of these texts stands by itself, as a whole word."""
        ...

    def of(self, owner: str) -> list[str]:
        """List a person's threads, newest first."""
        ...

    def erase(self, threads: Sequence[str]) -> None:
        """Forget threads."""
        ...


class UsageRecords(Protocol):
    """What chat models used."""

    def add(self, more: DayUse) -> None:
        """Add to what was used and held; what is let go is held as a negative number."""
        ...

    def since(self, day: date, person: str | None = None) -> list[DayUse]:
        """List what was used from a day on, oldest first, by one person or by all."""
        ...


class TaxonomyRecords(Protocol):
    """Taxonomies: one that is proposed, one in force, and those that were."""

    def propose(self, taxonomy: KeptTaxonomy) -> None:
        """Keep a taxonomy in place of what was proposed before."""
        ...

    def proposed(self) -> str | None:
        """Give the id of the one that waits to be accepted."""
        ...

    def accepted(self) -> str | None:
        """Give the id of the one in force."""
        ...

    def get(self, taxonomy_id: str) -> KeptTaxonomy | None:
        """Give a taxonomy."""
        ...

    def accept(self, taxonomy_id: str, by: str, at: datetime) -> bool:
        """Put a proposed one in force; False when it is not proposed any more."""
        ...


class Records(Protocol):
    """Everything the catalogue holds, inside one transaction."""

    @property
    def assets(self) -> AssetRecords:
        """Assets, versions and families."""
        ...

    @property
    def companions(self) -> CompanionRecords:
        """Files beside those of assets."""
        ...

    @property
    def fields(self) -> FieldRecords:
        """Described values."""
        ...

    @property
    def collections(self) -> CollectionRecords:
        """Named sets."""
        ...

    @property
    def rights(self) -> RightsRecords:
        """Rights rules."""
        ...

    @property
    def plans(self) -> PlanRecords:
        """Plans and decisions."""
        ...

    @property
    def receipts(self) -> ReceiptRecords:
        """Receipts."""
        ...

    @property
    def publications(self) -> PublicationRecords:
        """Publications and outbox."""
        ...

    @property
    def audit(self) -> AuditRecords:
        """The audit chain."""
        ...

    @property
    def files(self) -> FileRecords:
        """Files met by ingests."""
        ...

    @property
    def text(self) -> TextRecords:
        """Full text."""
        ...

    @property
    def threads(self) -> ThreadRecords:
        """Conversations."""
        ...

    @property
    def usage(self) -> UsageRecords:
        """What chat models used."""
        ...

    @property
    def taxonomies(self) -> TaxonomyRecords:
        """Taxonomies."""
        ...


class Catalogue(Protocol):
    """Opens transactions; a writing one is atomic and alone."""

    def reading(self) -> AbstractContextManager[Records]:
        """Read a consistent state."""
        ...

    def writing(self) -> AbstractContextManager[Records]:
        """Write; all of it is kept, or, after an exception, nothing."""
        ...
