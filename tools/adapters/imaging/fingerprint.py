"""How pictures are recognised again after they were scaled, re-encoded or tagged anew."""

import numpy as np
from PIL import Image

_SIDE, _KEPT = 32, 8
# The picture is compared in 8 x 8 parts, so that a logo in a corner counts as much as it shows.
_COMPARED, _PARTS = 32, 8
# Below this spread of its greys a picture has nothing to be told apart by.
_FLAT = 2.0


def fingerprint(picture: Image.Image) -> str:
    """Give 64 bits as 16 hex digits, all of them 0 for a picture without any contrast.

    The signs of the 64 lowest frequencies of the cosine transform of its greys, against their
    median (pHash; Zauner 2010).
    """
    grey = np.asarray(_plain(picture).convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX))
    if grey.std() < _FLAT:
        return "0" * 16
    lowest = (_COSINES @ grey.astype(np.float64) @ _COSINES.T).ravel()
    # The first is the mean, which says nothing of a picture's shape.
    bits = lowest > np.median(lowest[1:])
    return np.packbits(bits).tobytes().hex()


def difference(one: Image.Image, other: Image.Image) -> float:
    """Give how much the most different part differs on average, 0 to 1."""
    apart = np.abs(_small(one) - _small(other)).mean(axis=2)
    size = _COMPARED // _PARTS
    parts = apart.reshape(_PARTS, size, _PARTS, size).mean(axis=(1, 3))
    return float(parts.max() / 255.0)


def _small(picture: Image.Image) -> np.ndarray:
    resized = _plain(picture).resize((_COMPARED, _COMPARED), Image.Resampling.BOX)
    return np.asarray(resized).astype(np.float64)


def _plain(picture: Image.Image) -> Image.Image:
    """Show what is transparent on white."""
    if picture.mode == "RGB":
        return picture
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _cosines() -> np.ndarray:
    place, wave = np.arange(_SIDE), np.arange(_KEPT)[:, None]
    return np.cos(np.pi * wave * (2 * place + 1) / (2 * _SIDE))


_COSINES = _cosines()
