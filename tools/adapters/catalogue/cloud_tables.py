"""Tables of services elsewhere: grants, and what was sent under them."""

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t

# What named persons agreed to send elsewhere; amounts are billionths of the currency.
cloud_grants = sa.Table(
    "cloud_grants",
    t.metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("by_names", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("spent", sa.BigInteger, nullable=False),
    sa.Column("revoked_at", sa.Text, nullable=True),
    sa.Column("revoked_by", sa.Text, nullable=False),
    sa.Column("revoked_because", sa.Text, nullable=False),
)

cloud_sendings = sa.Table(
    "cloud_sendings",
    t.metadata,
    sa.Column("service", sa.Text, nullable=False, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False, primary_key=True),
    sa.Column("asset_id", sa.Text, nullable=False, index=True),
    sa.Column("grant_id", sa.Text, nullable=False),
    sa.Column("run", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),
    sa.Column("cost", sa.BigInteger, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
