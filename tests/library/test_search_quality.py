"""Real models on the sample photographs, whose captions are never indexed."""

import csv
from pathlib import Path

import pytest

from tests.fakes.clock import FixedClock
from tests.library.world import Models, World
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.ocr import RapidReader
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.vision import VisionModels
from tools.core.search.answers import Hit, SearchRequest

pytestmark = [
    pytest.mark.perception,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

ANIMALS = {
    "tabby cat chelsea",
    "aquarium fish",
    "two dogs at balcony",
    "nuthatch on tree trunk",
    "moose in snow",
}
NOT_THERE = [
    "submarine blueprint invoice",
    "tax return form",
    "chest x-ray",
    "birthday party",
    "employment contract",
    "subway station",
    "business handshake",
    "Steuererklärung 2024",
    "reunión de oficina",
    "会議の議事録",
    "wedding cake with candles",
    "laptop keyboard",
    "credit card payment",
    "nurse with a patient",
    "quantum computing lecture",
    "stock market chart",
    "rain on a window",
    "toilet paper roll",
    "modern kitchen interior",
    "school classroom",
]


@pytest.fixture(scope="module")
def captions() -> dict[str, str]:
    path = Path(__file__).parents[2] / "samples" / "photos" / "credits.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["file"]: row["caption"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def library(
    models: Path, captions: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> World:
    seen = Models(
        VisionModels(ModelFolder(models, read_manifest(), [])), RapidReader(), E5Embedder()
    )
    world = World(tmp_path_factory.mktemp("quality"), FixedClock(), seen)
    photos = Path(__file__).parents[2] / "samples" / "photos"
    outcomes = world.take(*(photos / name for name in captions), in_place=True)
    assert {one.status.value for one in outcomes} == {"added"}
    return world


def hits(library: World, query: str, *, weak: bool = False) -> list[Hit]:
    answer = library.search.find(SearchRequest(query, limit=50, weak=weak), library.owner)
    return list(answer.hits)


def test_captions_find_their_pictures(library: World, captions: dict[str, str]) -> None:
    """Recall over 28 captions; measured at .57, .86 and .89 when the bars were set."""
    ranks = []
    for name, caption in captions.items():
        found = [hit.asset.file_name for hit in hits(library, caption, weak=True)]
        ranks.append(found.index(name) if name in found else 99)
    recall = {k: sum(rank < k for rank in ranks) / len(ranks) for k in (1, 5, 10)}
    assert recall[1] >= 0.45, recall
    assert recall[5] >= 0.6, recall
    assert recall[10] >= 0.6, recall


@pytest.mark.parametrize("query", ["show me animals", "Tiere", "animales", "動物を見せて"])
def test_animals_are_all_there_and_the_wrench_is_not(
    library: World, captions: dict[str, str], query: str
) -> None:
    found = {captions[hit.asset.file_name] for hit in hits(library, query)}
    assert found >= ANIMALS
    # The excerpt shows a cartoon rabbit, which is one; the toy parrot is beyond these models.
    assert {one for one in found if "rabbit" not in one} <= ANIMALS | {
        "parrot in flight under lamps"
    }


def test_what_is_not_there_is_seldom_found(library: World) -> None:
    wrong = [query for query in NOT_THERE if hits(library, query)]
    assert "submarine blueprint invoice" not in wrong
    assert len(wrong) <= len(NOT_THERE) // 10, wrong


@pytest.mark.parametrize(
    ("query", "caption"),
    [
        ("a cup of coffee", "espresso cup"),
        ("Katze", "tabby cat chelsea"),
        ("chiens", "two dogs at balcony"),
        ("reloj de pared", "wall clock close up"),
        ("hamer", "claw hammer"),
        ("時計", "wall clock close up"),
        ("montagne", "mountain meadow picos de europa"),
    ],
)
def test_other_languages_find_the_same(
    library: World, captions: dict[str, str], query: str, caption: str
) -> None:
    found = [captions[hit.asset.file_name] for hit in hits(library, query)]
    assert caption in found[:3]
