"""One process owns the index of a library; the others are told who does."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from tools.core.errors import Fixable

_POLL = 0.1


class IndexLock:
    """An exclusive lock on a data folder; the system lets go of it when the process dies.

    `purpose` says what the process does, in the words others will read ("dalm serve").
    """

    def __init__(self, folder: Path, purpose: str) -> None:
        self._folder = folder
        self._purpose = purpose
        self._holder = folder / "index.owner"
        self._lock = FileLock(folder / "index.lock", thread_local=False)

    def acquire(
        self, timeout: float = 0.0, note: Callable[[str], None] = lambda _text: None
    ) -> None:
        """Take the lock, waiting up to `timeout` seconds after telling `note` whom it waits for.

        Raises Fixable, naming the process that holds it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._take(0.0)
        except Timeout:
            if timeout > 0:
                note(f"Waiting for {self._describe()}, which uses this library.")
            self._wait(timeout)
        facts = {"pid": os.getpid(), "purpose": self._purpose}
        fresh = self._holder.with_suffix(".new")
        fresh.write_text(json.dumps(facts), encoding="utf-8")
        fresh.replace(self._holder)

    def release(self) -> None:
        """Let go; harmless when it is not held."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    @property
    def held(self) -> bool:
        """Tell whether this object holds the lock."""
        return self._lock.is_locked

    def holder(self) -> int | None:
        """Give the process that says it owns the index, or None."""
        return self._facts()[0]

    def __enter__(self) -> "IndexLock":
        """Take the lock at once or raise Fixable."""
        if not self.held:
            self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go."""
        self.release()

    def _take(self, timeout: float) -> None:
        self._lock.acquire(timeout=timeout, poll_interval=_POLL)

    def _wait(self, timeout: float) -> None:
        try:
            self._take(timeout)
        except Timeout as error:
            raise Fixable(
                f"The library in {self._folder} is in use by {self._describe()}. "
                "Ask there, stop it, or try again later."
            ) from error

    def _describe(self) -> str:
        pid, purpose = self._facts()
        return f"'{purpose}' (process {pid})" if pid else "another process"

    def _facts(self) -> tuple[int | None, str]:
        try:
            facts = json.loads(self._holder.read_text(encoding="utf-8"))
            return int(facts["pid"]), str(facts["purpose"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, ""
