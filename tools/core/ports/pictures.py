"""Pictures, films and sounds: opened, measured, rendered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tools.core.perception import Box, Light, Space, Swatch
from tools.core.ports.basics import Picture


class Imaging(Protocol):
    """Decodes, measures and writes pictures; EXIF orientation and colour profiles are honoured."""

    def open(self, path: Path, longest_side: int | None = None) -> Picture:
        """Decode upright sRGB, reduced to `longest_side` pixels when given (uses JPEG draft).

        Raises Fixable when it cannot be decoded or exceeds the pixel limit.
        """
        ...

    def part(self, picture: Picture, box: Box) -> Picture:
        """Cut a part out, at least one pixel each way."""
        ...

    def palette(self, picture: Picture) -> tuple[Swatch, ...]:
        """Give up to five named colours, largest share first."""
        ...

    def spaces(self, picture: Picture) -> tuple[Space, ...]:
        """Give how calm the strips along the four sides are."""
        ...

    def light(self, picture: Picture) -> Light:
        """Measure how a picture is lit and coloured."""
        ...

    def subjects(self, picture: Picture) -> Box | None:
        """Estimate the salient region without a model, or None for a flat picture."""
        ...

    def fingerprint(self, picture: Picture) -> str:
        """Give 64 bits as 16 hex digits, alike for re-encoded and scaled copies; 0 when flat."""
        ...

    def difference(self, one: Picture, other: Picture) -> float:
        """Give how much the most different part of two pictures differs, 0 to 1."""
        ...

    def thumbnail(self, picture: Picture, longest_side: int) -> bytes:
        """Encode a WebP thumbnail."""
        ...

    def bare(self, picture: Picture) -> bytes:
        """Encode only the pixels as JPEG of 4 MB at most: no metadata, no colour profile."""
        ...

    def render(self, path: Path, spec: "RenderSpec") -> "Rendered":
        """Crop, pad and scale a file into a new encoded picture and measure the output."""
        ...


@dataclass(frozen=True, slots=True)
class RenderSpec:
    """A picture to make: `crop` (fractions of the upright source) scaled to `width` x `height`.

    `fit` is "crop" (the crop already has the target's ratio) or "pad" (the whole crop is kept and
    the rest filled with a blurred copy). `format` is JPEG, PNG or WebP; quality is lowered until
    `max_bytes` is met.
    """

    crop: Box
    width: int
    height: int
    fit: str = "crop"
    format: str = "JPEG"
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An encoded picture and what was measured when it was opened again."""

    content: bytes
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A still of a video at `seconds` from its start."""

    seconds: float
    picture: Picture


class VideoReader(Protocol):
    """Reads stills of a video; the file was identified by the probe before."""

    def shots(self, path: Path) -> tuple[float, ...]:
        """Give the second at which each shot begins, the first at 0.

        Raises Fixable for a damaged video.
        """
        ...

    def key_frames(self, path: Path, count: int, shots: Sequence[float] = ()) -> tuple[Frame, ...]:
        """Give up to `count` frames spread over the shots, the first being the poster.

        Raises Fixable for a video without a decodable frame.
        """
        ...


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A stretch of sound as 16-bit mono samples, 16,000 a second; `last` ends the recording."""

    pcm: bytes
    last: bool

    @property
    def seconds(self) -> float:
        """Give its length."""
        return len(self.pcm) / 32_000


class SoundReader(Protocol):
    """Decodes the sound of a recording; the file was identified by the probe before."""

    def part(self, path: Path, start: float, seconds: float) -> SoundPart:
        """Give up to so many seconds from `start` on; nothing where there is no sound.

        Raises Fixable when nothing can be decoded there.
        """
        ...
