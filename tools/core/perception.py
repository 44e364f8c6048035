"""What machines notice in a file: evidence, never truth, always with a score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the upright picture, 0 to 1, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Give the share of the picture that the box covers."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """Give the share of the picture that both boxes cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


@dataclass(frozen=True, slots=True)
class Seen:
    """A label of the whole picture (`box` None) or an object in it, with a score from 0 to 1."""

    name: str
    score: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A text in English that a model words a picture with.

    `sure` is the geometric mean of the probabilities of its words, 0 to 1.
    """

    text: str
    sure: float


@dataclass(frozen=True, slots=True)
class TextRegion:
    """A line of text read in a picture; `box` is its upright bounding box."""

    text: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word or a line that is said from `start` to `end`, in seconds, with a score from 0 to 1."""

    start: float
    end: float
    text: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a speech model made of a stretch of sound: its words and the language it heard."""

    words: tuple[Spoken, ...]
    language: str
    language_sure: float


@dataclass(frozen=True, slots=True)
class Swatch:
    """A named colour and the share of the picture it covers; `hex` is `#rrggbb`."""

    name: str
    hex: str
    share: float


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a text as BCP 47 code, "" where there is too little to tell, and how sure.

    `sure` runs from 0 to 1, `by` names the model and version.
    """

    language: str
    sure: float
    by: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence reads: the probability of each sentiment and of each tone, 0 to 1."""

    sentiment: Mapping[str, float]
    tone: Mapping[str, float]


class Side(StrEnum):
    """A side of a picture."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Space:
    """How much of the strip along a side is without edges, 0 to 1."""

    side: Side
    calm: float


@dataclass(frozen=True, slots=True)
class Light:
    """How a picture is lit and coloured, in CIE L*a*b*.

    `brightness` is the mean and `contrast` the standard deviation of L* (0 to 100), `dark` and
    `bright` the shares with L* under 20 and over 80, `chroma` the mean of C*, `warmth` the mean of
    b* (blue is below 0, yellow above) and `redness` that of a* (green is below 0), `empty` the
    share that is transparent or as white as paper.
    """

    brightness: float
    contrast: float
    dark: float
    bright: float
    chroma: float
    warmth: float
    redness: float
    empty: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the vision models saw in one picture.

    `class_probabilities` holds the sparse top of the label distribution (index, probability) for
    ConSE; `models` names each model and version that contributed. `features` is how the picture
    looks: one row of `ports.Vectors`, or None from a model that has none. `sensitive` is how sure
    it is that nudity or sexual content is shown, 0 to 1, or None where no model has looked for it.
    `likenesses` are the named drawings that look most like it (index, centred cosine).
    """

    labels: tuple[Seen, ...] = ()
    objects: tuple[Seen, ...] = ()
    faces: tuple[Seen, ...] = ()
    class_probabilities: tuple[tuple[int, float], ...] = ()
    models: tuple[str, ...] = ()
    features: Any = field(default=None, compare=False)
    sensitive: float | None = None
    likenesses: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a service elsewhere says of a picture.

    `kind` is label, object (with a box), text (a line) or moderation; `by` names the service, the
    model and its version as far as it tells them.
    """

    kind: str
    text: str
    score: float
    by: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says about itself, read from its content.

    `media_type` is a MediaType value; `embedded` maps field names (title, description, creator,
    alt_text, credit, copyright, rights_holder, usage_terms, web_statement, licensor, data_mining,
    source_type, captured_at and edited_at (of the metadata) as ISO 8601, keywords joined by
    newlines, rating, colour_label, keyword_paths joined by newlines with `|` between the steps,
    content_id of a Live Photo) to text found in
    EXIF, IPTC, XMP, docx core properties or PDF info; `warnings` are sentences for a person.
    `asides` are texts that no field shows, each with where it stands: comments, other metadata,
    text of other formats.
    """

    media_type: str
    mime: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    pages: int | None = None
    embedded: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    asides: tuple[tuple[str, str], ...] = ()
