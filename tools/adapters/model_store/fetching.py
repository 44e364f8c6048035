"""Fetching one model: grow a partial file, check it, and move it into place in one step."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tools.adapters.model_store import wording
from tools.adapters.model_store.manifest import Model
from tools.adapters.model_store.sources import UNPACKED, Grown, Source, SourceFailed, length
from tools.adapters.model_store.verification import Verification, hash_of
from tools.core.errors import Fixable

NOT_PERMITTED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
FULL = {errno.ENOSPC, errno.EDQUOT}


class Fetching:
    """Fetches into `.parts` of the model folder, one model at a time across all programs."""

    def __init__(self, folder: Path, sources: Sequence[Source], verification: Verification) -> None:
        self._folder = folder
        self._sources = tuple(sources)
        self._verification = verification
        self._parts = folder / ".parts"
        self._name = self._parts / "fetching"
        self._lock = self._parts / "lock"

    def fetch(self, model: Model, grown: Grown) -> None:
        """Fetch one model; Fixable when it cannot be had or stored."""
        with self._storing(model):
            self._parts.mkdir(parents=True, exist_ok=True)
            with self._alone(lambda: grown(0, "another program is fetching, waiting for it")):
                self._name.write_text(model.name, encoding="utf-8")
                try:
                    self._fetch_alone(model, grown)
                finally:
                    self._name.unlink(missing_ok=True)

    def at_hand(self, model: Model) -> int:
        """Give the bytes of an unfinished fetch."""
        return length(self._partial(model))

    def now(self) -> str | None:
        """Name the model that this or another program is fetching right now."""
        try:
            name = self._name.read_text(encoding="utf-8")
            with FileLock(self._lock, timeout=0):
                return None
        except Timeout:
            return name
        except OSError:
            return None

    def tidy(self) -> None:
        """Delete unpacked packages, unless another program is fetching; unfinished files stay."""
        unpacked = self._parts / UNPACKED
        if not unpacked.exists():
            return
        try:
            with FileLock(self._lock, timeout=0):
                shutil.rmtree(unpacked, ignore_errors=True)
        except (Timeout, OSError):
            return

    def _fetch_alone(self, model: Model, grown: Grown) -> None:
        target = self._folder / model.file
        if target.is_file() and self._verification.holds(target, model):
            return
        self._require_room(model)
        reasons: list[str] = []
        for source in self._sources:
            if source.holds(model) and self._fetch_from(source, model, grown, reasons):
                return
        raise Fixable(wording.unfetched(model, reasons))

    def _fetch_from(self, source: Source, model: Model, grown: Grown, reasons: list[str]) -> bool:
        """Try a source, and once more from nothing when what was there before was wrong."""
        continued = self.at_hand(model) > 0
        try:
            # A fetch may have been stopped between its last byte and the check.
            if self.at_hand(model) < model.size:
                source.extend(self._partial(model), model, grown)
        except SourceFailed as failed:
            reasons.append(str(failed))
            return False
        grown(model.size, "checking")
        if self._keep(model):
            return True
        if continued:
            return self._fetch_from(source, model, grown, reasons)
        reasons.append("other bytes than the pinned ones came and were thrown away")
        return False

    def _keep(self, model: Model) -> bool:
        """Move a right file into place, delete a wrong one."""
        partial = self._partial(model)
        if hash_of(partial) != model.sha256:
            partial.unlink()
            return False
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        target = self._folder / model.file
        partial.replace(target)
        self._verification.remember(target, model)
        target.with_name(f"{model.file}.damaged").unlink(missing_ok=True)
        return True

    def _partial(self, model: Model) -> Path:
        return self._parts / f"{model.file}.partial"

    def _require_room(self, model: Model) -> None:
        largest = max((part.size for part in model.parts), default=0)
        needed = model.size - self.at_hand(model) + largest
        if shutil.disk_usage(self._folder).free < needed:
            raise OSError(errno.ENOSPC, "No space left on device")

    @contextmanager
    def _alone(self, waiting: Callable[[], None]) -> Iterator[None]:
        lock = FileLock(self._lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _storing(self, model: Model) -> Iterator[None]:
        """Turn a full disk and a folder without permission into a line that says what to do."""
        try:
            yield
        except OSError as error:
            if error.errno in FULL:
                raise Fixable(
                    f"The disk of {self._folder} is full: {model.name} needs "
                    f"{wording.size(model.size)}. Free some space, or set DALM_MODELS to a "
                    f"folder on another disk, and run `dalm models fetch {model.name}` again."
                ) from error
            if error.errno in NOT_PERMITTED:
                raise Fixable(
                    f"Model files cannot be written to {self._folder}. Make it a folder you may "
                    f"write to, or set DALM_MODELS to one, and fetch again."
                ) from error
            raise
