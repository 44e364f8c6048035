"""Opens the catalogue on SQLite or PostgreSQL and runs its transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tools.adapters.catalogue import schema
from tools.adapters.catalogue.asset_records import SqlAssets
from tools.adapters.catalogue.cloud_records import SqlCloud
from tools.adapters.catalogue.companion_records import SqlCompanions
from tools.adapters.catalogue.field_records import SqlCollections, SqlFields
from tools.adapters.catalogue.plan_records import SqlPlans, SqlPublications, SqlReceipts
from tools.adapters.catalogue.rights_records import SqlRights
from tools.adapters.catalogue.taxonomy_records import SqlTaxonomies
from tools.adapters.catalogue.text_records import PostgresText, SqliteText
from tools.adapters.catalogue.trace_records import SqlAudit, SqlFiles, SqlThreads
from tools.adapters.catalogue.usage_records import SqlUsage
from tools.core.errors import Fixable
from tools.core.records import Records

_WRITERS_LOCK = 0x64616C6D
_COUNT_EVERY = 1000
_FULL = ("disk is full", "disk I/O", "No space left")


class SqlRecords:
    """Implements records.Records on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.assets = SqlAssets(connection)
        self.companions = SqlCompanions(connection)
        self.fields = SqlFields(connection)
        self.collections = SqlCollections(connection)
        self.rights = SqlRights(connection)
        self.plans = SqlPlans(connection)
        self.receipts = SqlReceipts(connection)
        self.publications = SqlPublications(connection)
        self.audit = SqlAudit(connection)
        self.files = SqlFiles(connection)
        self.threads = SqlThreads(connection)
        self.usage = SqlUsage(connection)
        self.cloud = SqlCloud(connection)
        self.taxonomies = SqlTaxonomies(connection)
        sqlite = connection.dialect.name == "sqlite"
        self.text = SqliteText(connection) if sqlite else PostgresText(connection)


class SqlCatalogue:
    """Implements records.Catalogue; `url` is a SQLAlchemy URL, `patience` seconds for a lock."""

    def __init__(self, url: str, patience: float = 15.0) -> None:
        parsed = sa.make_url(url)
        self._sqlite = parsed.get_backend_name() == "sqlite"
        self._patience = patience
        self._writes = 0
        if self._sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(parsed)
        # A reader sees one state, however many questions it asks; SQLite's WAL does so anyway.
        self._readers = self._engine
        if self._sqlite:
            sa.event.listen(self._engine, "connect", self._tune_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)
        else:
            sa.event.listen(self._engine, "before_cursor_execute", _without_nul, retval=True)
            self._readers = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        try:
            self._bring_up_to_date()
        except Exception:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Read a consistent state."""
        with self._readers.connect() as connection, connection.begin():
            yield SqlRecords(connection)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Write; all of it is kept, or, after an exception, nothing.

        Raises Fixable when the disk is full or another program holds the lock for too long.
        """
        try:
            with self._writing_alone() as connection:
                yield SqlRecords(connection)
        except sa.exc.OperationalError as error:
            if any(words in str(error) for words in _FULL):
                raise Fixable("The disk is full: free some space and do it again.") from error
            if "database is locked" in str(error):
                raise Fixable("Another program is writing to the library: try again.") from error
            raise

    def close(self) -> None:
        """Release the connections."""
        if self._writes:
            self._count_rows()
        self._engine.dispose()

    @contextmanager
    def _writing_alone(self) -> Iterator[sa.Connection]:
        # One writer at a time: the audit chain and single-use approvals rest on it.
        options = {"begin": "BEGIN IMMEDIATE"}
        with self._engine.connect().execution_options(**options) as connection:
            connection.info.pop("erased", None)
            with connection.begin():
                if not self._sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
                yield connection
            if self._sqlite and connection.info.pop("erased", False):
                _empty_journal(connection)
        self._writes += 1
        if self._writes % _COUNT_EVERY == 0:
            self._count_rows()

    def _count_rows(self) -> None:
        """Tell SQLite's planner how rows lie; without it a tag is found twenty times slower."""
        if self._sqlite:
            with suppress(sa.exc.OperationalError), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA analysis_limit = 400")
                connection.exec_driver_sql("ANALYZE")
                connection.commit()

    def _bring_up_to_date(self) -> None:
        with self._engine.connect() as connection, connection.begin():
            version = schema.version_of(connection)
        if version is None:
            with self._writing_alone() as connection:
                version = schema.version_of(connection)
                if version is None:
                    schema.create(connection)
                    version = schema.SCHEMA_VERSION
        if version != schema.SCHEMA_VERSION:
            schema.migrate(self._engine)

    def _tune_sqlite(self, connection: sqlite3.Connection, _record: object) -> None:
        # The driver begins nothing by itself; `_begin_sqlite` does, and a writer begins as one.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {int(self._patience * 1000)}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _without_nul(
    _connection: object,
    _cursor: object,
    statement: str,
    parameters: Any,
    _context: object,
    many: bool,  # noqa: FBT001
) -> tuple[str, Any]:
    """Take NUL, which PostgreSQL refuses, out of texts that came from files and people."""
    rows = parameters if many else [parameters]
    clean = [
        {
            name: value.replace("\0", "") if isinstance(value, str) else value
            for name, value in row.items()
        }
        if isinstance(row, dict)
        else row
        for row in rows
    ]
    return statement, clean if many else clean[0]


def _empty_journal(connection: sa.Connection) -> None:
    """Write the log back and cut it, because what was erased still stands in it."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()
