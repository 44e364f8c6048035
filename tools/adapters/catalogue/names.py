"""Which of some texts are names that the library knows, within what the viewer may see."""

from collections.abc import Sequence

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among, fold, visible
from tools.adapters.catalogue.criteria import FIELDS
from tools.core.assets import AssetId
from tools.core.criteria import Trait
from tools.core.people import Viewer


def known_names(
    db: sa.Connection, trait: Trait, texts: Sequence[str], viewer: Viewer
) -> frozenset[str]:
    """Give the texts that are tags, authors or collections of visible assets, case aside."""
    if trait is Trait.COLLECTION:
        named, held = t.collections.c.folded, t.collections.c.asset_id
        query = sa.select(named).join(t.assets, t.assets.c.id == held)
    else:
        named, held = t.field_values.c.folded, t.field_values.c.asset_id
        query = sa.select(named).join(t.assets, t.assets.c.id == held)
        query = query.where(
            t.field_values.c.field == FIELDS[trait], t.field_values.c.retired_at.is_(None)
        )
    found = set(
        db.scalars(
            query.where(
                among(db, named, [fold(text) for text in texts]), visible(viewer)
            ).distinct()
        )
    )
    return frozenset(text for text in texts if fold(text) in found)


def called(db: sa.Connection, name: str, viewer: Viewer) -> list[AssetId]:
    """List the visible assets with this file name or title, case aside."""
    wanted = [name, name.lower()]
    query = sa.select(t.assets.c.id).where(
        sa.or_(
            t.assets.c.file_name == name,
            t.assets.c.title == name,
            sa.func.lower(t.assets.c.file_name).in_(wanted),
            sa.func.lower(t.assets.c.title).in_(wanted),
        ),
        visible(viewer),
    )
    return [AssetId(found) for found in db.scalars(query.order_by(t.assets.c.key))]
