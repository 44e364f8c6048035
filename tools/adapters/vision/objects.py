"""Objects with boxes: SSD-MobileNetV2 on COCO (Liu 2016, Sandler 2018), run by OpenCV."""

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tools.core.perception import Box, Seen

NAME = "ssd-mobilenet-v2-coco"
SIDE = 300
SURE = 0.45
OVERLAP = 0.55

# COCO's numbering has gaps; the numbers are those of the model's output.
NAMES = {
    1: "person", 2: "bicycle", 3: "car", 4: "motorcycle", 5: "airplane", 6: "bus", 7: "train",
    8: "truck", 9: "boat",
    10: "traffic light", 11: "fire hydrant", 13: "stop sign", 14: "parking meter", 15: "bench",
    16: "bird", 17: "cat", 18: "dog", 19: "horse", 20: "sheep", 21: "cow", 22: "elephant",
    23: "bear", 24: "zebra", 25: "giraffe", 27: "backpack", 28: "umbrella", 31: "handbag",
    32: "tie", 33: "suitcase", 34: "frisbee", 35: "skis", 36: "snowboard", 37: "sports ball",
    38: "kite", 39: "baseball bat", 40: "baseball glove", 41: "skateboard", 42: "surfboard",
    43: "tennis racket", 44: "bottle", 46: "wine glass", 47: "cup", 48: "fork", 49: "knife",
    50: "spoon", 51: "bowl", 52: "banana", 53: "apple", 54: "sandwich", 55: "orange",
    56: "broccoli", 57: "carrot", 58: "hot dog", 59: "pizza", 60: "donut", 61: "cake",
    62: "chair", 63: "couch", 64: "potted plant", 65: "bed", 67: "dining table", 70: "toilet",
    72: "tv", 73: "laptop", 74: "mouse", 75: "remote", 76: "keyboard", 77: "cell phone",
    78: "microwave", 79: "oven", 80: "toaster", 81: "sink", 82: "refrigerator", 84: "book",
    85: "clock", 86: "vase", 87: "scissors", 88: "teddy bear", 89: "hair drier", 90: "toothbrush",
}  # fmt: skip


class Objects:
    """The object model; one picture at a time, from any thread."""

    def __init__(self, weights: Path, graph: Path) -> None:
        self._weights = weights
        self._graph = graph
        self._lock = threading.Lock()

    def find(self, picture: Image.Image) -> tuple[Seen, ...]:
        """Give the objects that are sure enough, the surest first, one box for each."""
        import cv2  # noqa: PLC0415 - slow, and only pictures need it

        pixels = np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR))
        with self._lock:
            self._net.setInput(cv2.dnn.blobFromImage(pixels, size=(SIDE, SIDE)))
            rows = self._net.forward()[0, 0]
        found = [
            Seen(NAMES[int(row[1])], round(float(row[2]), 3), _box(row[3:7]))
            for row in rows
            if float(row[2]) >= SURE and int(row[1]) in NAMES
        ]
        return _apart(sorted(found, key=lambda seen: -seen.score))

    @cached_property
    def _net(self) -> Any:
        import cv2  # noqa: PLC0415

        # Errors only: its warnings would stand between the words for the person.
        cv2.utils.logging.setLogLevel(2)
        return cv2.dnn.readNetFromTensorflow(str(self._weights), str(self._graph))


def _box(sides: Any) -> Box:
    left, top, right, bottom = (min(max(float(side), 0.0), 1.0) for side in sides)
    return Box(round(left, 4), round(top, 4), round(right, 4), round(bottom, 4))


def _apart(found: list[Seen]) -> tuple[Seen, ...]:
    """Keep the surest of boxes that lie on each other, whatever their names."""
    kept: list[Seen] = []
    for seen in found:
        if all(_overlap(seen.box, other.box) < OVERLAP for other in kept):
            kept.append(seen)
    return tuple(kept)


def _overlap(one: Box | None, other: Box | None) -> float:
    if one is None or other is None:
        return 0.0
    shared = one.shared(other)
    return shared / (one.area + other.area - shared) if shared else 0.0
