"""Use of chat models in SQL: one row a day, person and model."""

from datetime import date

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.spending import DayUse, Use

COUNTED = ("calls", "input", "output", "cached", "written", "cost", "unpriced", "unreported")
HELD = ("input", "output", "cost")
KEYED = ("day", "person", "host", "model")
# Written once: to put the statement together took longer than to carry it out.
_ADDED = (
    t.usage.update()
    .where(*(t.usage.c[name] == sa.bindparam(f"of_{name}") for name in KEYED))
    .values(
        {
            name: t.usage.c[name] + sa.bindparam(f"more_{name}")
            for name in (*COUNTED, *(f"held_{name}" for name in HELD))
        }
    )
)


class SqlUsage:
    """Implements records.UsageRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def add(self, more: DayUse) -> None:
        """Add to what was used and held."""
        key = {
            "day": more.day.isoformat(),
            "person": more.person,
            "host": more.host,
            "model": more.model,
        }
        counts = {name: getattr(more.use, name) for name in COUNTED}
        counts |= {f"held_{name}": getattr(more.held, name) for name in HELD}
        more_of = {f"more_{name}": count for name, count in counts.items()}
        of_row = {f"of_{name}": value for name, value in key.items()}
        if self._db.execute(_ADDED, more_of | of_row).rowcount == 0:
            self._db.execute(t.usage.insert(), key | counts)

    def since(self, day: date, person: str | None = None) -> list[DayUse]:
        """List what was used from a day on, oldest first, by one person or by all."""
        query = sa.select(t.usage).where(t.usage.c.day >= day.isoformat())
        if person is not None:
            query = query.where(t.usage.c.person == person)
        order = (t.usage.c.day, t.usage.c.person, t.usage.c.host, t.usage.c.model)
        return [_read(row) for row in self._db.execute(query.order_by(*order)).mappings()]


def _read(row: sa.RowMapping) -> DayUse:
    return DayUse(
        day=date.fromisoformat(row["day"]),
        person=row["person"],
        host=row["host"],
        model=row["model"],
        use=Use(**{name: row[name] for name in COUNTED}),
        held=Use(**{name: row[f"held_{name}"] for name in HELD}),
    )
