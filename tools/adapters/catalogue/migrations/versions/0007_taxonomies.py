"""Taxonomies: proposed, in force, and those that were."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema forward."""
    texts = ("id", "file", "sha256", "notes", "by", "at", "accepted_by", "accepted_at", "body")
    op.create_table(
        "taxonomies",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=name.startswith("accepted")) for name in texts),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_taxonomies")),
        sa.UniqueConstraint("id", name=op.f("uq_taxonomies_id")),
    )
