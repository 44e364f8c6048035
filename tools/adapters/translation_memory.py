"""The translation memory: a SQLite file of sentences that were translated before."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

_TABLE = (
    "CREATE TABLE IF NOT EXISTS sentences (engine TEXT, source TEXT, target TEXT, text TEXT, "
    "translation TEXT NOT NULL, PRIMARY KEY (engine, source, target, text)) WITHOUT ROWID"
)
_ASK = (
    "SELECT translation FROM sentences WHERE engine = ? AND source = ? AND target = ? AND text = ?"
)
_WAIT = 15.0


class SentenceFile:
    """Implements ports.TranslationMemory; the file is made when something is first kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def recall(self, texts: Sequence[str], engine: str, source: str, target: str) -> dict[str, str]:
        """Give what this engine made of those of the texts that it has seen."""
        if not self._path.exists():
            return {}
        with closing(self._open()) as file:
            rows = ((t, file.execute(_ASK, (engine, source, target, t)).fetchone()) for t in texts)
            return {text: row[0] for text, row in rows if row}

    def keep(self, made: Mapping[str, str], engine: str, source: str, target: str) -> None:
        """Keep translations; a newer one takes the place of an older one."""
        rows = [(engine, source, target, text, said) for text, said in made.items()]
        with closing(self._open()) as file, file:
            file.executemany("INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?, ?)", rows)

    def forget(self) -> None:
        """Remove every sentence and overwrite where they stood."""
        if self._path.exists():
            with closing(self._open()) as file:
                file.execute("PRAGMA secure_delete = ON")
                with file:
                    file.execute("DELETE FROM sentences")

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=_WAIT)
        file.execute(_TABLE)
        return file
