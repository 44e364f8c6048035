"""The sample pictures of the project by the captions that stand in their credits."""

import csv
from pathlib import Path

from agent.bootstrap import SAMPLES
from evals.pictures.captioned import Captioned, PictureSet

FOLDER = SAMPLES / "photos"


def samples(folder: Path = FOLDER) -> PictureSet:
    """Read the captions of the samples, which are English."""
    with (folder / "credits.csv").open(newline="", encoding="utf-8") as file:
        rows = [(row["file"], row["caption"]) for row in csv.DictReader(file)]
    pictures = tuple(Captioned(folder / name, {"en": caption}) for name, caption in rows)
    licence = "as named in samples/photos/credits.csv"
    return PictureSet("samples", "photographs", "this project", licence, pictures)
