"""A library with look-alikes: a red picture, nearly the same one, and others."""

from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.clock import FixedClock
from tests.library.world import World

COLOURS = {"red": (250, 0, 0), "crimson": (230, 22, 18), "blue": (0, 0, 250), "green": (0, 128, 0)}


def picture(folder: Path, name: str, colour: tuple[int, int, int]) -> Path:
    """Write a plain picture."""
    path = folder / f"{name}.png"
    Image.new("RGB", (160, 90), colour).save(path)
    return path


@pytest.fixture
def world(tmp_path: Path, clock: FixedClock) -> World:
    """Give a library whose jobs run at once, with four pictures; red ones show a dog."""
    made = World(tmp_path, clock)
    folder = tmp_path / "shots"
    folder.mkdir()
    made.take(*(picture(folder, name, colour) for name, colour in COLOURS.items()))
    return made
