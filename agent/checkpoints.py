"""Where runs of the graphs are kept: one SQLite file, pruned to what is needed to go on."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

KEPT = 2


class Checkpoints:
    """A checkpoint store that can forget threads and old steps."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=15)
        self._connection.execute("PRAGMA secure_delete = ON")
        self.saver = SqliteSaver(self._connection, serde=JsonPlusSerializer())
        self.saver.setup()
        # With the write-ahead log this survives a killed process; only a power cut may cost the
        # newest checkpoints, and what may happen is decided by the catalogue, not by them.
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def prune(self, thread: str) -> None:
        """Keep only the newest checkpoints of a thread."""
        newest = (
            "SELECT checkpoint_id FROM checkpoints WHERE thread_id = ? "
            "ORDER BY checkpoint_id DESC LIMIT ?"
        )
        with self.saver.lock:
            for table in ("writes", "checkpoints"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? "  # noqa: S608  (two fixed names)
                    f"AND checkpoint_id NOT IN ({newest})",
                    (thread, thread, KEPT),
                )
            self._connection.commit()

    def erase(self, threads: Sequence[str]) -> None:
        """Forget threads wholly."""
        for thread in threads:
            self.saver.delete_thread(thread)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
