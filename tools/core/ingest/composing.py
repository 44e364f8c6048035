"""Free space for words in a picture: strips that are calm and in which nothing was seen."""

from collections.abc import Sequence

from tools.core.assets import Field
from tools.core.ingest.notes import Note
from tools.core.perception import Box, Side, Sighting, Space

BY = "calm strips"
CALM = 0.94
# A foot that reaches into a strip leaves it free, half a person does not.
COVERED = 0.1
STRIPS = {
    Side.LEFT: Box(0.0, 0.0, 0.4, 1.0),
    Side.RIGHT: Box(0.6, 0.0, 1.0, 1.0),
    Side.TOP: Box(0.0, 0.0, 1.0, 0.33),
    Side.BOTTOM: Box(0.0, 0.67, 1.0, 1.0),
}


def free_space(spaces: Sequence[Space], seen: Sighting) -> list[Note]:
    """Note the sides where words would cover nothing."""
    boxes = [one.box for one in (*seen.objects, *seen.faces) if one.box]
    return [
        Note(Field.SPACE, space.side.value, BY, space.calm)
        for space in spaces
        if space.calm >= CALM and _covered(STRIPS[space.side], boxes) < COVERED
    ]


def _covered(strip: Box, boxes: Sequence[Box]) -> float:
    """Give the share of a strip that the largest of some boxes covers."""
    return max((strip.shared(box) / strip.area for box in boxes), default=0.0)
