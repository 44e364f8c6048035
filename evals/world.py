"""A fresh library for each case, copied from one that the samples were taken into once."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.app import App
from agent.bootstrap import SAMPLES, open_app
from agent.brain_room import BrainRoom
from agent.settings import Settings
from agent.views import FileOutcomeView, Report

USERS = """
[[user]]
id = "ana"
name = "Ana"
roles = ["librarian"]

[[user]]
id = "pat"
name = "Pat"
roles = ["publisher"]

[[user]]
id = "lea"
name = "Lea"
roles = ["legal"]

[[user]]
id = "con"
name = "Con"
roles = ["contributor"]

[[user]]
id = "vic"
name = "Vic"
roles = ["viewer"]
"""


Fill = Callable[[App], Iterator[FileOutcomeView]]


def samples(app: App) -> Iterator[FileOutcomeView]:
    """Take in the sample library."""
    return app.admin.load_samples(app.admin.person())


class Worlds:
    """Makes libraries below a folder; `settings` give models and brain, `fill` what is in them.

    A folder that is used again keeps the filled library for as long as the samples are the same.
    """

    def __init__(self, folder: Path, settings: Settings, fill: Fill = samples) -> None:
        self._folder = folder
        self._settings = settings
        self._fill = fill
        self._seed = folder / f"seed-{_fingerprint()}"

    @property
    def prepared(self) -> bool:
        """Tell whether the samples were taken in."""
        return self._seed.exists()

    def prepare(self, report: Report) -> None:
        """Take in the samples once."""
        if self.prepared:
            return
        fresh = self._folder / "seed.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        (fresh / "users.toml").write_text(USERS, encoding="utf-8")
        with open_app(self._at(fresh), brain=BrainRoom(None)) as app:
            for number, outcome in enumerate(self._fill(app), start=1):
                report(number, 0, Path(outcome.file).name)
        fresh.rename(self._seed)

    @contextmanager
    def fresh(self, name: str, brain: BrainRoom) -> Iterator[App]:
        """Lend the application over a copy of the seed, and remove it afterwards."""
        home = self._folder / f"case-{name}"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._seed, home)
        try:
            with open_app(self._at(home), brain=brain) as app:
                yield app
        finally:
            shutil.rmtree(home, ignore_errors=True)

    def _at(self, home: Path) -> Settings:
        changed = {"home": home, "models": self._settings.models_folder, "website": None}
        return self._settings.model_copy(update=changed)


def _fingerprint() -> str:
    """Give a key that changes with the samples and the people."""
    files = sorted(path for path in SAMPLES.rglob("*.*") if path.suffix != ".pyc")
    sizes = "\n".join(f"{path.name} {path.stat().st_size}" for path in files)
    return hashlib.sha256(f"{USERS}\n{sizes}".encode()).hexdigest()[:12]
