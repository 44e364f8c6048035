"""What assets are filtered by: when they were taken, how many people they show, folded values."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from tools.core.ingest.headcount import people_in
from tools.core.taken import read_taken

revision = "0003"
down_revision = "0006"
COLUMNS = ("taken_first", "taken_last", "taken_offset", "people")


def upgrade() -> None:
    """Bring the schema forward, and fill it from what is known already."""
    with op.batch_alter_table("assets", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
    _fold()
    _date()
    _count()


def _fold() -> None:
    db = op.get_bind()
    query = "SELECT id, value FROM field_values WHERE field IN ('colour', 'creator', 'language')"
    update = sa.text("UPDATE field_values SET folded = :folded WHERE id = :id")
    for row in db.execute(sa.text(query)).all():
        plain = unicodedata.normalize("NFKC", row.value).casefold().strip()
        db.execute(update, {"id": row.id, "folded": plain})


def _date() -> None:
    db = op.get_bind()
    update = sa.text(
        "UPDATE assets SET taken_first = :first, taken_last = :last, taken_offset = :offset "
        "WHERE id = :id"
    )
    for row in db.execute(_values("captured_at")).all():
        if taken := read_taken(row.value):
            told = {"first": taken.first, "last": taken.last, "offset": taken.offset}
            db.execute(update, told | {"id": row.asset_id})


def _count() -> None:
    db = op.get_bind()
    update = sa.text("UPDATE assets SET people = :people WHERE id = :id")
    faces = {row.asset_id: row.value for row in db.execute(_values("faces"))}
    evidence = {row.asset_id: row.value for row in db.execute(_values("evidence"))}
    for asset_id in sorted({*faces, *evidence}):
        people = people_in(faces.get(asset_id), evidence.get(asset_id))
        db.execute(update, {"people": people, "id": asset_id})


def _values(field: str) -> sa.TextClause:
    return sa.text(
        "SELECT asset_id, value FROM field_values "  # noqa: S608
        f"WHERE field = '{field}' AND retired_at IS NULL"
    )
