"""How it stands with a house: what is ready, and where things are."""

from collections.abc import Sequence

from agent.bootstrap.house import House
from agent.brains.assembly import too_little_memory
from agent.settings import Settings
from agent.views import Check, Readiness
from tools.adapters import memory
from tools.core.ports import ModelState


def readiness(house: House) -> list[Readiness]:
    """Say what is ready, loading or missing, and begin to load it."""
    files = [model for model in house.models.states() if "brain" not in model.name]
    speech = [model for model in files if model.name.startswith("speech")]
    ears = _standing("speech", speech)
    # Whoever shows status lights will soon be asked something, so loading begins.
    house.finding.begin()
    house.brain.warm()
    if ears.state == "ready":
        house.hearing.begin()
        ears = house.hearing.readiness()
    return [
        house.finding.readiness(),
        _standing("vision", [model for model in files if model not in speech]),
        ears,
        house.brain.readiness(),
    ]


def checks(house: House) -> list[Check]:
    """Say where things are kept and whether there is enough memory."""
    home = house.settings.home
    short = too_little_memory(house.settings, memory.available())
    where = "PostgreSQL" if house.settings.database else f"SQLite in {home}"
    return [
        Check("library", "ok", where),
        Check("website channel", "ok", str(house.settings.website_folder)),
        Check("brain", "ok", f"{_brain_in_words(house.settings)}: {house.brain.readiness().state}"),
        Check("memory", "low" if short else "ok", short or "enough for the local model"),
    ]


def _standing(name: str, files: Sequence[ModelState]) -> Readiness:
    """Say how it stands with what needs these model files."""
    missing = [model for model in files if model.state != "ready"]
    fetching = any(model.state == "fetching" for model in missing)
    state = "loading" if fetching else ("missing" if missing else "ready")
    return Readiness(name, state, ", ".join(f"{m.name}: {m.note or m.state}" for m in missing))


def _brain_in_words(settings: Settings) -> str:
    kind = settings.brain_kind
    if kind != "openai":
        return kind
    where = settings.openai_base_url or "OpenAI"
    return f"openai, {settings.openai_model} at {where.rpartition('@')[2]}"
