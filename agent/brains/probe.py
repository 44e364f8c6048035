"""The linear probe: a logistic regression over a request's embedding, cues and n-grams."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.brains import features, known, lexicon
from agent.brains.features import features as cues_of
from agent.brains.ngrams import WIDTH, rarity, weighed
from prompts.examples import Example
from tools.core.ports import TextEmbedder

SPREAD = 12.0
CUE_WEIGHT = 2.5
GRAM_WEIGHT = 12.0
PENALTY = 0.1
ROUNDS = 150
FORMAT = "3"


@dataclass(frozen=True, slots=True)
class Probe:
    """Fitted coefficients; rows of `weights` go with `classes`, shape (classes, dimensions).

    `grams` are the weights of hashed n-grams, shape (classes, WIDTH), and `rare` their inverse
    document frequencies.
    """

    classes: tuple[str, ...]
    weights: NDArray[np.float64]
    grams: NDArray[np.float32]
    bias: NDArray[np.float64]
    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    rare: NDArray[np.float64]

    def log_probabilities(self, embedding: NDArray[np.float64], text: str) -> dict[str, float]:
        """Give the natural log-probability of every class for one request."""
        given = (np.hstack([embedding, cues_of(text)]) - self.centre) * self.scale
        places, weights = weighed(text, self.rare)
        scores = self.weights @ given + self.grams[:, places] @ weights + self.bias
        scores -= scores.max()
        scores -= np.log(np.exp(scores).sum())
        return dict(zip(self.classes, scores.tolist(), strict=True))


def fit(embeddings: NDArray[np.float64], texts: Sequence[str], labels: Sequence[str]) -> Probe:
    """Fit a probe; takes some ten seconds for six thousand requests."""
    from scipy import sparse  # noqa: PLC0415 - a second to import
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second to import

    hints = np.array([cues_of(text) for text in texts])
    whole = np.hstack([embeddings, hints])
    centre = whole.mean(0)
    length = np.sqrt(((embeddings - embeddings.mean(0)) ** 2).sum(1).mean())
    scale = np.concatenate(
        [
            np.full(embeddings.shape[1], SPREAD / max(length, 1e-9)),
            np.full(hints.shape[1], CUE_WEIGHT),
        ]
    )
    rare = rarity(texts)
    rows = [weighed(text, rare) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    told = np.concatenate([weights for _, weights in rows]) * GRAM_WEIGHT
    where = np.concatenate([places for places, _ in rows])
    spelt = sparse.csr_matrix((told, where, ends), shape=(len(texts), WIDTH))
    model = LogisticRegression(C=PENALTY, max_iter=ROUNDS)
    model.fit(sparse.hstack([(whole - centre) * scale, spelt]).tocsr(), list(labels))
    weights = np.atleast_2d(np.asarray(model.coef_, dtype=np.float64))
    return Probe(
        classes=tuple(str(name) for name in model.classes_),
        weights=weights[:, : len(scale)],
        grams=(weights[:, len(scale) :] * GRAM_WEIGHT).astype(np.float32),
        bias=np.asarray(model.intercept_, dtype=np.float64),
        centre=centre,
        scale=scale,
        rare=rare,
    )


@dataclass(frozen=True, slots=True)
class Probes:
    """The probe over tools, and one over what kind of small talk a `reply` is."""

    tool: Probe
    topic: Probe


def kept(rows: Sequence[Example], embedder: TextEmbedder, folder: Path | None) -> Probes | None:
    """Give the probes that were fitted to a bank before, or None."""
    path = _path(rows, embedder, folder) if folder else None
    return _load(path) if path and path.is_file() else None


def trained(rows: Sequence[Example], embedder: TextEmbedder, folder: Path | None = None) -> Probes:
    """Fit probes to a bank, and keep them in `folder`; takes a minute for six thousand requests."""
    path = _path(rows, embedder, folder) if folder else None
    vectors = known.embeddings([row.request for row in rows], embedder)
    talk = [i for i, row in enumerate(rows) if row.arguments.get("about")]
    probes = Probes(
        fit(vectors, [row.request for row in rows], [row.tool for row in rows]),
        fit(
            vectors[talk],
            [rows[i].request for i in talk],
            [str(rows[i].arguments["about"]) for i in talk],
        ),
    )
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("probe-*.npz"):
            old.unlink(missing_ok=True)
        _save(probes, path)
    return probes


def _path(rows: Sequence[Example], embedder: TextEmbedder, folder: Path) -> Path:
    return folder / f"probe-{fingerprint(rows, embedder)}.npz"


def fingerprint(rows: Sequence[Example], embedder: TextEmbedder) -> str:
    """Give a key that changes with the bank, the cues or the embedding model."""
    learnt = "\n".join(f"{row.tool}|{row.request}|{row.arguments.get('about')}" for row in rows)
    cues = "\n".join(file.read_text(encoding="utf-8") for file in (features.FILE, lexicon.FILE))
    return hashlib.sha256(f"{FORMAT}\n{embedder.name}\n{cues}\n{learnt}".encode()).hexdigest()[:20]


_PARTS = ("weights", "grams", "bias", "centre", "scale", "rare")


def _save(probes: Probes, path: Path) -> None:
    parts: dict[str, NDArray[np.float64] | NDArray[np.float32] | NDArray[np.str_]] = {}
    for name, probe in (("tool", probes.tool), ("topic", probes.topic)):
        parts[f"{name}_classes"] = np.array(probe.classes)
        parts |= {f"{name}_{part}": getattr(probe, part) for part in _PARTS}
    draft = path.with_suffix(".part.npz")
    np.savez(draft, **parts)  # type: ignore[arg-type]
    draft.replace(path)


def _load(path: Path) -> Probes:
    with np.load(path, allow_pickle=False) as parts:
        tool, topic = (
            Probe(
                tuple(str(value) for value in parts[f"{name}_classes"]),
                **{part: parts[f"{name}_{part}"] for part in _PARTS},
            )
            for name in ("tool", "topic")
        )
    return Probes(tool, topic)
