"""Learning likenesses: how named drawings look, from pictures of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from tools.adapters.vision.likenesses import KEPT, Floats, centred, unit
from tools.core.ports import Picture, Vision

# Of 1280 features; with all of them nothing more was found.
DIMENSIONS = 128
# Two pictures this near show the very same drawing.
THE_SAME = 0.8
SMALLEST = 24
_STEPS = 127


def learn(
    vision: Vision,
    drawings: Iterable[tuple[Picture, str]],
    measured: Iterable[Picture],
    kept: Path = KEPT,
) -> int:
    """Keep how drawings look; gives how many.

    Those left out are tiny, or the same as one of the `measured` pictures.
    """
    ordinary = vision.ordinary_features
    others = [centred(np.asarray(vision.features([one])), ordinary)[0] for one in measured]
    names: list[str] = []
    looks: list[Floats] = []
    for picture, name in drawings:
        if min(picture.size) >= SMALLEST:
            names.append(name)
            looks.append(np.asarray(vision.features([picture]))[0])
    if not names:
        return 0
    rows = centred(np.stack(looks), ordinary)
    if others:
        fresh = (rows @ np.stack(others).T).max(axis=1) < THE_SAME
        rows, names = rows[fresh], [name for name, new in zip(names, fresh, strict=True) if new]
    _keep(names, rows, kept)
    return len(names)


def _keep(names: Sequence[str], rows: Floats, kept: Path) -> None:
    """Keep unit rows, shape (n, 1280), by their principal components, as bytes."""
    _, _, components = np.linalg.svd(rows, full_matrices=False)
    basis = components[:DIMENSIONS].T
    short = unit(rows @ basis)
    scales = np.abs(short).max(axis=1, keepdims=True) / _STEPS
    np.savez_compressed(
        kept,
        basis=basis.astype(np.float16),
        rows=np.rint(short / scales).astype(np.int8),
        names=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
    )
