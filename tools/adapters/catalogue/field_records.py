"""Described values and collections in SQL; ended values stay as history."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.assets import AssetId, Field, FieldValue, Source


def _value(row: sa.RowMapping) -> FieldValue:
    return FieldValue(
        asset_id=AssetId(row["asset_id"]),
        field=Field(row["field"]),
        value=row["value"],
        source=Source(row["source"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        confidence=row["confidence"],
    )


class SqlFields:
    """Implements records.FieldRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def current(self, asset_ids: Sequence[AssetId]) -> list[FieldValue]:
        """List the values in force."""
        query = sa.select(t.field_values).where(
            t.field_values.c.asset_id.in_(asset_ids), t.field_values.c.retired_at.is_(None)
        )
        return [_value(r) for r in self._db.execute(query.order_by(t.field_values.c.id)).mappings()]

    def put(self, values: Iterable[FieldValue]) -> None:
        """Set values; a value of a lower source never replaces one of a higher."""
        for value in values:
            if not self._outranked(value):
                self._db.execute(t.field_values.insert().values(**self._columns(value)))
                self._mirror_title(value.asset_id)

    def retire(self, values: Iterable[FieldValue], at: datetime) -> None:
        """End values; they stay in the history."""
        for value in values:
            self._end(value.asset_id, value.field, at.isoformat(), value.value)
            self._mirror_title(value.asset_id)

    def history(self, asset_id: AssetId, field: Field) -> list[FieldValue]:
        """List all values a field ever had, oldest first."""
        query = sa.select(t.field_values).where(
            t.field_values.c.asset_id == asset_id, t.field_values.c.field == field.value
        )
        return [_value(r) for r in self._db.execute(query.order_by(t.field_values.c.id)).mappings()]

    def _outranked(self, value: FieldValue) -> bool:
        """End what the value replaces, or tell that it must give way."""
        same = [
            old
            for old in self.current([value.asset_id])
            if old.field is value.field and (not value.field.many or old.value == value.value)
        ]
        if any(old.source.rank > value.source.rank for old in same):
            return True
        for old in same:
            self._end(old.asset_id, old.field, value.at.isoformat(), old.value)
        return False

    def _end(self, asset_id: AssetId, field: Field, at: str, text: str) -> None:
        self._db.execute(
            t.field_values.update()
            .where(
                t.field_values.c.asset_id == asset_id,
                t.field_values.c.field == field.value,
                t.field_values.c.value == text,
                t.field_values.c.retired_at.is_(None),
            )
            .values(retired_at=at)
        )

    def _mirror_title(self, asset_id: AssetId) -> None:
        titles = [v for v in self.current([asset_id]) if v.field is Field.TITLE]
        if titles:
            change = t.assets.update().where(t.assets.c.id == asset_id)
            self._db.execute(change.values(title=titles[-1].value))

    def _columns(self, value: FieldValue) -> dict[str, object]:
        return {
            "asset_id": value.asset_id,
            "field": value.field.value,
            "value": value.value,
            "source": value.source.value,
            "by": value.by,
            "at": value.at.isoformat(),
            "confidence": value.confidence,
        }


class SqlCollections:
    """Implements records.CollectionRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, name: str, asset_ids: Sequence[AssetId], by: str, at: datetime) -> list[AssetId]:
        """Put assets in, creating the collection when new; gives those that were not in it yet."""
        query = sa.select(t.collections.c.asset_id).where(t.collections.c.name == name)
        there = set(self._db.scalars(query))
        fresh = [asset_id for asset_id in dict.fromkeys(asset_ids) if asset_id not in there]
        for asset_id in fresh:
            self._db.execute(
                t.collections.insert().values(
                    name=name, asset_id=asset_id, by=by, at=at.isoformat()
                )
            )
        return fresh

    def remove(self, name: str, asset_ids: Sequence[AssetId]) -> None:
        """Take assets out; an emptied collection disappears."""
        self._db.execute(
            t.collections.delete().where(
                t.collections.c.name == name, t.collections.c.asset_id.in_(asset_ids)
            )
        )

    def of(self, asset_id: AssetId) -> list[str]:
        """Name the collections that hold the asset."""
        query = sa.select(t.collections.c.name).where(t.collections.c.asset_id == asset_id)
        return list(self._db.scalars(query.order_by(t.collections.c.name)))
