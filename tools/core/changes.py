"""A change of described values, written so that it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.records import Records

Cells = list[str | float]


@dataclass(frozen=True, slots=True)
class Change:
    """Values that come to hold, and values that end because of it."""

    added: tuple[FieldValue, ...] = ()
    ended: tuple[FieldValue, ...] = ()

    def written(self) -> dict[str, list[Cells]]:
        """Write the change for the details of a receipt."""
        return {
            "added": [_cells(value) for value in self.added],
            "ended": [_cells(value) for value in self.ended],
        }

    @classmethod
    def read(cls, written: dict[str, list[Cells]]) -> "Change":
        """Read what `written` gave."""
        return cls(
            tuple(_value(cells) for cells in written["added"]),
            tuple(_value(cells) for cells in written["ended"]),
        )

    def assets(self) -> tuple[AssetId, ...]:
        """Name the assets that the change touches, each once."""
        return tuple(dict.fromkeys(value.asset_id for value in (*self.added, *self.ended)))

    def only(self, asset_ids: Iterable[AssetId]) -> "Change":
        """Keep what is about these assets."""
        kept = set(asset_ids)
        return Change(
            tuple(value for value in self.added if value.asset_id in kept),
            tuple(value for value in self.ended if value.asset_id in kept),
        )

    def carry_out(self, records: Records, at: datetime) -> None:
        """Make the change."""
        records.fields.retire(self.ended, at)
        records.fields.put(self.added)

    def take_back(self, records: Records, at: datetime) -> None:
        """End what was added where it still holds, and put back what ended.

        What somebody wrote since stays.
        """
        before = records.fields.current(list(self.assets()))
        holding = {_identity(value) for value in before}
        records.fields.retire([v for v in self.added if _identity(v) in holding], at)
        after = records.fields.current(list(self.assets()))
        newer = {
            (v.asset_id, v.field) for v in after if v.source is Source.PERSON and not v.field.many
        }
        records.fields.put(v for v in self.ended if (v.asset_id, v.field) not in newer)


def _identity(value: FieldValue) -> tuple[str, str, str, str, str]:
    at = value.at.isoformat()
    return (value.asset_id, value.field.value, value.value, value.source.value, at)


def _cells(value: FieldValue) -> Cells:
    return [
        value.asset_id,
        value.field.value,
        value.value,
        value.source.value,
        value.by,
        value.at.isoformat(),
        value.confidence,
    ]


def _value(cells: Cells) -> FieldValue:
    asset_id, field, text, source, by, at, confidence = cells
    return FieldValue(
        AssetId(str(asset_id)),
        Field(str(field)),
        str(text),
        Source(str(source)),
        str(by),
        datetime.fromisoformat(str(at)),
        float(confidence),
    )
