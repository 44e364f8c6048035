"""Labels and looks of the whole picture: quantised EfficientNet-Lite3 (Tan and Le 2019)."""

import contextlib
import os
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.adapters.vision.outputs import with_output

NAME = "efficientnet-lite3-imagenet1k"
# The pooled features before the classifier: what the picture looks like, as 1280 numbers.
FEATURES, LENGTH = 241, 1280
SIDE = 280
# The published preprocessing, (x - 127) / 128, which the model's own quantisation then encodes.
MEAN, SPREAD = 127.0, 128.0

Floats = NDArray[np.float32]


class Labels:
    """The label model; one picture at a time, from any thread."""

    def __init__(self, model: Path, names: Path, threads: int) -> None:
        self._model = model
        self._names = names
        self._threads = threads
        self._lock = threading.Lock()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name the classes, by the first of the synonyms of each."""
        lines = self._names.read_text(encoding="utf-8").splitlines()
        return tuple(line.split(",")[0].strip() for line in lines if line.strip())

    def read(self, picture: Image.Image) -> tuple[Floats, Floats]:
        """Give class probabilities, shape (1000,), and features, shape (1280,), both not negative.

        The middle square and the whole picture are looked at, and their results averaged.
        """
        with self._lock:
            seen = [self._one(view) for view in _views(picture)]
        probabilities: Floats = np.stack([classes for classes, _ in seen]).mean(axis=0)
        features: Floats = np.stack([inner for _, inner in seen]).mean(axis=0)
        return probabilities, features

    def _one(self, view: Image.Image) -> tuple[Floats, Floats]:
        model, entry, classes, inner = self._loaded
        scale, zero = entry["quantization"]
        pixels = np.asarray(view, dtype=np.float32)
        coded = np.rint((pixels - MEAN) / SPREAD / scale + zero)
        model.set_tensor(entry["index"], np.clip(coded, 0, 255).astype(np.uint8)[None])
        model.invoke()
        return _numbers(model, classes), _numbers(model, inner)

    @cached_property
    def _loaded(self) -> tuple[Any, dict[str, Any], dict[str, Any], dict[str, Any]]:
        from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - loads a runtime

        content = with_output(self._model.read_bytes(), FEATURES)
        with _quiet():
            model = Interpreter(model_content=content, num_threads=self._threads)
            model.allocate_tensors()
        classes, inner = model.get_output_details()
        return model, model.get_input_details()[0], classes, inner


def _numbers(model: Any, output: dict[str, Any]) -> Floats:
    scale, zero = output["quantization"]
    values: Floats = model.get_tensor(output["index"])[0].astype(np.float32)
    return (values - np.float32(zero)) * np.float32(scale)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Swallow what the runtime writes to the terminal while it loads; it has no setting for it."""
    try:
        kept = os.dup(2)
    except OSError:  # a service without a standard error has nothing to keep quiet
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def _views(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    width, height = picture.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    middle = picture.crop((left, top, left + side, top + side))
    small = (SIDE, SIDE)
    return middle.resize(small, Image.Resampling.BILINEAR), picture.resize(
        small, Image.Resampling.BILINEAR
    )
