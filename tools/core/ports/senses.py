"""What machines notice: sights, words in pictures, speech."""

from collections.abc import Sequence
from typing import Any, Protocol

from tools.core.perception import Caption, Heard, Sighting, TextRegion
from tools.core.ports.basics import Picture, Vectors


class Speech(Protocol):
    """Writes down speech, in the language that is spoken."""

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    @property
    def ready(self) -> bool:
        """Tell whether the model is there."""
        ...

    def hear(self, pcm: bytes, language: str = "") -> Heard:
        """Give the words in 16-bit mono samples at 16,000 a second; "" detects the language.

        Words carry the space before them. Raises Fixable when the model is missing.
        """
        ...


class Vision(Protocol):
    """Looks at a picture with the vision models."""

    @property
    def feature_space(self) -> str:
        """Name model and length of the features: the name of the collection of such vectors."""
        ...

    @property
    def feature_length(self) -> int:
        """Give the number of features of a picture."""
        ...

    @property
    def ordinary_features(self) -> Any:
        """Give what features of pictures have in common: the mean of unit rows, one row."""
        ...

    @property
    def likeness_names(self) -> tuple[str, ...]:
        """Name the drawings that likenesses are of, by index: a title and other words, by commas.

        Empty for a model that compares with none.
        """

    @property
    def label_names(self) -> tuple[str, ...]:
        """Name every class of the label model, in the order of its indices."""
        ...

    def look(self, picture: Picture) -> Sighting:
        """Give labels, objects and faces."""
        ...

    def features(self, pictures: Sequence[Picture]) -> Vectors:
        """Give only how pictures look, one row each; cheaper than `look`."""
        ...


class Captioner(Protocol):
    """Words pictures in English."""

    @property
    def name(self) -> str:
        """Name the model and version; Fixable when it cannot be had."""
        ...

    def caption(self, picture: Picture) -> Caption:
        """Word a picture; Fixable when the model is missing or broken."""
        ...


class TextReader(Protocol):
    """Reads text in pictures (OCR)."""

    @property
    def name(self) -> str:
        """Name the model and version."""
        ...

    def read(self, picture: Picture) -> tuple[TextRegion, ...]:
        """Give the lines of text found, in reading order."""
        ...
