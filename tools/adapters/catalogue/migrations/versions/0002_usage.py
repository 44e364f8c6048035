"""What chat models used."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
COUNTS = ("calls", "input", "output", "cached", "written", "cost", "unpriced", "unreported",
          "held_input", "held_output", "held_cost")  # fmt: skip


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "usage",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("day", "person", "host", "model")
        ),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("day", "person", "host", "model", name=op.f("pk_usage")),
    )
