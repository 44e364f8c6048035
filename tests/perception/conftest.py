"""A small model of three parts, and ways to get it that touch no network but loopback."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.perception.origins import Origin, serving, sha256, wheel
from tools.adapters.model_store.manifest import Model, Part
from tools.adapters.model_store.packages import Packages

PART = 700_000
CONTENT = random.Random(7).randbytes(2 * PART + 100_000)


@pytest.fixture
def content() -> bytes:
    return CONTENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def origin() -> Iterator[Origin]:
    with serving(Origin(CONTENT)) as running:
        yield running


@pytest.fixture
def model() -> Callable[..., Model]:
    """Describe the model with the ways to get it that a test wants."""

    def describe(url: str = "", *, packages: bool = False, **other: object) -> Model:
        sizes = (PART, PART, len(CONTENT) - 2 * PART) if packages else ()
        facts: dict[str, object] = {
            "name": "tiny",
            "file": "tiny.bin",
            "needed_for": "trying things",
            "size": len(CONTENT),
            "sha256": sha256(CONTENT),
            "licence": "CC0-1.0",
            "whose": "Tiny by Nobody",
            "urls": (url,) if url else (),
            "parts": tuple(
                Part(f"tiny-part{number}", "1.0", f"tiny_part{number}/data/part.bin", size)
                for number, size in enumerate(sizes, start=1)
            ),
        }
        return Model(**(facts | other))

    return describe


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give the folder of wheels that stands for the registry."""
    path = tmp_path / "wheels"
    path.mkdir()
    return path


@pytest.fixture
def stock(shelf: Path) -> Callable[..., list[Path]]:
    """Put wheels of the parts with these numbers on the shelf."""

    def put(*numbers: int, content: bytes = CONTENT) -> list[Path]:
        return [
            wheel(
                shelf,
                f"tiny-part{number}",
                {"data/part.bin": content[(number - 1) * PART : number * PART]},
            )
            for number in numbers
        ]

    return put


@pytest.fixture
def packages(shelf: Path) -> Packages:
    return Packages(["--offline", "--no-index", "--find-links", str(shelf)])


class Progress:
    """Keeps what a fetch reports."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, str]] = []

    def __call__(self, done: int, total: int, note: str) -> None:
        self.steps.append((done, total, note))

    @property
    def notes(self) -> str:
        return "\n".join(note for _, _, note in self.steps)


@pytest.fixture
def progress() -> Progress:
    return Progress()
