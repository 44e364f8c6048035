"""What a search, an example or a report of duplicates found."""

from dataclasses import dataclass

from agent.views.assets import AssetCard


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
