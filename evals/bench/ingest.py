"""Ingest of pictures, against the sum of the bare model passes on the same files."""

import tempfile
from pathlib import Path

from agent.bootstrap import open_app, senses
from agent.brain_room import BrainRoom
from agent.settings import Settings
from evals.bench.measure import Measure, seconds

PHOTOS = Path(__file__).parent.parent.parent / "samples" / "photos"
KINDS = {".jpg", ".png", ".webp"}
LONGEST = 1280
ROUNDS = 2


def run(settings: Settings) -> list[Measure]:
    """Take the sample photos in twice into fresh libraries, and run the bare passes twice."""
    photos = sorted(path for path in PHOTOS.iterdir() if path.suffix in KINDS)
    bare = senses(settings)
    pictures = [bare.imaging.open(photo, LONGEST) for photo in photos]

    def passes() -> None:
        for picture in pictures:
            seen = bare.vision.look(picture)
            words = bare.reader.read(picture)
            sentence = ", ".join([s.name for s in seen.labels] + [w.text for w in words])
            bare.embedder.passages([sentence or "a picture"])

    passes()
    theirs = min(seconds(passes) for _ in range(ROUNDS))
    ours = min(_ingest(settings, photos) for _ in range(ROUNDS))
    count = len(photos)
    return [
        Measure(
            f"ingest of {count} pictures",
            f"{count / ours:.2f} a second",
            "sum of the bare model passes (labels, objects, faces, text, embedding)",
            f"{count / theirs:.2f} a second",
            f"{theirs / ours:.2f}",
            "0.8 or more",
        )
    ]


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
