"""What a table holds, column by column."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 80


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes or no"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind, the share of filled cells (0 to 1), and some of what is in it.

    `least` and `most` are of numbers and dates; `values` are distinct texts, as many as are kept.
    `personal` names the kind of personal data, or is empty.
    """

    name: str
    kind: Kind
    filled: float = 1.0
    values: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    personal: str = ""

    @property
    def description(self) -> str:
        """Describe it in a line; of personal data no value is told."""
        parts = [self.kind.value]
        if self.filled < 1 and self.kind is not Kind.EMPTY:
            parts.append(f"{self.filled:.0%} filled")
        if self.personal:
            parts.append(f"personal data ({self.personal})")
        elif self.least:
            parts.append(self.least if self.least == self.most else f"{self.least} to {self.most}")
        elif self.values:
            parts.append(f"such as {', '.join(value[:40] for value in self.values[:3])}")
        return f"{self.name[:LONGEST_NAME]}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns and the number of rows of a table; `name` is that of a sheet.

    `looked_at` counts the rows that the columns are described by; `licence` is what the file says.
    """

    columns: tuple[Column, ...]
    rows: int
    looked_at: int
    name: str = ""
    licence: str = ""

    @property
    def personal(self) -> tuple[str, ...]:
        """Name kinds of personal data with the columns that hold them."""
        return tuple(f"{one.personal} ({one.name})" for one in self.columns if one.personal)
