"""Comparing an output, opened again, with what it was made from."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from tools.adapters.retouching.grounds import painted
from tools.adapters.retouching.pixels import bands, colour_of
from tools.adapters.retouching.recolour import lab_of, paint_weight
from tools.core.ports import Compared

_KEPT, _GROUND = 24, 10
_SURELY, _SURELY_NOT = 250, 5
_SIDE = 640


def compared(
    before: Image.Image, after: Image.Image, mask: Image.Image, kind: str, colours: Sequence[str]
) -> Compared:
    """Count pixels within the tolerance of a good JPEG, in every row of the full size."""
    wanted = painted(after.size, kind, colours) if kind in {"colour", "gradient"} else None
    # JPEG halves the resolution of colour, which moves saturated pixels along hard edges.
    inner = mask.filter(ImageFilter.MinFilter(5))
    subject = kept = ground = right = 0
    for rows in bands(after.height):
        box = (0, rows.start, after.width, rows.stop)
        cover = np.asarray(mask.crop(box))
        sure, clear = np.asarray(inner.crop(box)) >= _SURELY, cover <= _SURELY_NOT
        new = np.asarray(after.crop(box))
        change = _apart(np.asarray(before.convert("RGB").crop(box)), new[:, :, :3])
        subject += int(sure.sum())
        kept += int((change[sure] <= _KEPT).sum())
        ground += int(clear.sum())
        if kind == "transparent":
            right += int((new[:, :, 3][clear] <= _SURELY_NOT).sum()) if new.shape[2] == 4 else 0
        elif wanted:
            off = _apart(np.asarray(wanted.crop(box)), new[:, :, :3])
            right += int((off[clear] <= _GROUND).sum())
        else:
            right += int(clear.sum())
    pixels = after.width * after.height
    return Compared(subject / pixels, kept / max(1, subject), right / ground if ground else 1.0)


def hue_apart(after: Image.Image, mask: Image.Image, colour: str) -> float:
    """Give the degrees between the hue of what is masked and a colour; 0 where that is grey."""
    target = lab_of(np.array([[colour_of(colour)]], np.uint8))[0, 0]
    if np.hypot(target[1], target[2]) < 12:
        return 0.0
    small = after.convert("RGB")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    cover = mask.resize(small.size, Image.Resampling.BOX)
    lab, weight = lab_of(np.asarray(small)), paint_weight(small, cover)
    mean = [float((lab[:, :, k] * weight).sum()) for k in (1, 2)]
    apart = np.degrees(np.arctan2(mean[1], mean[0]) - np.arctan2(target[2], target[1]))
    return float(abs((apart + 180) % 360 - 180))


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    apart: np.ndarray = np.abs(one.astype(np.int16) - other.astype(np.int16)).max(axis=2)
    return apart
