"""What people ask of a search, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum

from tools.core.assets import Asset, AssetId, MediaType, Orientation
from tools.core.rights.uses import Verdict
from tools.core.search.filters.relaxing import Relaxation
from tools.core.search.filters.structured import Filters


class Band(StrEnum):
    """How far a hit can be trusted; weak hits are shown only to those who ask for them."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query in any of eight languages with hard constraints; an empty query browses.

    What stands in quotation marks must be in it word for word. `filters` are constraints that the
    query does not word itself; `without` names filters, by their words, that are read and not
    applied. `among` restricts it to these assets.
    """

    query: str
    media_type: MediaType | None = None
    orientation: Orientation | None = None
    tag: str | None = None
    collection: str | None = None
    parent_id: AssetId | None = None
    limit: int = 24
    weak: bool = False
    among: tuple[AssetId, ...] | None = None
    filters: Filters = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An asset that was found: `score` runs from 0 to 1, `why` names the evidence.

    `verdict` says whether it may be published anywhere now, or is None where nobody asked; `page`
    is where the quoted text stands, `seconds` when what was asked for is said or seen.
    """

    asset: Asset
    score: float
    band: Band
    why: str
    verdict: Verdict | None = None
    page: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Hits, best first; `weak_hidden` counts what is below the cut-off, `note` is for a person.

    `filters` are those that were applied, each in words by which it can be taken away, and
    `relaxations` say of an empty answer what that would bring.
    """

    hits: tuple[Hit, ...]
    weak_hidden: int = 0
    note: str = ""
    filters: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
