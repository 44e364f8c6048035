"""The cutter port: ISNet where its file is here, else GrabCut."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from tools.adapters.cutout import grabcut
from tools.adapters.retouching.pixels import pillow
from tools.core.perception import Box
from tools.core.ports import Picture


class SubjectCutter:
    """Implements ports.Cutter."""

    @property
    def name(self) -> str:
        """Name what cuts now, with its version."""
        return grabcut.NAME

    def subject(self, picture: Picture, boxes: Sequence[Box] = ()) -> Image.Image:
        """Give how much each pixel belongs to the subject, as a picture of mode L."""
        return grabcut.grabbed(pillow(picture), boxes)

    def within(self, picture: Picture, boxes: Sequence[Box]) -> Image.Image:
        """Give the same for the things in these boxes and nothing else."""
        whole = pillow(picture)
        frame = np.zeros((whole.height, whole.width), np.uint8)
        for box in boxes:
            rows = slice(int(box.top * whole.height), round(box.bottom * whole.height))
            frame[rows, int(box.left * whole.width) : round(box.right * whole.width)] = 255
        found = np.asarray(self.subject(picture, boxes))
        return Image.fromarray(np.minimum(found, frame), "L")
