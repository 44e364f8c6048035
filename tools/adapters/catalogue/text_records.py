"""Full text: SQLite FTS5, or a PostgreSQL tsvector."""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from tools.core.records import SearchText

_COLUMNS = ("title", "tags", "labels", "ocr", "body")
# bm25 weights in the order of the columns: people's words outweigh what machines read.
_WEIGHTS = "8.0, 8.0, 4.0, 2.0, 1.0"


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

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of these assets."""
        gone = [{"key": key} for key in keys]
        if gone:
            self._db.execute(sa.text("DELETE FROM search_text WHERE rowid = :key"), gone)

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

    def drop(self, keys: Sequence[int]) -> None:
        """Forget the words of these assets."""
        gone = [{"key": key} for key in keys]
        if gone:
            self._db.execute(sa.text("DELETE FROM search_text WHERE rowid = :key"), gone)

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


def _plain(text: str) -> str:
    """Take accents off, as FTS5 does."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
