"""Changing what a picture shows: the subject apart from its background, light, colour, canvas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.core.perception import Box
from tools.core.ports.basics import Picture
from tools.core.ports.pictures import Rendered


class Cutter(Protocol):
    """Tells the subject of a picture from its background."""

    @property
    def name(self) -> str:
        """Name what cuts now, with its version: part of the recipe."""
        ...

    @property
    def advice(self) -> str:
        """Say how far what is cut now may be trusted and how to get better, "" where it may be."""
        ...

    def subject(self, picture: Picture, boxes: Sequence[Box] = ()) -> Picture:
        """Give how much each pixel belongs to the subject: mode L, 0 to 255, of the same size.

        `boxes` are where things were seen; an engine that needs none may leave them.
        """
        ...

    def within(self, picture: Picture, boxes: Sequence[Box]) -> Picture:
        """Give the same for the things in these boxes and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Compared:
    """How an output compares with what it was made from, by pixels, shares from 0 to 1.

    `subject` is the share of the picture that is surely subject, `kept` the part of it that did
    not change; `ground` is the part of the sure background that bears the wanted colours.
    """

    subject: float
    kept: float
    ground: float


class Retouch(Protocol):
    """Works on decoded pictures and gives new ones; the one given is never changed."""

    def own_subject(self, picture: Picture) -> Picture | None:
        """Give the subject as the picture's own transparency says it, None where it is opaque."""
        ...

    def covered(self, mask: Picture) -> float:
        """Give the share of a picture that is subject."""
        ...

    def grounded(
        self, picture: Picture, mask: Picture, kind: str, colours: Sequence[str]
    ) -> Picture:
        """Put the subject before another background, of a kind of NewGround."""
        ...

    def graded(self, picture: Picture, steps: Sequence[str]) -> Picture:
        """Carry out steps of grading."""
        ...

    def recoloured(self, picture: Picture, mask: Picture, colour: str) -> Picture:
        """Give what is masked another colour, with its shading."""
        ...

    def stamped(self, picture: Picture, logo: Picture, box: Box) -> Picture:
        """Lay a logo on, as large as fits into the box."""
        ...

    def widened(self, picture: Picture, sides: Sequence[str], share: float, colour: str) -> Picture:
        """Add canvas at sides, in a colour, or where that is "" in a blurred copy."""
        ...

    def enlarged(self, picture: Picture, factor: float) -> Picture:
        """Interpolate more pixels (Lanczos)."""
        ...

    def written(self, picture: Picture, form: str, fields: Mapping[str, str]) -> Rendered:
        """Encode with rights fields and measure what was written; `form` is JPEG, PNG or WebP."""
        ...

    def compared(
        self, before: Picture, after: Picture, mask: Picture, kind: str, colours: Sequence[str]
    ) -> Compared:
        """Compare an output that was opened again with what it was made from."""
        ...

    def hue_apart(self, after: Picture, mask: Picture, colour: str) -> float:
        """Give how far, in degrees, what is masked lies from a colour's hue; 0 for a grey."""
        ...
