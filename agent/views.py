"""What a front door may name besides events: frozen views of assets, plans, jobs and people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from tools.core.errors import DomainError as DomainError
from tools.core.errors import Fixable as Fixable
from tools.core.errors import Refused as Refused
from tools.core.people import Role as Role
from tools.core.people import Viewer as Viewer
from tools.core.survey.findings import Survey as Survey

Report = Callable[[int, int, str], None]
"""Receives done, total and a note while long work goes on."""

View = TypeVar("View")


def read(kind: type[View], document: object) -> View:
    """Read a view back from its JSON; unknown keys are ignored."""
    wanted: Any = kind
    found: View = _adapter(wanted).validate_python(document)
    return found


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True)
class AssetCard:
    """An asset as a person meets it in a gallery; `verdict` is allowed, denied, unknown or ''.

    `verdict` answers "may this be published anywhere today?" and `clause` says why; `why` tells
    what made it match; `band` is strong, weak or empty; `page` is where quoted text stands,
    `seconds` when what was asked for is said or seen. `suspicious` says that text of the file
    tries to give orders, and `warning` says so in words.
    """

    id: str
    file: str
    title: str
    media_type: str
    score: float = 0.0
    band: str = ""
    why: str = ""
    verdict: str = ""
    clause: str = ""
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    parent: str | None = None
    state: str = "active"
    warning: str = ""
    suspicious: bool = False
    page: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class PlanAssetView:
    """An asset in a plan, with its verdict and where it is used now."""

    id: str
    file: str
    title: str
    version: int
    verdict: str
    clause: str
    where_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its approvers read it; `effect` is the name of the effect in lower case.

    `approvers` are roles or names that may decide, `expires` is ISO 8601, `may_decide` tells
    whether the one who looks is among them, `excluded` pairs an asset with the reason;
    `offers` are lines about what is owned already, `terms` those that an approval agrees to.
    """

    id: str
    tool: str
    arguments: str
    effect: str
    summary: str
    target: str
    assets: tuple[PlanAssetView, ...]
    excluded: tuple[tuple[str, str], ...]
    verdict: str
    approvers: tuple[str, ...]
    requester: str
    state: str
    created: str
    expires: str
    thread: str | None = None
    outcome: str = ""
    may_decide: bool = False
    offers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleView:
    """What to look like: an asset or a picture file of this machine, and what to change of it.

    `part` is left,top,right,bottom as fractions of its sides, empty for the whole.
    """

    asset_id: str = ""
    file: str = ""
    part: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelaxationView:
    """Filters that could be taken away, and how many hits that would bring."""

    without: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class SearchView:
    """The answer to a search; `weak_hidden` hits lie below the cut-off.

    `filters` were read out of the query or given; each is taken away by naming it in `without`.
    """

    query: str
    hits: tuple[AssetCard, ...]
    weak_hidden: int = 0
    note: str = ""
    filters: tuple[str, ...] = ()
    relaxations: tuple[RelaxationView, ...] = ()


@dataclass(frozen=True, slots=True)
class SpareView:
    """An asset that could go because it is there twice, and what to look at before."""

    card: AssetCard
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DuplicateGroupView:
    """Assets that are the same bytes, the same picture or a similar scene.

    `keep` is the one to keep, `because` says why; `copies` are places of files with its bytes;
    `bytes` is what the spares take.
    """

    sameness: str
    keep: AssetCard
    because: str
    spares: tuple[SpareView, ...] = ()
    copies: tuple[str, ...] = ()
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class DuplicatesView:
    """What is in the library more than once; nothing of it is deleted."""

    groups: tuple[DuplicateGroupView, ...]
    looked_at: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    """How many visible assets share a value of a facet."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the library."""

    assets: tuple[AssetCard, ...]
    total: int
    facets: tuple[FacetView, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldView:
    """A described value with who said it (person, file or model), how sure (0-1) and when.

    `word` is what may be rejected of it, or what was, where `name` is rejected; else "".
    `times` are the seconds at which the lines of the value begin in a recording, if they are known;
    `why` is what a model rests it on, where it can say so.
    """

    name: str
    value: str
    source: str
    by: str
    confidence: float
    at: str
    word: str = ""
    times: tuple[float, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class VersionView:
    """A file of an asset; `recipe` tells in words how it was made."""

    number: int
    bytes: int
    mime: str
    sha256: str
    added: str
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class RightsView:
    """A rights rule: its clause in words and whether a person confirmed it."""

    id: str
    clause: str
    status: str
    kind: str
    document: str = ""
    by: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class AssetView:
    """Everything a person may know of an asset."""

    card: AssetCard
    fields: tuple[FieldView, ...]
    versions: tuple[VersionView, ...]
    rights: tuple[RightsView, ...]
    parents: tuple[AssetCard, ...]
    children: tuple[AssetCard, ...]
    collections: tuple[str, ...]
    used: tuple[str, ...]
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that may be sent to the one who asked."""

    path: Path
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class FileOutcomeView:
    """What became of a file: added, unchanged, duplicate, skipped or failed, and why.

    `conform` says how a file that was added breaks the conventions of the house, perhaps "".
    """

    id: str | None
    file: str
    status: str
    reason: str = ""
    conform: str = ""


@dataclass(frozen=True, slots=True)
class ForgottenView:
    """What was forgotten, and what a search for traces still found (empty when clean)."""

    assets: int
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: state is queued, running, done, failed or cancelled."""

    id: str
    kind: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model file: state is ready, missing, damaged or fetching."""

    name: str
    needed_for: str
    size: int
    licence: str
    source: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SwitchView:
    """The model of pictures in use now (or `none`), whether it is what was asked for, and why."""

    model: str
    took_over: bool
    text: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a part is `ready`, `loading`, `missing` or `off`; `note` is for a person."""

    name: str
    state: str
    note: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A row of the audit in words."""

    seq: int
    at: str
    who: str
    action: str
    subject: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainView:
    """Whether the audit chain holds."""

    rows: int
    intact: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class UsageView:
    """What a person used of a model on a day; a model of this machine has no `host` and no price.

    `cost` is None where a price is not known; `estimated` calls did not say what they used.
    """

    day: str
    person: str
    host: str
    model: str
    calls: int
    input: int
    output: int
    cached: int
    cost: float | None
    currency: str
    estimated: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `dalm doctor`: state is ok, missing or broken; `fix` says what to do."""

    name: str
    state: str
    note: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A conversation of the person who asks."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LabelView:
    """A name of a concept; `language` is a BCP 47 tag, perhaps ""."""

    language: str
    text: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept of the taxonomy; `broader` holds ids."""

    id: str
    labels: tuple[LabelView, ...]
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """A taxonomy, proposed or accepted; `notes` say what was left out of it or may mislead."""

    id: str
    file: str
    state: str
    concepts: tuple[ConceptView, ...]
    language: str
    notes: tuple[str, ...]
    by: str
    at: str
    accepted_by: str = ""
    accepted_at: str = ""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A word that assets have and no concept covers; `origin` is person, file or model."""

    word: str
    origin: str
    assets: int


@dataclass(frozen=True, slots=True)
class RejectionView:
    """A word of a machine that a person denied; `alike` are assets that it is kept off as well."""

    asset: str
    title: str
    word: str
    because: str
    by: str
    at: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What was done, with the id that `undo` takes."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A value that its model was too unsure of, for a person to decide; `id` names it."""

    id: str
    asset: str
    title: str
    field: str
    value: str
    confidence: float
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ConformView:
    """What of an asset breaks the conventions of the house, and what would mend it.

    `name` is a file name that would do, or ""; `missing` pairs a required field with what others
    of its folder have there.
    """

    asset: str
    file: str
    faults: tuple[str, ...]
    name: str
    missing: tuple[tuple[str, str], ...]
    text: str
