"""Cutting out without a model: boxes or salience, and GrabCut (Rother 2004) in OpenCV."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from tools.adapters.imaging.salience import subjects
from tools.core.perception import Box

NAME = "grabcut 1"
_SIDE = 512
_ROUNDS = 6
_MARGIN = 0.02
_WHOLE = Box(0.04, 0.04, 0.96, 0.96)
# Below this share of the box GrabCut has lost the thing, which happens where it fills the frame.
_LOST = 0.05


def grabbed(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """Give the mask (L) of what is in the boxes, or in the salient part where there is none."""
    import cv2  # noqa: PLC0415 - slow, and only edits need it

    small = picture.convert("RGB")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    pixels = np.ascontiguousarray(np.asarray(small)[:, :, ::-1])
    mask = np.zeros(pixels.shape[:2], np.uint8)
    wanted = list(boxes) or [subjects(small) or _WHOLE]
    for box in wanted:
        mask |= _one(cv2, pixels, box)
    soft = cv2.GaussianBlur(mask * 255, (0, 0), 0.8)
    return Image.fromarray(soft, "L").resize(picture.size, Image.Resampling.BICUBIC)


def _one(cv2: Any, pixels: np.ndarray, box: Box) -> np.ndarray:
    height, width = pixels.shape[:2]
    left = max(1, round((box.left - _MARGIN) * width))
    top = max(1, round((box.top - _MARGIN) * height))
    right = min(width - 1, round((box.right + _MARGIN) * width))
    bottom = min(height - 1, round((box.bottom + _MARGIN) * height))
    empty = np.zeros((height, width), np.uint8)
    if right - left < 4 or bottom - top < 4:
        return empty
    labels = empty.copy()
    models = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    cv2.setRNGSeed(1)
    rectangle = (left, top, right - left, bottom - top)
    cv2.grabCut(pixels, labels, rectangle, *models, _ROUNDS, cv2.GC_INIT_WITH_RECT)
    found = np.isin(labels, (1, 3)).astype(np.uint8)
    inside = empty.copy()
    inside[top:bottom, left:right] = 1
    return found if found.sum() >= _LOST * inside.sum() else empty
