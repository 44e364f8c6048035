"""Lines of text in pictures: what is surely read is said, what is doubtful waits for a person."""

from collections.abc import Mapping, Sequence

from tools.core.assets import Field
from tools.core.ingest.grounds import BARS, Grounds, grounded
from tools.core.ingest.notes import Note
from tools.core.perception import TextRegion

SURE, DOUBTFUL = BARS[Field.OCR]
# More doubtful lines than this are a texture rather than a text, and shorter ones nobody misses.
MOST_DOUBTFUL, SHORTEST = 5, 3


def timed_texts(read: Mapping[float, Sequence[TextRegion]]) -> list[tuple[TextRegion, float]]:
    """Give each surely read line once, with the second of the frame that shows it first."""
    return [(line, at) for line, at in _once(read) if line.score >= SURE]


def lettering(read: Mapping[float, Sequence[TextRegion]], by: str) -> list[Note]:
    """Note what is read in pictures, and each doubtful line with where it stands."""
    notes = []
    sure = [line for line, _ in timed_texts(read)]
    if sure:
        text = "\n".join(line.text for line in sure)
        notes.append(Note(Field.OCR, text, by, sum(line.score for line in sure) / len(sure)))
    doubtful = [
        (line, at)
        for line, at in _once(read)
        if DOUBTFUL <= line.score < SURE and sum(map(str.isalnum, line.text)) >= SHORTEST
    ]
    doubtful.sort(key=lambda pair: -pair[0].score)
    for line, at in doubtful[:MOST_DOUBTFUL]:
        notes += grounded(Grounds(Field.OCR, line.text.strip(), _where(line, at)), by, line.score)
    return notes


def _once(read: Mapping[float, Sequence[TextRegion]]) -> list[tuple[TextRegion, float]]:
    """Give each line as it was read most surely, at the second at which it is first read so."""
    lines: dict[str, tuple[TextRegion, float]] = {}
    for at, regions in sorted(read.items()):
        for line in regions:
            name = line.text.strip().casefold()
            if name and (name not in lines or lines[name][0].score < SURE <= line.score):
                lines[name] = (line, at)
    return list(lines.values())


def _where(line: TextRegion, at: float) -> str:
    box = line.box
    place = (
        f"read at {box.left:.0%} to {box.right:.0%} across "
        f"and {box.top:.0%} to {box.bottom:.0%} down"
    )
    return f"{place}, {at:.0f} s into it" if at else place
