"""One asset and what is known of it."""

from dataclasses import dataclass
from pathlib import Path


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
