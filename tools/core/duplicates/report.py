"""What a search for duplicates tells: groups, what to keep of each, and why."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tools.core.assets import Asset

_ASKED = re.compile(
    r"duplic|duplik|dupe|doublon|doppel|doppi[aeo]?\b|dubbel|double|twice|redundan|two of the same"
    r"|repetid|\u91cd\u8907|\u540c\u3058\u753b\u50cf|\u4e8c\u91cd",
    re.IGNORECASE,
)


class Sameness(StrEnum):
    """How far the members of a group are the same."""

    BYTES = "same bytes"
    PICTURE = "same picture"
    SCENE = "similar scene"


def asks_for_duplicates(topic: str) -> bool:
    """Tell whether a person's words ask for what is there more than once."""
    return _ASKED.search(topic) is not None


@dataclass(frozen=True, slots=True)
class Spare:
    """An asset that could go, with what speaks for looking at it first."""

    asset: Asset
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Assets that are the same: which to keep and why, which could go.

    `copies` are places of files with the bytes of the kept one, which are in the library once.
    """

    sameness: Sameness
    keep: Asset
    because: str
    spares: tuple[Spare, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """Count the bytes of what could go."""
        return sum(spare.asset.version.bytes for spare in self.spares)


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """Groups, the surest sameness first; `looked_at` counts assets, `note` is for a person."""

    groups: tuple[DuplicateGroup, ...]
    looked_at: int
    note: str = ""
