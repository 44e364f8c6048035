"""Blobs in memory; passes the contract of tests/storage/test_blobs.py."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.core.errors import Fixable


class FakeBlobs:
    """Implements ports.Blobs."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        key = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
        self.stored[key] = content
        return key

    def put_file(self, path: Path, sha256: str) -> str:
        if not path.is_file():
            raise Fixable(f"The file {path.name} is gone: ingest it again.")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Fixable("The file changed while it was being stored: ingest it again.")
        return self.put(content)

    def read(self, key: str) -> bytes:
        if key not in self.stored:
            raise Fixable(f"The file {key} is gone: ingest it again.")
        return self.stored[key]

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / key.rpartition("/")[2]
            path.write_bytes(self.read(key))
            yield path

    def delete(self, key: str) -> None:
        self.stored.pop(key, None)

    def exists(self, key: str) -> bool:
        return key in self.stored
