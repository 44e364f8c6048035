"""A website's folder: files beside a manifest that lists them, both always whole."""

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from tools.adapters.publishers.public_name import public_name
from tools.core.errors import Fixable
from tools.core.ports import Delivery, PublicCopy

_SCHEMA = 1
_PATIENCE = 30.0
_PIECE = 1024 * 1024
_STAGED = ".incoming-"
_JOURNAL = ".delivering"

Entries = dict[str, dict[str, Any]]


class WebsiteFolder:
    """Implements ports.Publisher on a folder that a web server serves.

    A file is public once the manifest lists it; a delivery that a crash cut short is cleared away
    at the next change. Files that this class did not write are never touched. With `base_url`
    locations are addresses, otherwise paths.
    """

    def __init__(self, folder: Path, base_url: str = "") -> None:
        self._folder = folder
        self._base_url = base_url.rstrip("/")

    def deliver(self, delivery: Delivery, source: Path) -> PublicCopy:
        """Make the file public atomically; the same key again changes nothing.

        Raises Fixable when the source is gone or changed, the folder cannot be written, or the disk
        is full.
        """
        with self._changing() as entries:
            known = entries.get(delivery.key)
            if known is None or not self._is_there(known):
                known = asdict(delivery) | self._place(delivery, source)
                self._write_manifest(entries | {delivery.key: known})
            (self._folder / _JOURNAL).unlink(missing_ok=True)
            return self._copy(delivery.key, known)

    def withdraw(self, key: str) -> bool:
        """Take it down, the file first; False when it was not there."""
        if not self._folder.is_dir():
            return False
        with self._changing() as entries:
            known = entries.pop(key, None)
            if known is None:
                return False
            (self._folder / str(known["file"])).unlink(missing_ok=True)
            _flush_folder(self._folder)
            self._write_manifest(entries)
            return True

    def find(self, key: str) -> PublicCopy | None:
        """Tell where a delivery lies, or None."""
        known = self._manifest().get(key)
        return self._copy(key, known) if known and self._is_there(known) else None

    @contextmanager
    def _changing(self) -> Iterator[Entries]:
        """Hold the folder's lock, clear away what a crash left, and word failures."""
        try:
            if self._folder.is_symlink():
                raise Fixable(f"{self._folder} is a link: name the website's real folder.")
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / ".lock", timeout=_PATIENCE):
                entries = self._manifest()
                self._mend({str(entry["file"]) for entry in entries.values()})
                yield entries
        except Timeout as error:
            raise Fixable("Another program is changing the website: try again.") from error
        except OSError as error:
            raise _fixable(error, self._folder) from error

    def _mend(self, listed: set[str]) -> None:
        """Remove half-written files, and the whole one that never came to be listed."""
        for staged in self._folder.glob(f"{_STAGED}*"):
            staged.unlink(missing_ok=True)
        journal = self._folder / _JOURNAL
        with suppress(FileNotFoundError):
            name = journal.read_text(encoding="utf-8")
            if name and Path(name).name == name and name not in listed:
                (self._folder / name).unlink(missing_ok=True)
            journal.unlink()

    def _place(self, delivery: Delivery, source: Path) -> dict[str, Any]:
        name = public_name(delivery.title, delivery.file_name, delivery.mime, delivery.key)
        target = self._folder / name
        if target.is_symlink() or target.exists():
            raise Fixable(f"{target} is in the way: move it out of the website's folder.")
        staged = self._folder / f"{_STAGED}{name}"
        try:
            size = _copy_verified(source, staged, delivery.sha256)
            _write_whole(self._folder / _JOURNAL, name)
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)
        _flush_folder(self._folder)
        return {"file": name, "bytes": size}

    def _is_there(self, entry: dict[str, Any]) -> bool:
        path = self._folder / str(entry["file"])
        return path.is_file() and not path.is_symlink()

    def _manifest(self) -> Entries:
        path = self._folder / "manifest.json"
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, OSError) as error:
            raise Fixable(f"{path} cannot be read: restore it or remove it.") from error
        if not isinstance(stored, dict) or stored.get("schema") != _SCHEMA:
            raise Fixable(f"{path} was written by another version: restore it or remove it.")
        return {str(entry["key"]): entry for entry in stored["assets"]}

    def _write_manifest(self, entries: Entries) -> None:
        ordered = [entries[key] for key in sorted(entries)]
        text = json.dumps({"schema": _SCHEMA, "assets": ordered}, ensure_ascii=False, indent=2)
        _write_whole(self._folder / "manifest.json", text + "\n")

    def _copy(self, key: str, entry: dict[str, Any]) -> PublicCopy:
        name = str(entry["file"])
        if self._base_url:
            return PublicCopy(key, f"{self._base_url}/{name}")
        return PublicCopy(key, str(self._folder / name))


def _copy_verified(source: Path, target: Path, sha256: str) -> int:
    """Copy, flush, and give the size; the bytes must be those that were approved."""
    seen, size = hashlib.sha256(), 0
    try:
        reading = source.open("rb")
    except FileNotFoundError as error:
        raise Fixable("The file to publish is gone: ingest it again.") from error
    with reading, target.open("xb") as writing:
        while piece := reading.read(_PIECE):
            seen.update(piece)
            size += len(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    if seen.hexdigest() != sha256:
        raise Fixable("The file changed after it was approved: ask for its publication again.")
    target.chmod(0o644)
    return size


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_name(f"{_STAGED}{path.name}")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fixable(error: OSError, folder: Path) -> Fixable:
    if error.errno == errno.ENOSPC:
        return Fixable("The disk is full: free some space and do it again.")
    return Fixable(f"The website's folder {folder} cannot be written: check its permissions.")
