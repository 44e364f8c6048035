"""A whole library in a temporary folder: real catalogue, files and decoding; models are fakes."""

from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.clock import FixedClock
from tests.library.world import World


@pytest.fixture
def world(tmp_path: Path, clock: FixedClock) -> World:
    """Give an empty library whose jobs run at once."""
    return World(tmp_path, clock)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Give a folder with three pictures, two texts and a table."""
    folder = tmp_path / "album"
    (folder / "deep").mkdir(parents=True)
    for number, (name, colour) in enumerate(
        (("red_dog.png", "red"), ("blue sky.png", "blue"), ("deep/green.png", "green"))
    ):
        Image.new("RGB", (160 + number, 90), colour).save(folder / name)
    (folder / "letter.txt").write_text("Dear Ana, the beach club opens in June with 40 chairs.")
    (folder / "notes.md").write_text("# Spring campaign\n\nA *submarine* ride for children.")
    (folder / "prices.csv").write_text("city,price\nLisbon,12\nPorto,9\n")
    return folder
