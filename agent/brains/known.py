"""Embeddings of the worked requests that come with the bank, because making them takes minutes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prompts import library
from tools.core.ports import TextEmbedder

FILE = library.FOLDER / "bank" / "vectors.npz"
STEPS = 127


def embeddings(
    texts: Sequence[str], embedder: TextEmbedder, file: Path = FILE
) -> NDArray[np.float64]:
    """Give query embeddings, shape (texts, dimensions); those that did not come along are made."""
    known = _read(embedder.name, file)
    new = [text for text in dict.fromkeys(texts) if _mark(text) not in known]
    if new:
        made = np.asarray(embedder.queries(new), dtype=np.float64)
        known |= dict(zip((_mark(text) for text in new), made, strict=True))
    return np.array([known[_mark(text)] for text in texts], dtype=np.float64)


def lacking(texts: Sequence[str], name: str, file: Path = FILE) -> list[str]:
    """List the texts whose embedding by the model of that name does not come along."""
    known = _read(name, file)
    return [text for text in texts if _mark(text) not in known]


def write(texts: Sequence[str], vectors: NDArray[np.float64], name: str, file: Path = FILE) -> None:
    """Keep embeddings, of unit length, as bytes with a scale a row; `name` is the model's."""
    rows = np.asarray(vectors, dtype=np.float32)
    scales = np.abs(rows).max(axis=1) / STEPS
    marks = np.array([_mark(text) for text in texts])
    coarse = np.round(rows / scales[:, None]).astype(np.int8)
    np.savez_compressed(file, name=np.array(name), marks=marks, scales=scales, rows=coarse)


def _read(name: str, file: Path) -> dict[str, NDArray[np.float64]]:
    if not file.is_file():
        return {}
    with np.load(file, allow_pickle=False) as kept:
        if str(kept["name"]) != name:
            return {}
        rows = kept["rows"].astype(np.float64) * kept["scales"][:, None]
        return dict(zip(kept["marks"].tolist(), rows, strict=True))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
