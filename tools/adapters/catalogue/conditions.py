"""Conditions that several records share: who may see, membership in long lists, exact naming."""

import json
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.people import Role, Viewer


def visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Restrict to assets that the viewer's audience entries admit."""
    if viewer.local_owner or Role.ADMIN in viewer.roles:
        return sa.true()
    # Nobody gets into a role by being called like one.
    persons = [] if viewer.id.startswith("role:") else [viewer.id]
    entries = [*persons, *(f"role:{role.value}" for role in sorted(viewer.roles))]
    return sa.or_(
        t.assets.c.audience == "[]",
        t.assets.c.owner == viewer.id,
        *(names(t.assets.c.audience, entry) for entry in entries),
    )


def names(column: sa.ColumnElement[str], text: str) -> sa.ColumnElement[bool]:
    """Tell whether JSON in a column holds a string, case and all (SQLite's LIKE folds case)."""
    return sa.func.replace(column, json.dumps(text), "") != column


def among(
    db: sa.Connection, column: sa.ColumnElement[object], values: Sequence[object]
) -> sa.ColumnElement[bool]:
    """Restrict to values of any number; a plain IN ends at the database's limit of parameters."""
    # PostgreSQL refuses NUL, which no stored value holds.
    listed = sa.literal(json.dumps(list(values)).replace("\\u0000", ""), sa.Text)
    if db.dialect.name == "sqlite":
        each = sa.func.json_each(listed).table_valued("value")
        return column.in_(sa.select(each.c.value))
    elements = sa.func.json_array_elements_text(sa.cast(listed, sa.JSON))
    return column.in_(sa.select(sa.cast(elements, column.type)))


def fold(text: str) -> str:
    """Give the form under which texts that differ in case only are the same."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
