"""Faces as boxes, never as people: YuNet 2023mar (Wu 2023), run by OpenCV."""

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tools.core.perception import Box, Seen

NAME = "yunet-2023mar"
LONGEST = 640
SURE = 0.88


class Faces:
    """The face model; one picture at a time, from any thread."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._lock = threading.Lock()

    def find(self, picture: Image.Image) -> tuple[Seen, ...]:
        """Give the faces, the surest first."""
        small = picture.copy()
        small.thumbnail((LONGEST, LONGEST))
        width, height = small.size
        if min(width, height) < 16:
            return ()
        pixels = np.ascontiguousarray(np.asarray(small)[:, :, ::-1])
        with self._lock:
            self._detector.setInputSize((width, height))
            _, rows = self._detector.detect(pixels)
        found = [_seen(row, width, height) for row in (rows if rows is not None else ())]
        return tuple(sorted(found, key=lambda seen: -seen.score))

    @cached_property
    def _detector(self) -> Any:
        import cv2  # noqa: PLC0415 - slow, and only pictures need it

        # Errors only: its warnings would stand between the words for the person.
        cv2.utils.logging.setLogLevel(2)
        return cv2.FaceDetectorYN.create(str(self._model), "", (320, 320), SURE, 0.3, 200)


def _seen(row: Any, width: int, height: int) -> Seen:
    left, top, across, down = (float(value) for value in row[:4])
    sides = (left / width, top / height, (left + across) / width, (top + down) / height)
    box = Box(*(round(min(max(side, 0.0), 1.0), 4) for side in sides))
    return Seen("face", round(float(row[-1]), 3), box)
