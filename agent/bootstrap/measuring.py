"""Models and indexes by themselves, for measurements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.bootstrap.parts import llama, models, text, text_embedder
from agent.brains import known
from agent.brains.local import LocalBrain, build_local_brain
from agent.settings import Settings, load_settings
from prompts import examples
from prompts.examples import Example
from tools.adapters.fixed_texts import keep_along
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.ocr import RapidReader
from tools.adapters.sound import PyavSound
from tools.adapters.speech import WhisperSpeech
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.vectors.index import CHROMA_FROM, MatrixIndex
from tools.adapters.vision import VisionModels
from tools.adapters.vision.learning import learn
from tools.core.channels import parse_channels
from tools.core.ports import Picture, TextEmbedder
from tools.core.search.labels import told


def open_index(folder: Path, dimensions: int, *, exact: bool = False) -> MatrixIndex:
    """Open a vector index by itself, for measurements; `exact` leaves the approximate copy out."""
    chroma_from = None if exact else CHROMA_FROM
    return MatrixIndex(folder, "bench", dimensions, chroma_from)


@dataclass(frozen=True, slots=True)
class Senses:
    """The models that an ingest runs, without anything around them."""

    imaging: PillowImaging
    vision: VisionModels
    reader: RapidReader
    embedder: TextEmbedder
    sound: PyavSound
    speech: WhisperSpeech


def senses(settings: Settings) -> Senses:
    """Give the bare models by themselves, for measurements."""
    return Senses(
        PillowImaging(),
        VisionModels(models(settings), settings.threads),
        RapidReader(settings.threads),
        text_embedder(settings),
        PyavSound(),
        WhisperSpeech(models(settings), settings.threads),
    )


def local_brain(
    settings: Settings,
    rows: Sequence[Example] = (),
    *,
    probe_only: bool = False,
) -> LocalBrain:
    """Give the local brain by itself, from other rows than the bank's if any, for measurements.

    Raises Fixable when the model file is missing.
    """
    return build_local_brain(
        embedder=E5Embedder(settings.threads),
        engine=None if probe_only else llama(settings),
        channels=parse_channels(text(settings.home, "channels.toml")),
        cache=settings.home / "brain",
        rows=rows,
    )


def keep_vectors() -> None:
    """Embed the bank and the long vocabularies anew: after worked requests or names changed.

    Raises Fixable when the file of the label names is missing.
    """
    embedder = E5Embedder()
    texts = [row.request for row in examples.bank()]
    known.write(texts, known.embeddings(texts, embedder), embedder.name)
    keep_along(embedder, vocabularies(VisionModels(models(load_settings()))))


def vocabularies(vision: VisionModels) -> list[Sequence[str]]:
    """Give the lists of texts whose vectors come along."""
    names = [name.split(",")[0].strip() for name in vision.label_names]
    return [*told(names), vision.likeness_names]


def keep_likenesses(
    settings: Settings,
    drawings: Iterable[tuple[Picture, str]],
    measured: Iterable[Picture],
) -> int:
    """Keep how named drawings look, those left out that are among the measured pictures.

    Gives how many are kept. Raises Fixable when the file of the label model is missing.
    """
    vision = VisionModels(models(settings), settings.threads)
    return learn(vision, drawings, measured)
