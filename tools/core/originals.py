"""Files of assets, wherever they lie, lent for reading and checked to be what was ingested."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.core.assets import Asset, Companion, Version
from tools.core.errors import Fixable
from tools.core.ports import Blobs
from tools.core.records import Catalogue

PIECE = 1024 * 1024


class Originals:
    """Lends files out of the blob store and from where they were left in place."""

    def __init__(self, *, catalogue: Catalogue, blobs: Blobs) -> None:
        self._catalogue = catalogue
        self._blobs = blobs

    @contextmanager
    def open(self, asset: Asset, version: int | None = None) -> Iterator[Path]:
        """Lend the file of a version, by default the current one.

        Raises Fixable when there is no such version, or when its file is gone or was changed.
        """
        wanted = self._version(asset, version)
        if wanted.blob is not None:
            with self._blobs.local(wanted.blob) as path:
                yield path
        else:
            yield self._in_place(asset, wanted)

    @contextmanager
    def beside(self, companion: Companion) -> Iterator[Path]:
        """Lend a file that belongs to an asset; Fixable when it is gone or was changed."""
        if companion.blob is not None:
            with self._blobs.local(companion.blob) as path:
                yield path
            return
        path = Path(companion.path)
        if not path.is_file() or hash_of(path) != companion.sha256:
            raise Fixable(f"{companion.file_name} is gone or was changed: ingest its folder again.")
        yield path

    def _version(self, asset: Asset, number: int | None) -> Version:
        if number is None or number == asset.version.number:
            return asset.version
        with self._catalogue.reading() as records:
            versions = {version.number: version for version in records.assets.versions(asset.id)}
        if number not in versions:
            known = ", ".join(map(str, versions))
            raise Fixable(f"'{asset.title}' has no version {number}. It has: {known}.")
        return versions[number]

    def _in_place(self, asset: Asset, version: Version) -> Path:
        with self._catalogue.reading() as records:
            known = records.files.of(asset.id)
        looked_at = {file.path: file.modified_ns for file in known if file.sha256 == version.sha256}
        changed = False
        for name in dict.fromkeys([version.path or "", *looked_at]):
            path = Path(name)
            if not name or not path.is_file():
                continue
            if _is_still(path, version, looked_at.get(name)):
                return path
            changed = True
        what = "was changed since it was ingested" if changed else "is not there any more"
        raise Fixable(f"The file of '{asset.title}' {what}: ingest its folder again.")


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _is_still(path: Path, version: Version, modified_ns: int | None) -> bool:
    facts = path.stat()
    if facts.st_size != version.bytes:
        return False
    return facts.st_mtime_ns == modified_ns or hash_of(path) == version.sha256
