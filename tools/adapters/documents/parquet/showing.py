"""A Parquet file as text and as a drawn page."""

from pathlib import Path

from PIL import Image

from tools.adapters.documents.drawing import Block, Rows, Words, draw_page
from tools.adapters.documents.parquet.reading import read_parquet, sample_of
from tools.core.ports import DocumentText

_SAMPLE = 20
_MOST_CELLS = 400_000


def parquet_text(path: Path) -> DocumentText:
    """Give the column names, the row count and the first rows.

    Raises Fixable for a damaged, encrypted or oversized file.
    """
    read = read_parquet(path)
    sample = sample_of(read, _SAMPLE)
    lines = [
        f"Columns: {', '.join(leaf.name for leaf in read.leaves)}",
        f"Rows: {read.rows}",
        *(" | ".join(row) for row in sample),
    ]
    texts = [*(leaf.name for leaf in read.leaves), read.licence]
    texts += [cell for cells in (*read.cells, *read.known) for cell in cells or ()]
    asides = (("cell", "\n".join(texts)[:_MOST_CELLS]),)
    return DocumentText(("\n".join(lines),), truncated=read.rows > len(sample), asides=asides)


def parquet_page(path: Path) -> Image.Image:
    """Draw the head and the first rows."""
    read = read_parquet(path)
    head = tuple(leaf.name for leaf in read.leaves[:8])
    rows = (head, *(row[:8] for row in sample_of(read, 26)))
    blocks: list[Block] = [Words(f"{read.rows} rows, {len(read.leaves)} columns", 3), Rows(rows)]
    return draw_page(blocks)
