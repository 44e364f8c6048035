"""Takes a folder in with real stores, slowly, so that a test can kill it half-way."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fakes.clock import FixedClock
from tests.library.world import World
from tools.adapters.blobs import ObjectBlobs
from tools.adapters.jobs import DbosJobs
from tools.adapters.vectors import MatrixIndex
from tools.core.ingest.work import IngestWork


class KeptWorld(World):
    """A world whose files, vectors and jobs outlive the process."""

    def hold(self) -> None:
        self.blobs = ObjectBlobs(self.folder / "blobs")
        self.jobs = DbosJobs(f"sqlite:///{self.folder}/jobs.db", poll_seconds=0.05)
        dimensions = self.embedder.dimensions
        self.index = MatrixIndex(self.folder / "index", "words", dimensions)
        self.classes = MatrixIndex(self.folder / "index", "labels", dimensions)
        length = self.vision.feature_length
        self.looks = MatrixIndex(self.folder / "index", "looks", length)
        self.moments = MatrixIndex(self.folder / "index", "moments", length)


def main(folder: Path, album: Path, pause: float) -> None:
    run = IngestWork.run

    def slow(work: IngestWork, step: str) -> str:
        note = run(work, step)
        time.sleep(pause)
        return note

    IngestWork.run = slow  # type: ignore[method-assign]
    world = KeptWorld(folder, FixedClock())
    repaired = world.ingest.repair(lambda *_: None)
    outcomes = world.take(album)
    told = {one.status.value for one in outcomes}
    keys = len(world.index.keys())
    print(f"{sorted(told)} {len(world.all())} {keys} {repaired.vectors}", flush=True)  # noqa: T201
    world.jobs.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
