"""Records of files met, texts searched, conversations, use and taxonomies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from tools.core.assets import (
    AssetId,
)
from tools.core.records.values import KnownFile, SearchText
from tools.core.spending import DayUse
from tools.core.taxonomy.kept import KeptTaxonomy


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
