"""Opens the catalogue on SQLite or PostgreSQL, brings its schema up to date and runs transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tools.adapters.catalogue.asset_records import SqlAssets
from tools.adapters.catalogue.field_records import SqlCollections, SqlFields
from tools.adapters.catalogue.plan_records import SqlPlans, SqlPublications, SqlReceipts
from tools.adapters.catalogue.rights_records import SqlRights
from tools.adapters.catalogue.text_records import PostgresText, SqliteText
from tools.adapters.catalogue.trace_records import SqlAudit, SqlFiles, SqlThreads
from tools.core.errors import Fixable
from tools.core.records import Records

SCHEMA_VERSION = "0001"
_WRITERS_LOCK = 0x64616C6D


class SqlRecords:
    """Implements records.Records on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.assets = SqlAssets(connection)
        self.fields = SqlFields(connection)
        self.collections = SqlCollections(connection)
        self.rights = SqlRights(connection)
        self.plans = SqlPlans(connection)
        self.receipts = SqlReceipts(connection)
        self.publications = SqlPublications(connection)
        self.audit = SqlAudit(connection)
        self.files = SqlFiles(connection)
        self.threads = SqlThreads(connection)
        sqlite = connection.dialect.name == "sqlite"
        self.text = SqliteText(connection) if sqlite else PostgresText(connection)


class SqlCatalogue:
    """Implements records.Catalogue; `url` is a SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self._sqlite = url.startswith("sqlite")
        self._engine = sa.create_engine(url)
        if self._sqlite:
            sa.event.listen(self._engine, "connect", _tune_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)
        self._migrate(url)

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Read a consistent state."""
        with self._engine.connect() as connection, connection.begin():
            yield SqlRecords(connection)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Write; all of it is kept, or, after an exception, nothing."""
        try:
            # One writer at a time: the audit chain and single-use approvals rest on it.
            options = {"begin": "BEGIN IMMEDIATE"}
            with self._engine.connect().execution_options(**options) as connection:
                with connection.begin():
                    if not self._sqlite:
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
                    yield SqlRecords(connection)
        except sa.exc.OperationalError as error:
            if "disk is full" in str(error) or "disk I/O" in str(error):
                raise Fixable("The disk is full: free some space and do it again.") from error
            raise

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    def _migrate(self, url: str) -> None:
        with self._engine.connect() as connection:
            if sa.inspect(connection).has_table("alembic_version"):
                version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
                if version == SCHEMA_VERSION:
                    return
        from alembic import command  # noqa: PLC0415  (a slow import that a current schema spares)
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["engine"] = self._engine
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        command.upgrade(config, "head")


def _tune_sqlite(connection: object, _record: object) -> None:
    # The driver begins nothing by itself; `_begin_sqlite` does, and a writer begins as a writer.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "busy_timeout = 15000",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
