"""What an ingest is told to do and what it says of each file."""

from dataclasses import dataclass
from enum import StrEnum

from tools.core.assets import AssetId

# What is remembered of a file that belongs to an asset beside its own file.
COMPANION = "companion"


class FileStatus(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How files are taken in.

    `in_place` leaves originals where they lie; `own_work` names the person whose work they are;
    `title` counts only for a single file; `audience` is as in Asset.
    """

    in_place: bool = False
    own_work: str | None = None
    supplier: str | None = None
    folder: str | None = None
    title: str | None = None
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file or folder; `reason` is one line for a person."""

    id: AssetId | None
    file: str
    status: FileStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many assets were forgotten, the places looked through again, and those not clean."""

    count: int
    checked: tuple[str, ...]
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a start-up check completed: vectors made, and assets looked at again."""

    vectors: int
    looked_at: int
