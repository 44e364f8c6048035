"""Taxonomies in SQL."""

import json
from datetime import datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.taxonomy.kept import KeptTaxonomy


class SqlTaxonomies:
    """Implements records.TaxonomyRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def propose(self, taxonomy: KeptTaxonomy) -> None:
        """Keep a taxonomy in place of what was proposed before."""
        self._db.execute(t.taxonomies.delete().where(t.taxonomies.c.accepted_at.is_(None)))
        self._db.execute(
            t.taxonomies.insert().values(
                id=taxonomy.id,
                file=taxonomy.file,
                sha256=taxonomy.sha256,
                notes=json.dumps(taxonomy.notes, ensure_ascii=False),
                by=taxonomy.by,
                at=taxonomy.at.isoformat(),
                body=taxonomy.body,
            )
        )

    def proposed(self) -> str | None:
        """Give the id of the one that waits to be accepted."""
        waiting = t.taxonomies.c.accepted_at.is_(None)
        return self._db.scalar(sa.select(t.taxonomies.c.id).where(waiting))

    def accepted(self) -> str | None:
        """Give the id of the one in force."""
        known = sa.select(t.taxonomies.c.id).where(t.taxonomies.c.accepted_at.is_not(None))
        newest = (t.taxonomies.c.accepted_at.desc(), t.taxonomies.c.number.desc())
        return self._db.scalar(known.order_by(*newest).limit(1))

    def get(self, taxonomy_id: str) -> KeptTaxonomy | None:
        """Give a taxonomy."""
        query = sa.select(t.taxonomies).where(t.taxonomies.c.id == taxonomy_id)
        row = self._db.execute(query).mappings().first()
        return _read(row) if row else None

    def accept(self, taxonomy_id: str, by: str, at: datetime) -> bool:
        """Put a proposed one in force; False when it is not proposed any more."""
        waiting = t.taxonomies.c.accepted_at.is_(None) & (t.taxonomies.c.id == taxonomy_id)
        change = t.taxonomies.update().where(waiting)
        done = self._db.execute(change.values(accepted_by=by, accepted_at=at.isoformat()))
        return done.rowcount == 1


def _read(row: sa.RowMapping) -> KeptTaxonomy:
    accepted = row["accepted_at"]
    return KeptTaxonomy(
        id=row["id"],
        file=row["file"],
        sha256=row["sha256"],
        notes=tuple(json.loads(row["notes"])),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        body=row["body"],
        accepted_by=row["accepted_by"],
        accepted_at=datetime.fromisoformat(accepted) if accepted else None,
    )
