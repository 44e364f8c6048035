"""Grants of services elsewhere, and what they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the schema forward."""
    grants = ("id", "service", "statement", "by", "by_names", "at")
    op.create_table(
        "cloud_grants",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in grants),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=False),
        sa.Column("revoked_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cloud_grants")),
        sa.UniqueConstraint("id", name=op.f("uq_cloud_grants_id")),
    )
    sendings = (
        "service",
        "sha256",
        "asset_id",
        "grant_id",
        "run",
        "state",
        "at",
        "asked",
        "remarks",
    )
    op.create_table(
        "cloud_sendings",
        *(sa.Column(name, sa.Text(), nullable=False) for name in sendings),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", "sha256", name=op.f("pk_cloud_sendings")),
    )
    op.create_index("ix_cloud_sendings_asset_id", "cloud_sendings", ["asset_id"])
    op.create_index("ix_cloud_sendings_run", "cloud_sendings", ["run"])
