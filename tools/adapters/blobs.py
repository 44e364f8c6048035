"""Files by content hash in a folder or an S3 bucket, through obstore."""

import hashlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store

from tools.core.errors import Fixable

_KEY = re.compile(r"^[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}$")
_PIECE = 4 * 1024 * 1024
_WHOLE = 8 * 1024 * 1024
_INCOMING = ".incoming"


def key_of(sha256: str) -> str:
    """Give the key of a content hash, spread over folders."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class ObjectBlobs:
    """Implements ports.Blobs; `location` is a folder or an `s3://bucket/prefix` URL.

    `options` are obstore's S3 settings (endpoint, region, access_key_id ...), `patience` the
    seconds for which a bucket that does not answer is tried again. What a killed process left
    half-written is removed when the store opens.
    """

    def __init__(
        self,
        location: str | Path,
        options: Mapping[str, Any] | None = None,
        patience: float = 60.0,
    ) -> None:
        self._root: Path | None = None
        self._store: LocalStore | S3Store
        text = str(location)
        if "://" in text and not text.startswith("file://"):
            self._store = _bucket(text, options or {}, patience)
        else:
            self._root = Path(text.removeprefix("file://")).absolute()
            try:
                self._store = LocalStore(self._root, mkdir=True, automatic_cleanup=True)
                _sweep(self._root / _INCOMING)
            except (BaseError, OSError) as error:
                raise _fixable(error) from error

    def put(self, content: bytes) -> str:
        """Store and give the key; storing the same bytes again is harmless.

        Raises Fixable when the disk is full.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        return self._keep(sha256, len(content), [content])

    def put_file(self, path: Path, sha256: str) -> str:
        """Store a file piece by piece and give the key.

        Raises Fixable when the file is gone, no longer has the hash, or the disk is full.
        """
        try:
            return self._keep(sha256, path.stat().st_size, _pieces(path))
        except OSError as error:
            raise _fixable(error) from error

    def read(self, key: str) -> bytes:
        """Give the bytes; Fixable when they are gone."""
        try:
            return bytes(obstore.get(self._store, _checked(key)).bytes())
        except (FileNotFoundError, BaseError) as error:
            raise _fixable(error, key) from error

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Lend the blob as a local file for reading; Fixable when it is gone."""
        if self._root is not None:
            path = self._root / _checked(key)
            if not path.is_file():
                raise _fixable(FileNotFoundError(key), key)
            yield path
            return
        with tempfile.TemporaryDirectory(prefix="blob-") as folder:
            path = Path(folder) / key.rpartition("/")[2]
            try:
                with path.open("wb") as file:
                    for piece in obstore.get(self._store, _checked(key)).stream(_PIECE):
                        file.write(piece)
            except (OSError, BaseError) as error:
                raise _fixable(error, key) from error
            yield path

    def delete(self, key: str) -> None:
        """Remove; a missing key is harmless."""
        try:
            with suppress(FileNotFoundError):
                obstore.delete(self._store, _checked(key))
        except BaseError as error:
            raise _fixable(error, key) from error

    def exists(self, key: str) -> bool:
        """Tell whether the key is stored."""
        return self._size(_checked(key)) is not None

    def _keep(self, sha256: str, size: int, pieces: Iterable[bytes]) -> str:
        key = _checked(key_of(sha256))
        try:
            stored = self._size(key)
            if stored == size:
                return key
            if stored is not None:
                self.delete(key)
            verified = _verified(pieces, sha256)
            if self._root is not None:
                self._keep_local(key, verified)
            elif size <= _WHOLE:
                obstore.put(self._store, key, b"".join(verified), mode="create")
            else:
                obstore.put(self._store, key, verified)
        except AlreadyExistsError:
            return key
        except (OSError, BaseError) as error:
            raise _fixable(error, key) from error
        return key

    def _keep_local(self, key: str, pieces: Iterator[bytes]) -> None:
        """Write aside and rename without overwriting, so that a key is whole or absent."""
        assert self._root is not None
        staged = f"{_INCOMING}/{os.getpid()}-{uuid.uuid4().hex}"
        try:
            obstore.put(self._store, staged, pieces)
            _flush(self._root / staged)
            obstore.rename(self._store, staged, key, overwrite=False)
        except BaseException:
            with suppress(FileNotFoundError, BaseError):
                obstore.delete(self._store, staged)
            raise
        _flush((self._root / key).parent)

    def _size(self, key: str) -> int | None:
        try:
            return obstore.head(self._store, key)["size"]
        except FileNotFoundError:
            return None


def _bucket(url: str, options: Mapping[str, Any], patience: float) -> S3Store:
    if not url.startswith("s3://"):
        raise Fixable(f"Files can be kept in a folder or at s3://bucket/prefix, not at '{url}'.")
    plain = str(options.get("endpoint", "")).startswith("http://")
    return S3Store.from_url(
        url,
        config=cast(Any, dict(options)),
        client_options={"allow_http": plain},
        retry_config={"retry_timeout": timedelta(seconds=patience)},
    )


def _checked(key: str) -> str:
    if not _KEY.match(key):
        raise Fixable(f"'{key[:80]}' is not the key of a stored file.")
    return key


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _verified(pieces: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    seen = hashlib.sha256()
    for piece in pieces:
        seen.update(piece)
        yield piece
    if seen.hexdigest() != sha256:
        raise Fixable("The file changed while it was being stored: ingest it again.")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(incoming: Path) -> None:
    """Remove what killed processes left half-written."""
    for leftover in incoming.glob("*-*") if incoming.is_dir() else ():
        process = leftover.name.partition("-")[0]
        if process.isdigit() and not _alive(int(process)):
            leftover.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fixable(error: Exception, key: str = "") -> Fixable:
    text = str(error)
    if "os error 28" in text or getattr(error, "errno", None) == 28:
        return Fixable("The disk is full: free some space and do it again.")
    if isinstance(error, FileNotFoundError):
        name = key or Path(getattr(error, "filename", None) or "the file").name
        return Fixable(f"The file {name} is gone: ingest it again, or restore it from a backup.")
    reason = text.splitlines()[0][:200] if text else type(error).__name__
    return Fixable(f"The file store cannot be used ({reason}): check its folder or its server.")
