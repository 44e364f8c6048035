"""Light and colour of a whole picture, one named step after the other."""

from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

_UP, _DOWN = 1.3, 0.75
_GAMMA = 0.72
_WARM = 0.08


def graded(picture: Image.Image, steps: Sequence[str]) -> Image.Image:
    """Carry out the steps; transparency stays as it is."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    made = picture.convert("RGB")
    for step in steps:
        made = _STEPS[step](made)
        if alpha and step == "mirror":
            alpha = ImageOps.mirror(alpha)
    if alpha:
        made.putalpha(alpha)
    return made


def _curve(gamma: float) -> Callable[[Image.Image], Image.Image]:
    table = [round(255 * (level / 255) ** gamma) for level in range(256)] * 3
    return lambda picture: picture.point(table)


def _tilted(warm: float) -> Callable[[Image.Image], Image.Image]:
    """Lift red and lower blue, or the other way round, leaving black and white where they are."""

    def moved(level: int, by: float) -> int:
        share = level / 255
        return round(255 * min(1.0, max(0.0, share + by * 4 * share * (1 - share))))

    table = [moved(level, by) for by in (warm, 0.0, -warm) for level in range(256)]
    return lambda picture: picture.point(table)


def _sepia(picture: Image.Image) -> Image.Image:
    return ImageOps.colorize(ImageOps.grayscale(picture), "#1a0f05", "#fff1d6", mid="#9c7a50")


_STEPS: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "mirror": ImageOps.mirror,
    "brighter": _curve(_GAMMA),
    "darker": _curve(1 / _GAMMA),
    "more_contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(_UP),
    "less_contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(_DOWN),
    "warmer": _tilted(_WARM),
    "cooler": _tilted(-_WARM),
    "more_colour": lambda picture: ImageEnhance.Color(picture).enhance(_UP),
    "less_colour": lambda picture: ImageEnhance.Color(picture).enhance(_DOWN),
    "sepia": _sepia,
    "mono": lambda picture: ImageOps.grayscale(picture).convert("RGB"),
    "sharper": lambda picture: picture.filter(ImageFilter.UnsharpMask(2, 110, 2)),
}
