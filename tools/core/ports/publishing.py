"""Where assets are published."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel receives: a file and the facts that go into its manifest.

    `key` is the idempotency key; delivering it again changes nothing.
    """

    key: str
    asset_id: str
    version: int
    sha256: str
    file_name: str
    mime: str
    title: str
    alt_text: str
    credit: str
    approval: str
    published_at: str


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """Where a delivery lies in public."""

    key: str
    location: str


class Publisher(Protocol):
    """One channel's outside; every effect on it is found again by its idempotency key."""

    def deliver(self, delivery: Delivery, source: Path) -> PublicCopy:
        """Make the file public atomically."""
        ...

    def withdraw(self, key: str) -> bool:
        """Take it down; False when it was not there."""
        ...

    def find(self, key: str) -> PublicCopy | None:
        """Tell where a delivery lies, or None."""
        ...
