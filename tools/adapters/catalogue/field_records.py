"""Described values and collections in SQL; ended values stay as history."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among, fold
from tools.adapters.catalogue.mirrored import MIRRORED, folded, mirrored, write
from tools.core.assets import AssetId, Field, FieldValue, Source

_COLUMNS = tuple(
    t.field_values.c[name]
    for name in ("asset_id", "field", "value", "source", "by", "at", "confidence")
)


def _value(row: Sequence[Any]) -> FieldValue:
    asset_id, field, value, source, by, at, confidence = row
    return FieldValue(
        AssetId(asset_id),
        Field(field),
        value,
        Source(source),
        by,
        datetime.fromisoformat(at),
        confidence,
    )


class SqlFields:
    """Implements records.FieldRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def current(self, asset_ids: Sequence[AssetId]) -> list[FieldValue]:
        """List the values in force."""
        query = sa.select(*_COLUMNS).where(
            among(self._db, t.field_values.c.asset_id, asset_ids),
            t.field_values.c.retired_at.is_(None),
        )
        return [_value(row) for row in self._db.execute(query.order_by(t.field_values.c.id))]

    def put(self, values: Iterable[FieldValue]) -> None:
        """Set values; a value of a lower source never replaces one of a higher."""
        wanted = list(values)
        standing: dict[tuple[AssetId, Field], list[FieldValue]] = {}
        for old in self.current(list({value.asset_id for value in wanted})):
            standing.setdefault((old.asset_id, old.field), []).append(old)
        fresh: list[FieldValue] = []
        for value in wanted:
            beside = standing.setdefault((value.asset_id, value.field), [])
            same = [old for old in beside if not value.field.many or old.value == value.value]
            if any(old.source.rank > value.source.rank for old in same):
                continue
            for old in same:
                beside.remove(old)
                # What this very call set and replaced again was never in force.
                if old in fresh:
                    fresh.remove(old)
                else:
                    self._end(old, value.at)
            beside.append(value)
            fresh.append(value)
        if fresh:
            self._db.execute(t.field_values.insert(), [_columns(value) for value in fresh])
            self._mirror(fresh)

    def retire(self, values: Iterable[FieldValue], at: datetime) -> None:
        """End values; they stay in the history."""
        ended = list(values)
        for value in ended:
            self._end(value, at)
        self._mirror(ended)

    def everywhere(self, field: Field) -> list[FieldValue]:
        """List the values in force of one field of every asset, whoever may see it."""
        query = sa.select(*_COLUMNS).where(
            t.field_values.c.field == field.value, t.field_values.c.retired_at.is_(None)
        )
        return [_value(row) for row in self._db.execute(query.order_by(t.field_values.c.id))]

    def history(self, asset_id: AssetId, field: Field) -> list[FieldValue]:
        """List all values a field ever had, oldest first."""
        query = sa.select(*_COLUMNS).where(
            t.field_values.c.asset_id == asset_id, t.field_values.c.field == field.value
        )
        return [_value(row) for row in self._db.execute(query.order_by(t.field_values.c.id))]

    def _end(self, value: FieldValue, at: datetime) -> None:
        self._db.execute(
            t.field_values.update()
            .where(
                t.field_values.c.asset_id == value.asset_id,
                t.field_values.c.field == value.field.value,
                t.field_values.c.value == value.value,
                t.field_values.c.retired_at.is_(None),
            )
            .values(retired_at=at.isoformat())
        )

    def _mirror(self, changed: Sequence[FieldValue]) -> None:
        """Keep what lists show and filters read in step with the values in force."""
        touched: dict[AssetId, set[Field]] = {}
        for value in changed:
            if value.field in MIRRORED:
                touched.setdefault(value.asset_id, set()).add(value.field)
        current: dict[AssetId, list[FieldValue]] = {asset_id: [] for asset_id in touched}
        for value in self.current(list(touched)):
            current[value.asset_id].append(value)
        for asset_id, fields in touched.items():
            write(self._db, asset_id, mirrored(current[asset_id], frozenset(fields)))


def _columns(value: FieldValue) -> dict[str, object]:
    return {
        "asset_id": value.asset_id,
        "field": value.field.value,
        "value": value.value,
        "folded": folded(value.field, value.value),
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
        named = self._spelled(name)
        query = sa.select(t.collections.c.asset_id).where(t.collections.c.name == named)
        there = set(self._db.scalars(query))
        fresh = [asset_id for asset_id in dict.fromkeys(asset_ids) if asset_id not in there]
        row = {"name": named, "folded": fold(named), "by": by, "at": at.isoformat()}
        if fresh:
            rows = [row | {"asset_id": asset_id} for asset_id in fresh]
            self._db.execute(t.collections.insert(), rows)
        return fresh

    def remove(self, name: str, asset_ids: Sequence[AssetId]) -> None:
        """Take assets out; an emptied collection disappears."""
        self._db.execute(
            t.collections.delete().where(
                t.collections.c.folded == fold(name),
                among(self._db, t.collections.c.asset_id, asset_ids),
            )
        )

    def of(self, asset_id: AssetId) -> list[str]:
        """Name the collections that hold the asset."""
        query = sa.select(t.collections.c.name).where(t.collections.c.asset_id == asset_id)
        return list(self._db.scalars(query.order_by(t.collections.c.name)))

    def _spelled(self, name: str) -> str:
        """Give the name as the collection was first written: "Spring" and "spring" are one."""
        known = sa.select(t.collections.c.name).where(t.collections.c.folded == fold(name))
        return self._db.scalar(known.limit(1)) or name.strip()
