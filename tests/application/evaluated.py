"""Cases played over a small library with a scripted model."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agent.app import App
from agent.bootstrap import SAMPLES
from agent.brain_room import BrainRoom
from agent.graph import Brain
from agent.settings import Settings
from agent.views import FileOutcomeView
from evals.case import Case
from evals.machine import Header
from evals.results import Outcome, Trial
from evals.run import Stage, run
from evals.world import Worlds
from tests.fakes.model import ScriptedModel

FILES = ("documents/shoot-notes.txt", "documents/catalogue.csv")
NOTES, TABLE = "shoot-notes.txt", "catalogue.csv"
HEADER = Header("dalm eval", "2026-11-25", "scripted", "scripted", "a machine")


def fill(app: App) -> Iterator[FileOutcomeView]:
    """Take in two small files."""
    paths = [SAMPLES / name for name in FILES]
    yield from app.library.ingest(paths, app.admin.person(), own_work="Jane Doe")


class Watched(Worlds):
    """Worlds that show the application that a case is played against."""

    app: App

    @contextmanager
    def fresh(self, name: str, brain: BrainRoom) -> Iterator[App]:
        """Lend the application and keep it in sight."""
        with super().fresh(name, brain) as self.app:
            yield self.app


class Treacherous(ScriptedModel):
    """A model that carries out what its script holds as functions, and is done after the last."""

    def _next(self, messages: Any) -> Any:
        self.script[:1] = self.script[:1] or ["Done."]
        if callable(self.script[0]):
            self.script[0] = self.script[0]()
        return super()._next(messages)


class Playing:
    """Plays cases; `ids` are the assets of the files."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(home=folder / "home", models=folder / "models", brain="none")
        self.worlds = Watched(folder, settings, fill)
        self.worlds.prepare(lambda *_: None)
        self.lines: list[str] = []
        with self.worlds.fresh("look", BrainRoom(None)) as app:
            page = app.library.browse(app.admin.person())
        self.ids = {card.file: card.id for card in page.assets}

    def outcome(self, case: Case, *script: Any, trials: int = 1) -> Outcome:
        """Play a case with what the model will answer."""
        model = Treacherous(script=list(script), heard=[])
        room = BrainRoom(lambda _report: Brain(model, [], lambda viewer: viewer.name))
        stage = Stage(self.worlds, room)
        results = run([case], stage, lambda _d, _t, note: self.lines.append(note), trials)
        return Outcome(HEADER, results)

    def trial(self, case: Case, *script: Any) -> Trial:
        """Play a case once."""
        return self.outcome(case, *script).trials[0]

    def approve_everything(self) -> str:
        """Do what no model may."""
        owner = self.worlds.app.admin.person()
        for plan in self.worlds.app.approvals.pending(owner):
            list(self.worlds.app.approvals.approve(plan.id, owner))
        return "All done."


def case(turns: Sequence[dict[str, Any]], end: dict[str, Any], **more: Any) -> Case:
    """Write a case as the files do."""
    given = {"id": "c", "kind": "talk", "split": "train", "turns": turns, "end": end}
    return Case.model_validate(given | more)


def faults(trial: Trial) -> list[str]:
    """Name the checks that did not hold."""
    return [fault.check for fault in trial.faults]
