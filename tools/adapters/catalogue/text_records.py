"""Full text and letters in a row: SQLite FTS5, or a PostgreSQL tsvector and trigrams."""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from tools.core.records import SearchText

TABLES = ("search_text", "search_letters")
_COLUMNS = ("title", "tags", "labels", "ocr", "body")
# bm25 weights in the order of the columns: people's words outweigh what machines read.
_WEIGHTS = "8.0, 8.0, 4.0, 2.0, 1.0"
# Fewer letters than these are in no trigram.
_TRIGRAM = 3
_KNOWN = "SELECT rowid FROM search_letters ORDER BY rowid"


class SqliteText:
    """Implements records.TextRecords on SQLite FTS5."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def put(self, key: int, text: SearchText) -> None:
        """Index an asset's words."""
        self.drop([key])
        values = {name: getattr(text, name) for name in _COLUMNS} | {"key": key}
        self._db.execute(
            sa.text(
                "INSERT INTO search_text(rowid, title, tags, labels, ocr, body) "
                "VALUES (:key, :title, :tags, :labels, :ocr, :body)"
            ),
            values,
        )
        _put_letters(self._db, key, text.letters)

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of these assets."""
        forget_words(self._db, keys)

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Give catalogue keys with any of the terms and their relevance, best first."""
        if not terms:
            return []
        # Each term is quoted, so that nothing a person types is FTS5 syntax.
        plain = (term.replace('"', '""').replace("\0", " ") for term in terms)
        match = " OR ".join(f'"{term}"' for term in plain)
        rows = self._db.execute(
            sa.text(
                f"SELECT rowid, -bm25(search_text, {_WEIGHTS}) AS relevance FROM search_text "  # noqa: S608
                "WHERE search_text MATCH :match ORDER BY relevance DESC LIMIT :limit"
            ),
            {"match": match, "limit": limit},
        )
        return [(row[0], float(row[1])) for row in rows]

    def holding(self, letters: str) -> list[int]:
        """Give the catalogue keys of what has these letters in a row; none for no letters."""
        if len(letters) < _TRIGRAM:
            return _scanned(self._db, letters)
        match = "SELECT rowid FROM search_letters WHERE search_letters MATCH :match ORDER BY rowid"
        quoted = letters.replace('"', '""')
        return list(self._db.scalars(sa.text(match), {"match": f'"{quoted}"'}))

    def keys(self) -> list[int]:
        """List the catalogue keys whose letters are known."""
        return list(self._db.scalars(sa.text(_KNOWN)))


class PostgresText:
    """Implements records.TextRecords on a PostgreSQL tsvector."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def put(self, key: int, text: SearchText) -> None:
        """Index an asset's words."""
        self.drop([key])
        weighted = " || ".join(
            f"setweight(to_tsvector('english', :{name}), '{weight}')"
            for name, weight in zip(_COLUMNS, "AABCD", strict=True)
        )
        self._db.execute(
            sa.text(f"INSERT INTO search_text(rowid, words) VALUES (:key, {weighted})"),  # noqa: S608
            {name: _plain(getattr(text, name)) for name in _COLUMNS} | {"key": key},
        )
        _put_letters(self._db, key, text.letters)

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of these assets."""
        forget_words(self._db, keys)

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Give catalogue keys with any of the terms and their relevance, best first."""
        if not terms:
            return []
        phrases = " || ".join(f"phraseto_tsquery('english', :t{n})" for n in range(len(terms)))
        rows = self._db.execute(
            sa.text(
                f"SELECT rowid, ts_rank(words, {phrases}) AS relevance FROM search_text "  # noqa: S608
                f"WHERE words @@ ({phrases}) ORDER BY relevance DESC LIMIT :limit"
            ),
            {f"t{n}": _plain(term) for n, term in enumerate(terms)} | {"limit": limit},
        )
        return [(row[0], float(row[1])) for row in rows]

    def holding(self, letters: str) -> list[int]:
        """Give the catalogue keys of what has these letters in a row; none for no letters."""
        return _scanned(self._db, letters)

    def keys(self) -> list[int]:
        """List the catalogue keys whose letters are known."""
        return list(self._db.scalars(sa.text(_KNOWN)))


def forget_words(connection: sa.Connection, keys: Sequence[int]) -> None:
    """Take the words and letters of assets out of the index."""
    gone = [{"key": key} for key in keys]
    if gone:
        for table in TABLES:
            connection.execute(sa.text(f"DELETE FROM {table} WHERE rowid = :key"), gone)  # noqa: S608


def _put_letters(connection: sa.Connection, key: int, letters: str) -> None:
    insert = "INSERT INTO search_letters(rowid, letters) VALUES (:key, :letters)"
    connection.execute(sa.text(insert), {"key": key, "letters": letters})


def _scanned(connection: sa.Connection, letters: str) -> list[int]:
    """Look for letters with LIKE, for which PostgreSQL has an index of trigrams."""
    if not letters:
        return []
    like = "SELECT rowid FROM search_letters WHERE letters LIKE :like ORDER BY rowid"
    return list(connection.scalars(sa.text(like), {"like": f"%{letters}%"}))


def _plain(text: str) -> str:
    """Take accents off, as FTS5 does."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
