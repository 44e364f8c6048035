"""Whether memory stays flat while thousands of files are taken in."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from agent.bootstrap import open_app
from agent.brain_room import BrainRoom
from agent.settings import Settings
from evals.bench.measure import Measure
from tools.core.ports import Report

FILES = 10_000
SIZE = (640, 480)
# A file of noise is read in full by every model, and no two are alike.
GRAIN = 16
MEBI = 2**20
AIM = "no more at the end than after the first fifth, but for what the index holds of each file"


def run(settings: Settings, report: Report, files: int = FILES) -> list[Measure]:
    """Take pictures in that are made for it, and watch the memory of this process."""
    used: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder) / "photos"
        photos.mkdir()
        _draw(photos, files)
        update = {"home": Path(folder) / "home", "models": settings.models_folder}
        with open_app(settings.model_copy(update=update), brain=BrainRoom(None)) as app:
            taken = app.library.ingest([photos], app.admin.person(), in_place=True)
            for done, _ in enumerate(taken, start=1):
                used.append(_resident())
                report(done, files, f"files, {used[-1] / MEBI:.0f} MiB")
    if len(used) < files:
        return []
    fifth, last = _typical(used[: files // 5]), _typical(used)
    return [
        Measure(
            f"memory of this process after {files:,} files",
            f"{last / MEBI:.0f} MiB",
            f"after the first {files // 5:,}",
            f"{fifth / MEBI:.0f} MiB",
            f"{last / fifth:.2f}",
            AIM,
        )
    ]


def _draw(folder: Path, files: int) -> None:
    for number, pixels in enumerate(_noise(files)):
        Image.fromarray(pixels).resize(SIZE).save(folder / f"photo_{number:05d}.jpg")


def _noise(count: int) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    chance = np.random.default_rng(5)
    for _ in range(count):
        shape = (SIZE[1] // GRAIN, SIZE[0] // GRAIN, 3)
        yield chance.integers(0, 256, size=shape, dtype=np.uint8)


def _typical(used: list[float]) -> float:
    """Give the median of the last tenth, in bytes."""
    return float(np.median(used[-max(1, len(used) // 10) :]))


def _resident() -> float:
    """Give the resident memory of this process in bytes, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * 4096)
