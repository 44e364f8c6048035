"""Assets and versions as rows of their tables."""

import json
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.assets import Asset, AssetId, AssetState, MediaType, Orientation, Recipe, Version


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


def version_values(version: Version) -> dict[str, object]:
    """Write a version as a row of the versions table."""
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


def orientation_of(version: Version) -> str | None:
    """Give the orientation that is stored with an asset."""
    if not version.width or not version.height:
        return None
    return Orientation.of(version.width, version.height).value


def asset_query(*conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    """Select assets with their current version."""
    current = (t.versions.c.asset_id == t.assets.c.id) & (t.versions.c.number == t.assets.c.version)
    columns = [c for c in t.assets.c if c.name != "version"]
    file = [c for c in t.versions.c if c.name not in {"asset_id", "added_at"}]
    return (
        sa.select(
            *columns, *file, t.versions.c.asset_id, t.versions.c.added_at.label("file_added_at")
        )
        .select_from(t.assets.join(t.versions, current))
        .where(*conditions)
    )


def asset_of(row: sa.RowMapping) -> Asset:
    """Read an asset from a row of `asset_query`."""
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
