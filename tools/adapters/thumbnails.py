"""Thumbnails in a cache folder, named by the hash of the file they show."""

import re
import secrets
from contextlib import suppress
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{8,128}")


class ThumbnailFolder:
    """Implements ports.Thumbnails; losing the folder loses nothing that cannot be made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, sha256: str, side: int) -> bytes | None:
        """Give the WebP picture, or None when it was not made yet."""
        try:
            return self._path(sha256, side).read_bytes()
        except OSError:
            return None

    def put(self, sha256: str, side: int, content: bytes) -> None:
        """Keep a picture; on a full disk it is not kept, which costs time and no data."""
        path = self._path(sha256, side)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(content)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def drop(self, sha256: str) -> None:
        """Remove every size of a file's picture; a missing one is harmless."""
        for path in self._path(sha256, 0).parent.glob(f"{sha256}-*"):
            path.unlink(missing_ok=True)

    def _path(self, sha256: str, side: int) -> Path:
        if not _HASH.fullmatch(sha256):
            raise ValueError("a thumbnail is named by a hash")
        return self._folder / sha256[:2] / f"{sha256}-{side}.webp"
