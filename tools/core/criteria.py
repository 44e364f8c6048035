"""Hard filters on assets as values: conditions on traits, joined by and, or and not.

Each condition is true or false of every asset; what is not known of it meets no condition, so that
"no people" holds only for what was looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from tools.core.rights.uses import Outcome


class Trait(StrEnum):
    """What of an asset a filter is about; each value is the word that people read."""

    TYPE = "type"
    ORIENTATION = "orientation"
    STATUS = "status"
    TAG = "tag"
    COLLECTION = "collection"
    AUTHOR = "author"
    LANGUAGE = "language"
    PARENT = "original"
    USED = "use"
    LIVE = "publication"
    TITLE = "title"
    DESCRIPTION = "description"
    ALT_TEXT = "alt text"
    TEXT = "text in it"
    RATING = "stars"
    MARK = "colour label"
    FINGERPRINT = "fingerprint"
    SPACE = "free space"
    SENSITIVE = "sensitive content"
    MOOD = "mood"
    SENTIMENT = "sentiment"
    TONE = "tone"
    TRANSCRIPT = "transcript"
    PEOPLE = "people"
    BYTES = "size"
    WIDTH = "width"
    HEIGHT = "height"
    PIXELS = "pixels"
    DURATION = "duration"
    PAGES = "pages"
    TAKEN = "taken"
    ADDED = "added"


# An asset has one of these at most, so that two of them side by side can only mean "or".
SINGLE = frozenset(
    {
        Trait.TYPE,
        Trait.ORIENTATION,
        Trait.STATUS,
        Trait.LANGUAGE,
        Trait.SENTIMENT,
        Trait.TONE,
    }
)


@dataclass(frozen=True, slots=True)
class Among:
    """A trait has one of these values; case does not matter.

    For PARENT the values are ids of originals at any distance, for USED and LIVE channels, for
    RATING numbers of stars.
    """

    trait: Trait
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A trait has any value at all."""

    trait: Trait


@dataclass(frozen=True, slots=True)
class Between:
    """A number lies between two others, both included; None is no bound.

    Bytes, pixels, seconds, pages or people.
    """

    trait: Trait
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class During:
    """TAKEN or ADDED lies wholly from `since` on and before `before`; None is no bound.

    Moments with a time zone are compared as moments, where a date taken without a zone counts as
    taken in that zone. Those without one are compared with the clock at the place where it was
    taken, and with UTC for ADDED.
    """

    trait: Trait
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coloured:
    """Colours of these names cover at least this share of the picture together, 0 to 1."""

    names: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Keyed:
    """The asset has one of these catalogue keys."""

    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """What the rights say of publishing it now and until then; a channel or place may be named."""

    outcomes: tuple[Outcome, ...] = (Outcome.ALLOWED,)
    channel: str | None = None
    territory: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shows:
    """It shows or says this, as a search for these words would find.

    `unless` is a text that makes it no matter: who asks for no landfill means no picture of one,
    and still the poster that says "not landfill".
    """

    words: str
    unless: str = ""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """It was made from an asset that goes by this id, file name or title."""

    name: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts, always."""

    parts: "tuple[Criterion, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; without parts, never."""

    parts: "tuple[Criterion, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Criterion"


Stored: TypeAlias = Among | Known | Between | During | Coloured | Keyed
"""What the catalogue can tell by itself."""

Asked: TypeAlias = Cleared | Shows | MadeFrom
"""What other services have to tell; it is replaced by keys or ids before the catalogue is asked."""

Leaf: TypeAlias = Stored | Asked
Criterion: TypeAlias = Leaf | AllOf | AnyOf | Not

ALWAYS, NEVER = AllOf(()), AnyOf(())


def replaced(criterion: Criterion, change: Callable[[Leaf], Criterion]) -> Criterion:
    """Give a criterion with each of its conditions changed."""
    match criterion:
        case AllOf(parts):
            return AllOf(tuple(replaced(part, change) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(replaced(part, change) for part in parts))
        case Not(part):
            return Not(replaced(part, change))
        case _:
            return change(criterion)


def loosened(criterion: Criterion, *, holds: bool = True) -> Criterion:
    """Give a criterion that the catalogue can tell by itself and that is met wherever this is."""
    match criterion:
        case AllOf(parts):
            return AllOf(tuple(loosened(part, holds=holds) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(loosened(part, holds=holds) for part in parts))
        case Not(part):
            return Not(loosened(part, holds=not holds))
        case Cleared() | Shows() | MadeFrom():
            return ALWAYS if holds else NEVER
        case _:
            return criterion


def leaves(criterion: Criterion) -> Iterator[Leaf]:
    """Walk over all conditions."""
    match criterion:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield criterion
