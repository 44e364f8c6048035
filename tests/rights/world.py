"""A small library with people in it, on a real catalogue, for the rights service's tests."""

from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from tests.fakes.clock import FixedClock
from tools.adapters.catalogue import SqlCatalogue
from tools.core.assets import AssetId, Field, FieldValue, MediaType, Recipe, Source, Version
from tools.core.people import Authority, Role, Viewer
from tools.core.records import NewAsset
from tools.core.rights.rules import Scope, ScopeKind
from tools.core.rights.service import Rights

OWNER = Viewer("owner", "Olga", frozenset({Role.ADMIN}), local_owner=True)
LEGAL = Viewer("lea", "Lea", frozenset({Role.LEGAL}))
LIBRARIAN = Viewer("lib", "Libby", frozenset({Role.LIBRARIAN}))
CONTRIBUTOR = Viewer("con", "Conny", frozenset({Role.CONTRIBUTOR}))
VIEWER = Viewer("vic", "Vic", frozenset({Role.VIEWER}))
AT = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """A catalogue, its rights service and ways to add assets to it."""

    def __init__(self, folder):
        self.clock = FixedClock()
        self.catalogue = SqlCatalogue(f"sqlite:///{folder / 'catalogue.db'}")
        self.rights = Rights(catalogue=self.catalogue, clock=self.clock)

    def add(self, asset_id, *, step=None, creator=None, owner="owner", **more):
        recipe = Recipe(step, "{}", "test") if step else None
        version = Version(
            AssetId(asset_id), 1, asset_id * 3, 1, "image/png", AT, "blob", recipe=recipe
        )
        with self.catalogue.writing() as records:
            asset = records.assets.add(
                NewAsset(
                    AssetId(asset_id),
                    MediaType.IMAGE,
                    f"{asset_id}.png",
                    f"Title of {asset_id}",
                    owner,
                    version,
                    **more,
                )
            )
            if creator:
                value = FieldValue(
                    asset.id, Field.CREATOR, creator, Source.FILE, "IPTC", self.clock.now()
                )
                records.fields.put([value])
        return asset

    def audit(self, subject):
        with self.catalogue.reading() as records:
            return records.audit.rows(subject)

    def rules(self):
        with self.catalogue.reading() as records:
            return records.rights.all()

    @contextmanager
    def counting(self):
        """Collect the statements that reach the database."""
        seen = []

        def note(_conn, _cursor, statement, *_rest):
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)

    def one(self, asset_id, use, viewer=OWNER):
        (found,) = self.rights.verdicts([asset_id], use, viewer)
        return found.verdict


def acting(person, thread=None):
    return Authority(person, thread=thread)


def of_asset(*asset_ids):
    return tuple(Scope(ScopeKind.ASSET, one) for one in asset_ids)
