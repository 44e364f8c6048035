"""Nudity and sexual content as one score: OpenNSFW (Mahadeokar and Pesavento 2016)."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

NAME = "open-nsfw"
# As the network was trained: the middle of a 256 square, blue first, less the mean colour.
SIDE, MIDDLE = 256, 224
MEAN = np.array([104.0, 117.0, 123.0], dtype=np.float32)


class Sensitive:
    """The model of sensitive content; safe for several threads."""

    def __init__(self, model: Path) -> None:
        self._model = model

    def score(self, picture: Image.Image) -> float:
        """Give how sure it is that a picture shows nudity or sexual content, 0 to 1."""
        edge = (SIDE - MIDDLE) // 2
        small = picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        middle = small.crop((edge, edge, edge + MIDDLE, edge + MIDDLE))
        pixels = np.asarray(middle, dtype=np.float32)[:, :, ::-1] - MEAN
        (found,) = self._session.run(None, {"input:0": pixels[None]})
        return round(float(found[0][1]), 4)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # noqa: PLC0415 - loads a runtime

        options = onnxruntime.SessionOptions()
        # One thread each: several pictures are looked at side by side.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        return onnxruntime.InferenceSession(str(self._model), options)
