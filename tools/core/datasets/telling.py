"""What the catalogue keeps of a table: its columns, its values and its warnings, as texts."""

from collections.abc import Iterator, Sequence

from tools.core.assets import Field
from tools.core.datasets.schema import Kind, Schema

MOST_COLUMNS_TOLD = 100
MOST_CHARACTERS = 100_000


def told(schemas: Sequence[Schema]) -> Iterator[tuple[Field, str]]:
    """Give fields with their values, in the order of the columns."""
    several = sum(bool(schema.columns) for schema in schemas) > 1
    for schema in schemas:
        lead = f"{schema.name} \u203a " if several and schema.name else ""
        for column in schema.columns[:MOST_COLUMNS_TOLD]:
            yield Field.COLUMN, f"{lead}{column.description}"
        if schema.licence:
            yield Field.LICENCE, schema.licence
    if schemas:
        yield Field.ROWS, str(sum(schema.rows for schema in schemas))
    personal = [one for schema in schemas for one in schema.personal]
    if personal:
        more = f" and {len(personal) - 8} more columns" if len(personal) > 8 else ""
        yield Field.WARNING, f"It seems to hold personal data: {', '.join(personal[:8])}{more}."
    part = [s for s in schemas if s.looked_at < s.rows]
    if part:
        rows = f"{max(schema.looked_at for schema in part):,}"
        yield Field.WARNING, f"Its columns are described by the first {rows} rows."


def values_of(schemas: Sequence[Schema]) -> str:
    """Write the values that a search finds a table by; of personal data there are none."""
    lines = [
        f"{column.name}: {'; '.join(column.values)}"
        for schema in schemas
        for column in schema.columns
        if not column.personal and column.kind in {Kind.TEXT, Kind.DATE} and column.values
    ]
    return "\n".join(lines)[:MOST_CHARACTERS]
