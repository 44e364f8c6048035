"""Assets, versions and families in SQL; the audience is part of every query."""

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.asset_rows import (
    asset_of,
    asset_query,
    orientation_of,
    version_of,
    version_values,
)
from tools.adapters.catalogue.cloud_tables import cloud_sendings
from tools.adapters.catalogue.conditions import among, fold, visible
from tools.adapters.catalogue.criteria import condition
from tools.adapters.catalogue.names import called, known_names
from tools.adapters.catalogue.text_records import TABLES, forget_words
from tools.core.assets import Asset, AssetId, AssetState, Field, Version
from tools.core.criteria import ALWAYS, Trait
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Facet, NewAsset

_ABOUT_ASSETS = (
    t.versions,
    t.companions,
    t.field_values,
    t.collections,
    t.publications,
    t.outbox,
    t.files,
    t.thread_assets,
    cloud_sendings,
)
FORGOTTEN = "looks nearly like a picture that was forgotten, where it was rejected"


class SqlAssets:
    """Implements records.AssetRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, asset: NewAsset) -> Asset:
        """Store a new asset with its first version."""
        result = self._db.execute(
            t.assets.insert().values(
                id=asset.id,
                media_type=asset.media_type.value,
                file_name=asset.file_name,
                title=asset.title,
                state=AssetState.ACTIVE.value,
                state_at=asset.version.added_at.isoformat(),
                owner=asset.owner,
                added_at=asset.version.added_at.isoformat(),
                parent_id=asset.parent_id,
                origin=asset.origin,
                supplier=asset.supplier,
                folder=asset.folder,
                audience=json.dumps(list(asset.audience)),
                version=asset.version.number,
                orientation=orientation_of(asset.version),
            )
        )
        self._db.execute(t.versions.insert().values(**version_values(asset.version)))
        key = result.inserted_primary_key
        assert key is not None
        return self._rows(t.assets.c.key == key[0])[0]

    def get(self, asset_id: str, viewer: Viewer) -> Asset | None:
        """Give the asset if it exists and the viewer may see it, in any state."""
        found = self._rows(t.assets.c.id == asset_id, visible(viewer))
        return found[0] if found else None

    def many(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        wanted = among(self._db, t.assets.c.id, asset_ids)
        found: dict[str, Asset] = {a.id: a for a in self._rows(wanted, visible(viewer))}
        return [found[i] for i in asset_ids if i in found]

    def by_keys(self, keys: Sequence[int], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        wanted = among(self._db, t.assets.c.key, keys)
        found = {a.key: a for a in self._rows(wanted, visible(viewer))}
        return [found[key] for key in keys if key in found]

    def select(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> list[Asset]:
        """List visible assets, newest first."""
        conditions = (*self._conditions(criteria), visible(viewer))
        query = asset_query(*conditions).order_by(t.assets.c.key.desc()).limit(limit).offset(offset)
        return [asset_of(row) for row in self._db.execute(query).mappings()]

    def keys(self, criteria: AssetFilter, viewer: Viewer) -> list[int]:
        """List the catalogue keys of all visible assets that meet the criteria."""
        query = sa.select(t.assets.c.key).where(*self._conditions(criteria), visible(viewer))
        return list(self._db.scalars(query.order_by(t.assets.c.key)))

    def count(self, criteria: AssetFilter, viewer: Viewer) -> int:
        """Count visible assets that meet the criteria."""
        query = sa.select(sa.func.count()).select_from(t.assets)
        return self._db.scalar(query.where(*self._conditions(criteria), visible(viewer))) or 0

    def facets(self, viewer: Viewer) -> list[Facet]:
        """Count visible active assets by media type, orientation, tag and collection."""
        shown = (t.assets.c.state == AssetState.ACTIVE.value, visible(viewer))
        found: list[Facet] = []
        for name in ("media_type", "orientation"):
            column = t.assets.c[name]
            grouped = (
                sa.select(column, sa.func.count())
                .where(*shown, column.is_not(None))
                .group_by(column)
            )
            found += [Facet(name, value, count) for value, count in self._db.execute(grouped)]
        tags = (
            sa.select(t.field_values.c.value, sa.func.count())
            .join(t.assets, t.assets.c.id == t.field_values.c.asset_id)
            .where(*shown, t.field_values.c.field == "tag", t.field_values.c.retired_at.is_(None))
            .group_by(t.field_values.c.value)
        )
        found += [Facet("tag", value, count) for value, count in self._db.execute(tags)]
        sets = (
            sa.select(t.collections.c.name, sa.func.count())
            .join(t.assets, t.assets.c.id == t.collections.c.asset_id)
            .where(*shown)
            .group_by(t.collections.c.name)
        )
        found += [Facet("collection", value, count) for value, count in self._db.execute(sets)]
        return sorted(found, key=lambda facet: (facet.name, -facet.count, facet.value))

    def known_names(self, trait: Trait, texts: Sequence[str], viewer: Viewer) -> frozenset[str]:
        """Give the texts that are tags, authors or collections of visible assets, case aside."""
        return known_names(self._db, trait, texts, viewer)

    def called(self, name: str, viewer: Viewer) -> list[AssetId]:
        """List the visible assets with this file name or title, case aside."""
        return called(self._db, name, viewer)

    def with_hash(self, sha256: str) -> Asset | None:
        """Find a live asset whose current file has these bytes, whoever may see it."""
        found = self._rows(
            t.versions.c.sha256 == sha256, t.assets.c.state != AssetState.TRASHED.value
        )
        return found[0] if found else None

    def holding(self, sha256: str) -> list[AssetId]:
        """List assets in any state of which some version or companion has these bytes."""
        versions, beside = t.versions.c, t.companions.c
        query = sa.union(
            sa.select(versions.asset_id).where(versions.sha256 == sha256),
            sa.select(beside.asset_id).where(beside.sha256 == sha256),
        )
        return [AssetId(found) for found in self._db.scalars(query)]

    def versions(self, asset_id: AssetId) -> list[Version]:
        """List the versions, oldest first."""
        query = sa.select(t.versions).where(t.versions.c.asset_id == asset_id)
        rows = self._db.execute(query.order_by(t.versions.c.number)).mappings()
        return [version_of(row) for row in rows]

    def add_version(self, version: Version) -> None:
        """Add a file and make it the current one."""
        self._db.execute(t.versions.insert().values(**version_values(version)))
        self._db.execute(
            t.assets.update()
            .where(t.assets.c.id == version.asset_id)
            .values(version=version.number, orientation=orientation_of(version))
        )

    def relocate(self, asset_id: AssetId, number: int, path: str, file_name: str) -> None:
        """Record that a file that is not in the blob store was moved, or has another name."""
        moved = t.versions.update().where(
            t.versions.c.asset_id == asset_id, t.versions.c.number == number
        )
        self._db.execute(moved.values(path=path))
        called = t.assets.update().where(t.assets.c.id == asset_id)
        self._db.execute(called.values(file_name=file_name))

    def set_state(self, asset_id: AssetId, state: AssetState, at: datetime) -> None:
        """Move an asset through its life."""
        change = t.assets.update().where(t.assets.c.id == asset_id)
        self._db.execute(change.values(state=state.value, state_at=at.isoformat()))

    def ancestors(self, asset_id: AssetId) -> list[Asset]:
        """List parents up to the root, nearest first."""
        found: list[Asset] = []
        seen = {asset_id}
        current = self._rows(t.assets.c.id == asset_id)
        while current and current[0].parent_id and current[0].parent_id not in seen:
            seen.add(current[0].parent_id)
            current = self._rows(t.assets.c.id == current[0].parent_id)
            found += current
        return found

    def children(self, asset_id: AssetId) -> list[Asset]:
        """List direct renditions in any state."""
        return self._rows(t.assets.c.parent_id == asset_id)

    def erase(self, asset_ids: Sequence[AssetId]) -> None:
        """Remove every row about these assets except the audit chain, and their names in others."""
        self._erase_words(asset_ids)
        own_rules = among(self._db, t.rules.c.scope_value, asset_ids)
        self._db.execute(t.rules.delete().where(t.rules.c.scope_kind == "asset", own_rules))
        for table in _ABOUT_ASSETS:
            self._db.execute(table.delete().where(among(self._db, table.c.asset_id, asset_ids)))
        for asset_id in asset_ids:
            self._unname(asset_id)
        self._db.execute(t.assets.delete().where(among(self._db, t.assets.c.id, asset_ids)))

    def _unname(self, asset_id: AssetId) -> None:
        """Let values that follow from one on this asset stand without naming it."""
        by = t.field_values.c.by
        named = (t.field_values.c.field == Field.REJECTED.value, by.contains(f"({asset_id})"))
        self._db.execute(t.field_values.update().where(*named).values(by=FORGOTTEN))

    def _erase_words(self, asset_ids: Sequence[AssetId]) -> None:
        keys = sa.select(t.assets.c.key).where(among(self._db, t.assets.c.id, asset_ids))
        forget_words(self._db, list(self._db.scalars(keys)))
        if self._db.dialect.name == "sqlite":
            # FTS5 keeps the words of deleted rows in its segments until these are merged.
            for table in TABLES:
                merge = f"INSERT INTO {table}({table}) VALUES ('optimize')"  # noqa: S608
                self._db.execute(sa.text(merge))
        self._db.info["erased"] = True

    def _conditions(self, criteria: AssetFilter) -> list[sa.ColumnElement[bool]]:
        conditions: list[sa.ColumnElement[bool]] = [
            t.assets.c.state.in_([state.value for state in criteria.states])
        ]
        if criteria.media_type:
            conditions.append(t.assets.c.media_type == criteria.media_type.value)
        if criteria.orientation:
            conditions.append(t.assets.c.orientation == criteria.orientation.value)
        if criteria.parent_id:
            conditions.append(t.assets.c.parent_id == criteria.parent_id)
        if criteria.ids is not None:
            conditions.append(among(self._db, t.assets.c.id, criteria.ids))
        if criteria.where != ALWAYS:
            conditions.append(condition(self._db, criteria.where))
        return conditions + self._described(criteria)

    def _described(self, criteria: AssetFilter) -> list[sa.ColumnElement[bool]]:
        conditions: list[sa.ColumnElement[bool]] = []
        if criteria.tag:
            tagged = sa.select(t.field_values.c.asset_id).where(
                t.field_values.c.field == "tag",
                t.field_values.c.folded == fold(criteria.tag),
                t.field_values.c.retired_at.is_(None),
            )
            conditions.append(t.assets.c.id.in_(tagged))
        if criteria.suspicious:
            flagged = sa.select(t.field_values.c.asset_id).where(
                t.field_values.c.field == "suspicion", t.field_values.c.retired_at.is_(None)
            )
            conditions.append(t.assets.c.id.in_(flagged))
        if criteria.collection:
            held = sa.select(t.collections.c.asset_id).where(
                t.collections.c.folded == fold(criteria.collection)
            )
            conditions.append(t.assets.c.id.in_(held))
        return conditions

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> list[Asset]:
        return [asset_of(row) for row in self._db.execute(asset_query(*conditions)).mappings()]
