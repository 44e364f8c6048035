"""Single adapters and texts of a team, as the settings say."""

from functools import cache
from pathlib import Path

from agent.prices import amount, read_prices
from agent.settings import Settings
from agent.usage import Budget, Meter, read_budgets
from tools.adapters.catalogue import SqlCatalogue
from tools.adapters.clock import SystemClock
from tools.adapters.confinement.room import ReadingRoom
from tools.adapters.hub_captions import HubCaptioner
from tools.adapters.hub_models import HubEmbedder
from tools.adapters.hub_translator import HubTranslator
from tools.adapters.llama import Llama
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.packages import Packages
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.model_store.upstream import Upstream
from tools.adapters.speech import WhisperSpeech
from tools.adapters.speech_files import ChosenWhisper
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.translator import PairTranslator
from tools.core.ports import TextEmbedder

DEFAULTS = Path(__file__).parent.parent.parent / "tools" / "core"


@cache
def reading_room() -> ReadingRoom:
    """Give the readers of this process; they are started when a file first needs one."""
    return ReadingRoom()


def models(settings: Settings) -> ModelFolder:
    """Give the folder of verified model files."""
    return ModelFolder(settings.models_folder, read_manifest(), [Packages(), Upstream()])


def text_embedder(settings: Settings) -> TextEmbedder:
    """Give the model that search places texts with."""
    if settings.hub_text_model:
        return HubEmbedder(settings.hub_text_model, threads=settings.threads)
    return E5Embedder(settings.threads)


def translator(settings: Settings) -> HubTranslator | PairTranslator:
    """Give the engine that translates."""
    pairs = PairTranslator()
    chosen = settings.translation_model
    return HubTranslator(chosen, pairs, threads=settings.threads) if chosen else pairs


def captioner(settings: Settings) -> HubCaptioner | None:
    """Give the model that words pictures, where one is chosen."""
    chosen = settings.caption_model
    return HubCaptioner(chosen, threads=settings.threads) if chosen else None


def speech(settings: Settings) -> WhisperSpeech:
    """Give the model that listens."""
    chosen = ChosenWhisper(settings.speech_model) if settings.speech_model else None
    return WhisperSpeech(models(settings), settings.threads, chosen)


def llama(settings: Settings) -> Llama:
    """Give the engine of the local model.

    Raises Fixable when its file is missing or damaged.
    """
    path = models(settings).path(settings.local_model)
    return Llama(
        model=lambda: path,
        states=settings.home / "brain",
        threads=settings.threads,
    )


def meter(settings: Settings, catalogue: SqlCatalogue, clock: SystemClock) -> Meter:
    """Give what counts the use of chat models, with the prices and budgets of the team."""
    cost = settings.budget_cost
    everybody = Budget(
        settings.budget_tokens, None if cost is None else amount(cost, "DALM_BUDGET_COST")
    )
    return Meter(
        catalogue=catalogue,
        clock=clock,
        prices=read_prices(optional(settings.home / "prices.toml")),
        budgets=read_budgets(everybody, optional(settings.home / "users.toml")),
    )


def guarded(settings: Settings) -> list[Path]:
    """Name the folders that only the library itself writes into."""
    own = [settings.home, settings.models_folder, settings.website_folder]
    blobs = str(settings.blobs or "")
    return [*own, Path(blobs)] if blobs and "://" not in blobs else own


def text(home: Path, name: str) -> str:
    """Read a team's own file, or the one that comes along."""
    own = home / name
    return (own if own.exists() else DEFAULTS / name).read_text(encoding="utf-8")


def optional(path: Path) -> str:
    """Read a file that need not be there."""
    return path.read_text(encoding="utf-8") if path.exists() else ""
