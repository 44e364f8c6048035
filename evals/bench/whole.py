"""Whole searches in a library of 100,000 made-up assets, against their bare parts."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from agent.bootstrap import open_app, senses, stock
from agent.brain_room import BrainRoom
from agent.settings import Settings
from agent.views import Viewer
from evals.bench.measure import Measure, seconds
from tools.core.ports import Report, TextEmbedder

ASSETS = 100_000
TRIALS = 3
AIM = "no more than a person notices: p95 under 0.5 s"
QUERIES = {
    "by meaning and words": (
        "a dog on the beach",
        "office portrait in Lisbon",
        "a red sports car",
        "castle in the mist",
        "ein Elefant am Wasser",
        "un vélo devant une maison",
    ),
    "with filters": (
        "dogs taken in 2021",
        "castles tagged press",
        "landscape pictures of ships added in 2024",
        "square photos of coffee, without people",
        "tagged autumn, taken before 2020",
        "Schiffe im Hochformat",
    ),
}


def run(settings: Settings, report: Report, assets: int = ASSETS) -> list[Measure]:
    """Measure queries one after the other in a library that is made for it and thrown away."""
    embedder = senses(settings).embedder
    with tempfile.TemporaryDirectory() as folder:
        update = {"home": Path(folder) / "home", "models": settings.models_folder, "brain": "none"}
        inner = settings.model_copy(update=update)
        inner.home.mkdir()
        stock(inner, assets, report)
        with open_app(inner, brain=BrainRoom(None)) as app:
            person = app.admin.person()
            return [
                _measured(app, person, what, queries, embedder, assets)
                for what, queries in QUERIES.items()
            ]


def _measured(
    app: Any,
    person: Viewer,
    what: str,
    queries: tuple[str, ...],
    embedder: TextEmbedder,
    assets: int,
) -> Measure:
    numbers = np.random.default_rng(1).normal(size=(assets, embedder.dimensions))
    numbers = numbers.astype(np.float32)

    def bare(query: str) -> None:
        row = np.asarray(embedder.queries([query]))[0]
        for _ in range(2):
            np.argpartition(-(numbers @ row), 10)

    app.library.search(queries[0], person)
    ours, theirs = [], []
    for _ in range(TRIALS):
        for query in queries:
            ours.append(seconds(partial(app.library.search, query, person)))
            theirs.append(seconds(partial(bare, query)))
    p50, p95 = 1000 * np.percentile(ours, [50, 95])
    bare50, bare95 = 1000 * np.percentile(theirs, [50, 95])
    return Measure(
        f"a whole search {what}, {assets:,} assets ({len(queries)} queries, {TRIALS} times)",
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms",
        "embedding the query and two bare numpy scans",
        f"p50 {bare50:.0f} ms, p95 {bare95:.0f} ms",
        f"{p50 / bare50:.1f}",
        AIM,
    )
