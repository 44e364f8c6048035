"""Letters in a row, for what is quoted; they are filled in when the library is opened next."""

from alembic import op

revision = "0006"
down_revision = "0002"


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_letters USING fts5("
            "letters, tokenize='trigram case_sensitive 1')"
        )
        return
    op.execute("CREATE TABLE search_letters (rowid BIGINT PRIMARY KEY, letters TEXT NOT NULL)")
    op.execute(
        "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; "
        "CREATE INDEX ix_search_letters ON search_letters USING gin (letters gin_trgm_ops); "
        "EXCEPTION WHEN OTHERS THEN NULL; END $$"
    )
