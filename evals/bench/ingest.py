"""Ingest of pictures, against the bare model passes on the same files.

The passes are labels, objects, faces, text and embedding of pictures that are open already; their
sum is what one picture after the other takes, and as many at a time as there are cores is faster.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agent.bootstrap import open_app, senses
from agent.brain_room import BrainRoom
from agent.settings import Settings
from evals.bench.measure import Measure, seconds
from tools.core.ports import Picture

PHOTOS = Path(__file__).parent.parent.parent / "samples" / "photos"
KINDS = {".jpg", ".png", ".webp"}
LONGEST = 1280
ROUNDS = 2


def run(settings: Settings) -> list[Measure]:
    """Take the sample photos in twice into fresh libraries, and run the bare passes twice."""
    photos = sorted(path for path in PHOTOS.iterdir() if path.suffix in KINDS)
    bare = senses(settings)
    pictures = [bare.imaging.open(photo, LONGEST) for photo in photos]

    def passes(picture: Picture) -> None:
        seen = bare.vision.look(picture)
        words = bare.reader.read(picture)
        sentence = ", ".join([s.name for s in seen.labels] + [w.text for w in words])
        bare.embedder.passages([sentence or "a picture"])

    def apart() -> None:
        for picture in pictures:
            passes(picture)

    def together() -> None:
        with ThreadPoolExecutor(settings.threads) as pool:
            list(pool.map(passes, pictures))

    apart()
    ours = min(_ingest(settings, photos) for _ in range(ROUNDS))
    count = len(photos)
    bounds = (
        ("the sum of the bare model passes", apart, "0.8 or more"),
        (f"the same passes, {settings.threads} pictures at a time", together, ""),
    )
    return [
        _measure(count, ours, name, min(seconds(bound) for _ in range(ROUNDS)), aim)
        for name, bound, aim in bounds
    ]


def _measure(count: int, ours: float, name: str, theirs: float, aim: str) -> Measure:
    return Measure(
        f"ingest of {count} pictures",
        f"{count / ours:.2f} a second",
        name,
        f"{count / theirs:.2f} a second",
        f"{theirs / ours:.2f}",
        aim,
    )


def _ingest(settings: Settings, photos: list[Path]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        home = settings.model_copy(update={"home": Path(folder), "models": settings.models_folder})
        with open_app(home, brain=BrainRoom(None)) as app:
            owner = app.admin.person()
            warm = photos[0]
            list(app.library.ingest([warm], owner))
            return (
                seconds(lambda: list(app.library.ingest(photos[1:], owner)))
                * len(photos)
                / (len(photos) - 1)
            )
