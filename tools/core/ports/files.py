"""Files as they are: what one says of itself, and what is written into copies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tools.core.perception import FileFacts


class Probe(Protocol):
    """Tells what a file is, by content and never by name, reading as little as it can."""

    def identify(self, path: Path) -> FileFacts:
        """Describe the file.

        An unknown format is `media_type="other"`, never an error. Raises Fixable with one line
        that says what to do for an empty, truncated, encrypted, oversized or hostile file.
        """
        ...

    def sidecar(self, path: Path) -> dict[str, str]:
        """Give what an XMP file says of the file beside it, named as in FileFacts.embedded.

        A broken one says nothing; raises Fixable for what cannot be opened.
        """
        ...


class MetadataWriter(Protocol):
    """Writes what is known of an asset into a copy of its file, or beside it.

    Fields are named as in FileFacts.embedded.
    """

    def obstacle(self, mime: str) -> str:
        """Say why nothing can be written into files of a kind, "" when it can."""
        ...

    def write(self, path: Path, mime: str, fields: Mapping[str, str]) -> None:
        """Write fields into a file in place, which lies in a folder of its own.

        Raises Fixable, in half a sentence, when that fails.
        """
        ...

    def sidecar(self, fields: Mapping[str, str]) -> bytes:
        """Write fields as an XMP file that lies beside another."""
        ...
