"""Assets, versions and families in SQL; the audience is part of every query."""

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.assets import (
    Asset,
    AssetId,
    AssetState,
    MediaType,
    Orientation,
    Recipe,
    Version,
)
from tools.core.people import Role, Viewer
from tools.core.records import AssetFilter, Facet, NewAsset

_CHUNK = 900


def version_of(row: sa.RowMapping) -> Version:
    """Read a version from a row of the versions table."""
    recipe = json.loads(row["recipe"]) if row["recipe"] else None
    return Version(
        asset_id=AssetId(row["asset_id"]),
        number=row["number"],
        sha256=row["sha256"],
        bytes=row["bytes"],
        mime=row["mime"],
        added_at=datetime.fromisoformat(row["added_at"]),
        blob=row["blob"],
        path=row["path"],
        width=row["width"],
        height=row["height"],
        duration=row["duration"],
        pages=row["pages"],
        parent_version=row["parent_version"],
        recipe=Recipe(**recipe) if recipe else None,
    )


def _version_values(version: Version) -> dict[str, object]:
    recipe = version.recipe
    stored = (
        {"step": recipe.step, "arguments": recipe.arguments, "engine": recipe.engine}
        if recipe
        else None
    )
    return {
        "asset_id": version.asset_id,
        "number": version.number,
        "sha256": version.sha256,
        "bytes": version.bytes,
        "mime": version.mime,
        "added_at": version.added_at.isoformat(),
        "blob": version.blob,
        "path": version.path,
        "width": version.width,
        "height": version.height,
        "duration": version.duration,
        "pages": version.pages,
        "parent_version": version.parent_version,
        "recipe": json.dumps(stored) if stored else None,
    }


def _orientation(version: Version) -> str | None:
    if not version.width or not version.height:
        return None
    return Orientation.of(version.width, version.height).value


def visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Restrict to assets that the viewer's audience entries admit."""
    if viewer.local_owner or Role.ADMIN in viewer.roles:
        return sa.true()
    admitted = [t.assets.c.audience == "[]", t.assets.c.owner == viewer.id]
    for entry in [viewer.id, *(f"role:{role.value}" for role in sorted(viewer.roles))]:
        admitted.append(t.assets.c.audience.contains(json.dumps(entry), autoescape=True))
    return sa.or_(*admitted)


def _chunks(values: Sequence[object]) -> list[Sequence[object]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]


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
                orientation=_orientation(asset.version),
            )
        )
        self._db.execute(t.versions.insert().values(**_version_values(asset.version)))
        key = result.inserted_primary_key
        assert key is not None
        return self._rows(t.assets.c.key == key[0])[0]

    def get(self, asset_id: str, viewer: Viewer) -> Asset | None:
        """Give the asset if it exists and the viewer may see it, in any state."""
        found = self._rows(t.assets.c.id == asset_id, visible(viewer))
        return found[0] if found else None

    def many(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        found: dict[str, Asset] = {}
        for chunk in _chunks(asset_ids):
            found |= {a.id: a for a in self._rows(t.assets.c.id.in_(chunk), visible(viewer))}
        return [found[i] for i in asset_ids if i in found]

    def by_keys(self, keys: Sequence[int], viewer: Viewer) -> list[Asset]:
        """Give the visible ones, in the order asked."""
        found: dict[int, Asset] = {}
        for chunk in _chunks(keys):
            found |= {a.key: a for a in self._rows(t.assets.c.key.in_(chunk), visible(viewer))}
        return [found[key] for key in keys if key in found]

    def select(
        self, criteria: AssetFilter, viewer: Viewer, limit: int = 50, offset: int = 0
    ) -> list[Asset]:
        """List visible assets, newest first."""
        conditions = (*self._conditions(criteria), visible(viewer))
        query = self._query(*conditions).order_by(t.assets.c.key.desc()).limit(limit).offset(offset)
        return [self._asset(row) for row in self._db.execute(query).mappings()]

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

    def with_hash(self, sha256: str) -> Asset | None:
        """Find a live asset whose current file has these bytes, whoever may see it."""
        found = self._rows(
            t.versions.c.sha256 == sha256, t.assets.c.state != AssetState.TRASHED.value
        )
        return found[0] if found else None

    def holding(self, sha256: str) -> list[AssetId]:
        """List assets in any state of which some version has these bytes."""
        query = sa.select(t.versions.c.asset_id).where(t.versions.c.sha256 == sha256).distinct()
        return [AssetId(found) for found in self._db.scalars(query)]

    def versions(self, asset_id: AssetId) -> list[Version]:
        """List the versions, oldest first."""
        query = sa.select(t.versions).where(t.versions.c.asset_id == asset_id)
        rows = self._db.execute(query.order_by(t.versions.c.number)).mappings()
        return [version_of(row) for row in rows]

    def add_version(self, version: Version) -> None:
        """Add a file and make it the current one."""
        self._db.execute(t.versions.insert().values(**_version_values(version)))
        self._db.execute(
            t.assets.update()
            .where(t.assets.c.id == version.asset_id)
            .values(version=version.number, orientation=_orientation(version))
        )

    def relocate(self, asset_id: AssetId, number: int, path: str) -> None:
        """Record that a file that is not in the blob store was moved."""
        moved = t.versions.update().where(
            t.versions.c.asset_id == asset_id, t.versions.c.number == number
        )
        self._db.execute(moved.values(path=path))

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
        """Remove every row about these assets except the audit chain."""
        for table in (t.versions, t.field_values, t.collections, t.publications, t.outbox, t.files):
            for chunk in _chunks(asset_ids):
                self._db.execute(table.delete().where(table.c.asset_id.in_(chunk)))
        for chunk in _chunks(asset_ids):
            own_rules = (t.rules.c.scope_kind == "asset") & t.rules.c.scope_value.in_(chunk)
            self._db.execute(t.rules.delete().where(own_rules))
            self._db.execute(t.assets.delete().where(t.assets.c.id.in_(chunk)))

    def _conditions(self, criteria: AssetFilter) -> list[sa.ColumnElement[bool]]:
        conditions = [t.assets.c.state.in_([state.value for state in criteria.states])]
        if criteria.media_type:
            conditions.append(t.assets.c.media_type == criteria.media_type.value)
        if criteria.orientation:
            conditions.append(t.assets.c.orientation == criteria.orientation.value)
        if criteria.parent_id:
            conditions.append(t.assets.c.parent_id == criteria.parent_id)
        if criteria.ids is not None:
            conditions.append(t.assets.c.id.in_(criteria.ids))
        if criteria.tag:
            tagged = sa.select(t.field_values.c.asset_id).where(
                t.field_values.c.field == "tag",
                sa.func.lower(t.field_values.c.value) == criteria.tag.lower(),
                t.field_values.c.retired_at.is_(None),
            )
            conditions.append(t.assets.c.id.in_(tagged))
        if criteria.collection:
            held = sa.select(t.collections.c.asset_id).where(
                sa.func.lower(t.collections.c.name) == criteria.collection.lower()
            )
            conditions.append(t.assets.c.id.in_(held))
        return conditions

    def _query(self, *conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
        current = (t.versions.c.asset_id == t.assets.c.id) & (
            t.versions.c.number == t.assets.c.version
        )
        columns = [c for c in t.assets.c if c.name != "version"]
        file = [c for c in t.versions.c if c.name not in {"asset_id", "added_at"}]
        return (
            sa.select(
                *columns, *file, t.versions.c.asset_id, t.versions.c.added_at.label("file_added_at")
            )
            .select_from(t.assets.join(t.versions, current))
            .where(*conditions)
        )

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> list[Asset]:
        return [self._asset(row) for row in self._db.execute(self._query(*conditions)).mappings()]

    def _asset(self, row: sa.RowMapping) -> Asset:
        return Asset(
            id=AssetId(row["id"]),
            key=row["key"],
            media_type=MediaType(row["media_type"]),
            file_name=row["file_name"],
            title=row["title"],
            state=AssetState(row["state"]),
            owner=row["owner"],
            added_at=datetime.fromisoformat(row["added_at"]),
            version=version_of(row),
            parent_id=AssetId(row["parent_id"]) if row["parent_id"] else None,
            origin=row["origin"],
            supplier=row["supplier"],
            folder=row["folder"],
            audience=tuple(json.loads(row["audience"])),
        )
