"""A model that words pictures by rules; passes the contract of tests/hub/test_captioners.py."""

from PIL import Image

from tools.core.errors import Fixable
from tools.core.perception import Caption


class FakeCaptioner:
    """Implements ports.Captioner: words the main colour, or says `words` of every picture."""

    def __init__(self, words: str = "") -> None:
        self.words = words
        self.missing = False
        self.looked = 0

    @property
    def name(self) -> str:
        return "captions 1"

    def caption(self, picture: Image.Image) -> Caption:
        if self.missing:
            raise Fixable("The hub shows no model team/none: check DALM_CAPTION_MODEL.")
        self.looked += 1
        pixel = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))
        colour = ("red", "green", "blue")[pixel.index(max(pixel))]
        return Caption(self.words or f"a dog on a {colour} wall", 0.62)
