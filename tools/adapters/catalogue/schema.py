"""Brings a database to the present schema: at once when it is new, step by step when it is old."""

from pathlib import Path

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.errors import Fixable

SCHEMA_VERSION = "0009"
SQLITE_TEXT = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "title, tags, labels, ocr, body, tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE search_letters USING fts5(letters, tokenize='trigram case_sensitive 1')",
)
POSTGRES_TEXT = (
    "CREATE TABLE search_text (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_text ON search_text USING gin (words)",
    "CREATE TABLE search_letters (rowid BIGINT PRIMARY KEY, letters TEXT NOT NULL)",
    # Where the database lets nobody add its trigrams, letters are found without an index.
    "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; "
    "CREATE INDEX ix_search_letters ON search_letters USING gin (letters gin_trgm_ops); "
    "EXCEPTION WHEN OTHERS THEN NULL; END $$",
)


def version_of(connection: sa.Connection) -> str | None:
    """Give the version of the schema, or None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version


def create(connection: sa.Connection) -> None:
    """Make all tables; a test holds this to what the migrations make, which takes far longer."""
    t.metadata.create_all(connection)
    sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE_TEXT if sqlite else POSTGRES_TEXT:
        connection.execute(sa.text(statement))
    # The table that Alembic would make.
    connection.execute(
        sa.text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    stamp = sa.text("INSERT INTO alembic_version (version_num) VALUES (:version)")
    connection.execute(stamp, {"version": SCHEMA_VERSION})


def migrate(engine: sa.Engine, version: str = "head") -> None:
    """Run the migrations that are missing; Fixable for a database of a newer program."""
    from alembic import command  # noqa: PLC0415  (a slow import that a current schema spares)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, version)
    except CommandError as error:
        raise Fixable(
            "This library was written by a newer version of dalm: update the program."
        ) from error
