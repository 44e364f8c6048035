"""A model of pictures and texts without a model: colours and their names; and a memory of it."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from tools.core.errors import Fixable
from tools.core.ports import JointState

COLOURS = ("red", "green", "blue")


class ColourJoint:
    """Implements ports.JointEmbedder: a picture is near the name of its colour.

    `blind` knows no colours, `missing` cannot be had.
    """

    def __init__(self, name: str = "colours-1", *, blind: bool = False, extra: int = 0) -> None:
        self.dimensions = 9 + extra
        self.name = f"joint-{name}-{self.dimensions}"
        self.missing = False
        self._blind = blind

    def pictures(self, pictures: Sequence[Image.Image]) -> np.ndarray:
        self._check()
        rows = np.full((len(pictures), self.dimensions), 0.05, dtype=np.float32)
        for row, picture in zip(rows, pictures, strict=True):
            pixel = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))
            row[:3] += 0.0 if self._blind else np.array(pixel) / 255.0
            # Pictures lie apart from texts, as they do in real models.
            row[3] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def texts(self, texts: Sequence[str]) -> np.ndarray:
        self._check()
        rows = np.full((len(texts), self.dimensions), 0.05, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = text.lower().split()
            for place, colour in enumerate(COLOURS):
                row[place] += 1.0 if colour in words else 0.0
            row[4 + len(text) % 4] += 0.5
            row[8] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _check(self) -> None:
        if self.missing:
            raise Fixable("The model colours cannot be fetched: connect to its hub once.")


class RememberedJoint:
    """Implements ports.JointMemory."""

    def __init__(self) -> None:
        self._state = JointState()

    def read(self) -> JointState:
        return self._state

    def write(self, state: JointState) -> None:
        self._state = state
