"""The cutter port: ISNet where its file is here, else GrabCut."""

import threading
from collections.abc import Sequence

import numpy as np
from PIL import Image

from tools.adapters.cutout import grabcut, isnet
from tools.adapters.retouching.pixels import pillow
from tools.core.errors import Fixable
from tools.core.perception import Box
from tools.core.ports import ModelStore, Picture

AROUND = 0.15
ROUGH = (
    "This is rough: without the cut-out model, parts of the subject may be missing and parts of "
    "the background left. `dalm models fetch cutout` (88 MB) cuts cleanly; then ask again."
)


class SubjectCutter:
    """Implements ports.Cutter; a model that comes later is used from then on."""

    def __init__(self, models: ModelStore | None = None, threads: int = 2) -> None:
        self._models = models
        self._threads = threads
        self._lock = threading.Lock()
        self._net: isnet.IsNet | None = None

    @property
    def name(self) -> str:
        """Name what cuts now, with its version."""
        return isnet.NAME if self._loaded() else grabcut.NAME

    @property
    def advice(self) -> str:
        """Say that it is rough without the model."""
        return "" if self._loaded() else ROUGH

    def subject(self, picture: Picture, boxes: Sequence[Box] = ()) -> Image.Image:
        """Give how much each pixel belongs to the subject, as a picture of mode L."""
        net = self._loaded()
        return net.mask(pillow(picture)) if net else grabcut.grabbed(pillow(picture), boxes)

    def within(self, picture: Picture, boxes: Sequence[Box]) -> Image.Image:
        """Give the same for the things in these boxes and nothing else."""
        whole = pillow(picture)
        frame = np.zeros((whole.height, whole.width), np.uint8)
        for box in boxes:
            rows = slice(int(box.top * whole.height), round(box.bottom * whole.height))
            columns = slice(int(box.left * whole.width), round(box.right * whole.width))
            found = np.asarray(self._inside(whole, box))
            frame[rows, columns] = np.maximum(frame[rows, columns], found[rows, columns])
        return Image.fromarray(frame, "L")

    def close(self) -> None:
        """Free the model; another picture loads it again."""
        with self._lock:
            self._net = None

    def _inside(self, whole: Image.Image, box: Box) -> Image.Image:
        net = self._loaded()
        if net is None:
            return grabcut.grabbed(whole, [box])
        # Close up, the thing in the box is the subject, whatever else the picture shows.
        across, down = AROUND * (box.right - box.left), AROUND * (box.bottom - box.top)
        part = (
            max(0, int((box.left - across) * whole.width)),
            max(0, int((box.top - down) * whole.height)),
            min(whole.width, round((box.right + across) * whole.width)),
            min(whole.height, round((box.bottom + down) * whole.height)),
        )
        mask = Image.new("L", whole.size, 0)
        mask.paste(net.mask(whole.crop(part)), part[:2])
        return mask

    def _loaded(self) -> isnet.IsNet | None:
        with self._lock:
            if self._net is None and self._models is not None:
                try:
                    self._net = isnet.IsNet(self._models.path("cutout"), self._threads)
                except Fixable:
                    return None
            return self._net
