"""The retouch port on Pillow, numpy and OpenCV."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from tools.adapters.imaging.encode import MIME, encoded
from tools.adapters.imaging.opening import opened
from tools.adapters.retouching import canvas, grades, grounds, measuring, recolour
from tools.adapters.retouching.pixels import pillow
from tools.core.perception import Box
from tools.core.ports import Compared, Picture, Rendered

_OPAQUE = 250


class PillowRetouch:
    """Implements ports.Retouch."""

    def own_subject(self, picture: Picture) -> Image.Image | None:
        """Give the subject as the picture's own transparency says it, None where it is opaque."""
        whole = pillow(picture)
        if whole.mode != "RGBA":
            return None
        alpha = whole.getchannel("A")
        return alpha if np.asarray(alpha).min() < _OPAQUE else None

    def covered(self, mask: Picture) -> float:
        """Give the share of a picture that is subject."""
        return float(np.asarray(pillow(mask).resize((64, 64), Image.Resampling.BOX)).mean() / 255)

    def grounded(
        self, picture: Picture, mask: Picture, kind: str, colours: Sequence[str]
    ) -> Image.Image:
        """Put the subject before another background, of a kind of NewGround."""
        return grounds.grounded(pillow(picture), pillow(mask), kind, colours)

    def graded(self, picture: Picture, steps: Sequence[str]) -> Image.Image:
        """Carry out steps of grading."""
        return grades.graded(pillow(picture), steps)

    def recoloured(self, picture: Picture, mask: Picture, colour: str) -> Image.Image:
        """Give what is masked another colour, with its shading."""
        return recolour.recoloured(pillow(picture), pillow(mask), colour)

    def stamped(self, picture: Picture, logo: Picture, box: Box) -> Image.Image:
        """Lay a logo on, as large as fits into the box."""
        return canvas.stamped(pillow(picture), pillow(logo), box)

    def widened(
        self, picture: Picture, sides: Sequence[str], share: float, colour: str
    ) -> Image.Image:
        """Add canvas at sides, in a colour, or where that is "" in a blurred copy."""
        return canvas.widened(pillow(picture), sides, share, colour)

    def enlarged(self, picture: Picture, factor: float) -> Image.Image:
        """Interpolate more pixels (Lanczos)."""
        return canvas.enlarged(pillow(picture), factor)

    def written(self, picture: Picture, form: str, fields: Mapping[str, str]) -> Rendered:
        """Encode with rights fields and measure what was written."""
        content = encoded(pillow(picture), form.upper(), None, fields)
        with opened(BytesIO(content)) as made:
            made.load()
            return Rendered(content, MIME[(made.format or "").upper()], *made.size)

    def compared(
        self, before: Picture, after: Picture, mask: Picture, kind: str, colours: Sequence[str]
    ) -> Compared:
        """Compare an output that was opened again with what it was made from."""
        return measuring.compared(pillow(before), pillow(after), pillow(mask), kind, colours)

    def hue_apart(self, after: Picture, mask: Picture, colour: str) -> float:
        """Give how far, in degrees, what is masked lies from a colour's hue; 0 for a grey."""
        return measuring.hue_apart(pillow(after), pillow(mask), colour)
