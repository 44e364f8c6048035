"""Companions of assets in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among
from tools.core.assets import AssetId, Companion


class SqlCompanions:
    """Implements records.CompanionRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, companion: Companion) -> None:
        """Add a file; of several with one name the newest counts."""
        row = asdict(companion) | {"added_at": companion.added_at.isoformat()}
        self._db.execute(t.companions.insert().values(**row))

    def of(self, asset_id: AssetId) -> list[Companion]:
        """List those that count, by name."""
        newest = {one.file_name: one for one in self.all([asset_id])}
        return [newest[name] for name in sorted(newest)]

    def all(self, asset_ids: Sequence[AssetId]) -> list[Companion]:
        """List every one, those too that were replaced, in the order in which they came."""
        query = sa.select(t.companions).where(among(self._db, t.companions.c.asset_id, asset_ids))
        rows = self._db.execute(query.order_by(t.companions.c.id)).mappings()
        return [_read(row) for row in rows]

    def drop(self, companions: Sequence[Companion]) -> None:
        """Forget that these files belong to their assets."""
        c = t.companions.c
        for one in companions:
            mine = (c.asset_id == one.asset_id, c.file_name == one.file_name)
            self._db.execute(t.companions.delete().where(*mine, c.sha256 == one.sha256))


def _read(row: sa.RowMapping) -> Companion:
    facts = {name: value for name, value in row.items() if name != "id"}
    return Companion(**facts | {"added_at": datetime.fromisoformat(row["added_at"])})
