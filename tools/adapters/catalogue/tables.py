"""The catalogue's tables, the same on SQLite and PostgreSQL."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, primary_key=key)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=null)


def _asset() -> sa.Column[str]:
    return sa.Column("asset_id", sa.Text, sa.ForeignKey("assets.id"), nullable=False, index=True)


# Moments are ISO 8601 texts in UTC: they sort as they read, and are alike on every database.
assets = sa.Table(
    "assets",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    _text("media_type"),
    _text("file_name"),
    _text("title"),
    _text("state"),
    _text("state_at"),
    _text("owner"),
    _text("added_at"),
    sa.Column("parent_id", sa.Text, nullable=True, index=True),
    _text("origin"),
    _text("supplier", null=True),
    _text("folder", null=True),
    _text("audience"),
    sa.Column("version", sa.Integer, nullable=False),
    _text("orientation", null=True),
    # Mirrored from described values, to filter by: see core's Taken and people_in.
    _number("taken_first", null=True),
    _number("taken_last", null=True),
    _number("taken_offset", null=True),
    _number("people", null=True),
    sqlite_autoincrement=True,
)
# Pages of the newest, with and without a kind.
sa.Index("ix_assets_state_key", assets.c.state, assets.c.key)
sa.Index("ix_assets_state_type", assets.c.state, assets.c.media_type)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("asset_id", sa.Text, sa.ForeignKey("assets.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False, index=True),
    _number("bytes"),
    _text("mime"),
    _text("added_at"),
    _text("blob", null=True),
    _text("path", null=True),
    _number("width", null=True),
    _number("height", null=True),
    sa.Column("duration", sa.Float, nullable=True),
    _number("pages", null=True),
    _number("parent_version", null=True),
    _text("recipe", null=True),
)

companions = sa.Table(
    "companions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _asset(),
    sa.Column("version", sa.Integer, nullable=False),
    _text("role"),
    _text("file_name"),
    sa.Column("sha256", sa.Text, nullable=False, index=True),
    _number("bytes"),
    _text("mime"),
    _text("added_at"),
    _text("blob", null=True),
    _text("path"),
)

field_values = sa.Table(
    "field_values",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _asset(),
    _text("field"),
    _text("value"),
    _text("folded"),
    _text("source"),
    _text("by"),
    _text("at"),
    sa.Column("confidence", sa.Float, nullable=False),
    _text("retired_at", null=True),
)
sa.Index("ix_field_values_field_folded", field_values.c.field, field_values.c.folded)

collections = sa.Table(
    "collections",
    metadata,
    _text("name", key=True),
    sa.Column("asset_id", sa.Text, sa.ForeignKey("assets.id"), primary_key=True, index=True),
    sa.Column("folded", sa.Text, nullable=False, index=True),
    _text("by"),
    _text("at"),
)

rules = sa.Table(
    "rules",
    metadata,
    _text("id", key=True),
    _text("scope_kind"),
    _text("scope_value"),
    _text("status"),
    _text("body"),
)
sa.Index("ix_rules_scope", rules.c.scope_kind, rules.c.scope_value)

plans = sa.Table(
    "plans",
    metadata,
    _text("id", key=True),
    sa.Column("state", sa.Text, nullable=False, index=True),
    _text("created_at"),
    _text("outcome"),
    _text("body"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    _text("plan_id", key=True),
    _text("by", key=True),
    _text("by_name"),
    sa.Column("approved", sa.Boolean, nullable=False),
    _text("because"),
    _text("at"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    _text("tool"),
    sa.Column("actor", sa.Text, nullable=False, index=True),
    sa.Column("thread", sa.Text, nullable=True, index=True),
    _text("summary"),
    _text("inverse"),
    _text("details"),
    _text("at"),
    _text("undo_until", null=True),
    _text("undone_at", null=True),
)

outbox = sa.Table(
    "outbox",
    metadata,
    _text("key", key=True),
    _text("plan_id"),
    _text("errand"),
    _text("channel"),
    _text("asset_id"),
    _text("payload"),
    _text("created_at"),
    sa.Column("state", sa.Text, nullable=False, index=True),
)

publications = sa.Table(
    "publications",
    metadata,
    _text("key", key=True),
    _asset(),
    sa.Column("version", sa.Integer, nullable=False),
    _text("channel"),
    _text("location"),
    _text("approval"),
    _text("published_at"),
    sa.Column("withdrawn_at", sa.Text, nullable=True, index=True),
)

audit_chain = sa.Table(
    "audit_chain",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("actor"),
    _text("action"),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    _text("payload_hash"),
    _text("previous"),
    _text("seal"),
)

# The erasable half of the audit: what was said, and whose a pseudonym is.
audit_payloads = sa.Table(
    "audit_payloads",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _text("payload"),
)
pseudonyms = sa.Table(
    "pseudonyms",
    metadata,
    _text("person", key=True),
    sa.Column("pseudonym", sa.Text, nullable=False, unique=True),
)

files = sa.Table(
    "files",
    metadata,
    _text("path", key=True),
    _number("bytes"),
    _number("modified_ns"),
    _text("sha256"),
    sa.Column("asset_id", sa.Text, nullable=True, index=True),
    _text("status"),
    _text("reason"),
    sa.Column("in_place", sa.Boolean, nullable=False),
)

threads = sa.Table(
    "threads",
    metadata,
    _text("id", key=True),
    sa.Column("owner", sa.Text, nullable=False, index=True),
    _text("at"),
)
thread_assets = sa.Table(
    "thread_assets",
    metadata,
    _text("thread", key=True),
    sa.Column("asset_id", sa.Text, primary_key=True, index=True),
)

# What a conversation showed, event by event: ids and short text, never image bytes.
thread_events = sa.Table(
    "thread_events",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("thread", sa.Text, nullable=False, index=True),
    _text("at"),
    _text("event"),
    sqlite_autoincrement=True,
)

# What chat models used, without any text; a model of this machine has no host.
usage = sa.Table(
    "usage",
    metadata,
    _text("day", key=True),
    _text("person", key=True),
    _text("host", key=True),
    _text("model", key=True),
    *(
        _number(name)
        for name in (
            "calls",
            "input",
            "output",
            "cached",
            "written",
            "cost",
            "unpriced",
            "unreported",
            "held_input",
            "held_output",
            "held_cost",
        )
    ),
)

# Taxonomies as they were imported; the one in force is the one that was accepted last.
taxonomies = sa.Table(
    "taxonomies",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    _text("file"),
    _text("sha256"),
    _text("notes"),
    _text("by"),
    _text("at"),
    _text("accepted_by", null=True),
    _text("accepted_at", null=True),
    _text("body"),
)
