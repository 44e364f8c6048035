"""Where files, thumbnails and models are kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tools.core.ports.basics import Report


class Blobs(Protocol):
    """Files by content hash, written once, never changed."""

    def put(self, content: bytes) -> str:
        """Store and give the key; storing the same bytes again is harmless."""
        ...

    def put_file(self, path: Path, sha256: str) -> str:
        """Store a file whose hash is known and give the key."""
        ...

    def read(self, key: str) -> bytes:
        """Give the bytes; Fixable when they are gone."""
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Lend the blob as a local file for reading."""
        ...

    def delete(self, key: str) -> None:
        """Remove; a missing key is harmless."""
        ...

    def exists(self, key: str) -> bool:
        """Tell whether the key is stored."""
        ...


class Thumbnails(Protocol):
    """Small pictures of file versions by content hash and side; a cache that can be rebuilt."""

    def get(self, sha256: str, side: int) -> bytes | None:
        """Give the WebP picture, or None when it was not made yet."""
        ...

    def put(self, sha256: str, side: int, content: bytes) -> None:
        """Keep a picture."""
        ...

    def drop(self, sha256: str) -> None:
        """Remove every size of a file's picture; a missing one is harmless."""
        ...


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model file as people see it: `state` is ready, missing, damaged or fetching.

    `source` says whose bytes they are; `size` is in bytes; `needed_for` is a few words.
    """

    name: str
    needed_for: str
    size: int
    licence: str
    source: str
    state: str
    note: str = ""


class ModelStore(Protocol):
    """Verified model files with pinned hashes; the hash is the trust, not the source."""

    def path(self, name: str) -> Path:
        """Give the verified file.

        Raises Fixable, saying which command fetches it, when it is missing or its hash is wrong.
        """
        ...

    def states(self) -> list[ModelState]:
        """List every model of the manifest."""
        ...

    def fetch(self, names: Sequence[str], report: "Report") -> None:
        """Fetch part by part, join, verify and move into place; a stopped fetch goes on.

        Raises Fixable when nothing can be fetched (no network) or a hash is wrong.
        """
        ...
