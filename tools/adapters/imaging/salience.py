"""Where the eye goes, without a model: contrast of colour against the surroundings and the edge."""

import numpy as np
from PIL import Image, ImageFilter

from tools.adapters.imaging.encode import flattened
from tools.core.perception import Box

_SIDE = 96
_FLAT = 6.0
_TRIM = 0.03


def subjects(picture: Image.Image) -> Box | None:
    """Estimate the salient region, or None for a flat picture.

    Frequency-tuned saliency (Achanta et al. 2009) and the contrast with the picture's border
    (boundary prior, Wei et al. 2012), weighted by local detail and gently towards the centre.
    """
    scale = _SIDE / max(picture.size)
    size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
    small = flattened(picture).convert("RGB").resize(size, Image.Resampling.BOX)
    lab = np.asarray(small.convert("LAB"), dtype=np.float32)
    # Pillow stores a and b around 128 with wrap-around.
    lab[..., 1:] = np.where(lab[..., 1:] > 127, lab[..., 1:] - 256, lab[..., 1:])
    if float(lab.std(axis=(0, 1)).max()) < _FLAT:
        return None
    energy = _smooth(_unit(_tuned(lab)) + _unit(_unlike_border(lab)) + _unit(_detail(small)))
    energy *= _centre(energy.shape)
    energy = np.maximum(energy - energy.mean() * 1.15, 0.0)
    if energy.sum() <= 0:
        return None
    left, right = _span(energy.sum(axis=0))
    top, bottom = _span(energy.sum(axis=1))
    return Box(left, top, right, bottom)


def _tuned(lab: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.norm(lab - lab.mean(axis=(0, 1)), axis=2))


def _unlike_border(lab: np.ndarray) -> np.ndarray:
    """Give the distance to the nearest typical colour of the four sides."""
    rim = max(2, min(lab.shape[:2]) // 16)
    sides = (lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:])
    far = [np.linalg.norm(lab - np.median(s.reshape(-1, 3), axis=0), axis=2) for s in sides]
    return np.asarray(np.min(far, axis=0))


def _detail(small: Image.Image) -> np.ndarray:
    grey = np.asarray(small.convert("L"), dtype=np.float32)
    down, across = np.gradient(grey)
    return np.asarray(np.hypot(down, across))


def _unit(values: np.ndarray) -> np.ndarray:
    top = float(np.percentile(values, 98))
    return np.asarray(np.clip(values / top, 0.0, 1.0) if top > 1e-6 else np.zeros_like(values))


def _smooth(values: np.ndarray) -> np.ndarray:
    image = Image.fromarray((values / 3 * 255).astype(np.uint8), "L")
    return np.asarray(image.filter(ImageFilter.GaussianBlur(3)), dtype=np.float32) / 255


def _centre(shape: tuple[int, ...]) -> np.ndarray:
    down = np.linspace(-1, 1, shape[0])[:, None]
    across = np.linspace(-1, 1, shape[1])[None, :]
    return np.asarray(np.exp(-(down**2 + across**2) / 1.6), dtype=np.float32)


def _span(profile: np.ndarray) -> tuple[float, float]:
    """Give the interval, in fractions, that holds all but a trim of the energy on each side."""
    running = np.cumsum(profile) / profile.sum()
    start = int(np.searchsorted(running, _TRIM))
    end = int(np.searchsorted(running, 1 - _TRIM)) + 1
    return start / len(profile), min(1.0, end / len(profile))
