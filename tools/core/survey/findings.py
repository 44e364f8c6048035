"""What a survey says: counts with examples, and proposals as texts that could be saved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A file format and how much of it there is."""

    media_type: str
    mime: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and what to do about it."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class BadNames:
    """Names with the same fault, and one of them with a name that would do."""

    fault: str
    says: str
    files: int
    example: str
    proposal: str


@dataclass(frozen=True, slots=True)
class MissingField:
    """How many files of a kind do not say something that they must."""

    media_type: str
    field: str
    files: int
    of: int


@dataclass(frozen=True, slots=True)
class SameBytes:
    """Files that are the same, byte by byte."""

    files: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class SourceRights:
    """How many files of a source (a folder at the top) say nothing of whose they are."""

    source: str
    files: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Term:
    """A proposed word of the taxonomy, what it is narrower than, and where it comes from."""

    name: str
    broader: str
    files: int
    origin: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an ingest will take: `added` bytes beside the originals, which `copied` counts."""

    seconds: int
    added: int
    copied: int


@dataclass(frozen=True, slots=True)
class Survey:
    """All that a survey found; `assets` is what the files make, as an ingest joins them."""

    files: int
    assets: int
    bytes: int
    formats: tuple[Format, ...]
    unreadable: tuple[Unreadable, ...]
    passed_over: int
    good_names: int
    bad_names: tuple[BadNames, ...]
    missing: tuple[MissingField, ...]
    duplicates: tuple[SameBytes, ...]
    rights: tuple[SourceRights, ...]
    taxonomy: tuple[Term, ...]
    estimate: Estimate
    taxonomy_file: str
    conventions_file: str
