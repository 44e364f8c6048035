"""ISNet, a net for dichotomous segmentation (Qin 2022), run by onnxruntime."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

NAME = "isnet medium 1.4.5"
SIDE = 1024


class IsNet:
    """The net, loaded once; safe for several threads."""

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime  # noqa: PLC0415 - slow, and only edits need it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def mask(self, picture: Image.Image) -> Image.Image:
        """Give how much each pixel is subject, as a picture of mode L of the same size."""
        small = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        values = (np.asarray(small).astype(np.float32) - 128) / 256
        name = self._session.get_inputs()[0].name
        (found,) = self._session.run(None, {name: values.transpose(2, 0, 1)[None]})[:1]
        alpha = np.squeeze(found)
        grey = Image.fromarray((np.clip(alpha, 0, 1) * 255 + 0.5).astype(np.uint8), "L")
        return grey.resize(picture.size, Image.Resampling.BILINEAR)
