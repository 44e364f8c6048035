"""The folder of verified model files (port ModelStore)."""

from collections.abc import Sequence
from pathlib import Path

from tools.adapters.model_store import wording
from tools.adapters.model_store.fetching import Fetching
from tools.adapters.model_store.manifest import Model
from tools.adapters.model_store.sources import Source
from tools.adapters.model_store.verification import Verification
from tools.core.errors import Fixable
from tools.core.ports import ModelState, Report


class ModelFolder:
    """Model files by the names of the manifest, in one folder that several programs may share.

    A file under its own name is whole; what is on its way lies in a hidden folder beside it.
    """

    def __init__(self, folder: Path, models: Sequence[Model], sources: Sequence[Source]) -> None:
        self._folder = folder
        self._models = {model.name: model for model in models}
        self._verification = Verification()
        self._fetching = Fetching(folder, sources, self._verification)

    def path(self, name: str) -> Path:
        """Give the verified file; a damaged one is set aside."""
        model = self._model(name)
        path = self._folder / model.file
        if not path.is_file():
            raise Fixable(wording.missing(model))
        if not self._verification.holds(path, model):
            raise Fixable(wording.damaged(model, _set_aside(path)))
        return path

    def states(self) -> list[ModelState]:
        """List every model, hashing a file that was not hashed before."""
        return [self._state(model) for model in self._models.values()]

    def fetch(self, names: Sequence[str], report: Report) -> None:
        """Fetch what is missing, all that is not optional when no name is given.

        `report` receives bytes at hand and bytes wanted over all the models. Another program that
        fetches into the same folder is waited for.
        """
        wanted = [self._model(name) for name in names] or [
            model for model in self._models.values() if not model.optional
        ]
        total = sum(model.size for model in wanted)
        done = 0
        try:
            for model in wanted:
                if not self._ready(model):
                    self._fetch(model, done, total, report)
                done += model.size
                report(done, total, wording.line(model, "ready"))
        finally:
            self._fetching.tidy()

    def _fetch(self, model: Model, done: int, total: int, report: Report) -> None:
        def grown(at_hand: int, note: str) -> None:
            report(done + at_hand, total, wording.line(model, note))

        self._fetching.fetch(model, grown)

    def _model(self, name: str) -> Model:
        if name not in self._models:
            raise Fixable(f"No model '{name}'. The models are: {', '.join(self._models)}.")
        return self._models[name]

    def _ready(self, model: Model) -> bool:
        path = self._folder / model.file
        return path.is_file() and self._verification.holds(path, model)

    def _state(self, model: Model) -> ModelState:
        state, note = self._standing(model)
        return ModelState(
            name=model.name,
            needed_for=model.needed_for,
            size=model.size,
            licence=model.licence,
            source=model.whose,
            state=state,
            note=note,
        )

    def _standing(self, model: Model) -> tuple[str, str]:
        if self._ready(model):
            return "ready", ""
        share = f"{100 * self._fetching.at_hand(model) // model.size} % is here"
        if self._fetching.now() == model.name:
            return "fetching", share
        if (self._folder / model.file).exists():
            return "damaged", f"run `dalm models fetch {model.name}`"
        return "missing", share if self._fetching.at_hand(model) else ""


def _set_aside(path: Path) -> str | None:
    aside = path.with_name(f"{path.name}.damaged")
    try:
        path.replace(aside)
    except OSError:
        return None
    return aside.name
