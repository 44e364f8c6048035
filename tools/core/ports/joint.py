"""Models that place pictures and texts in one space, and what is kept of their choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.core.ports.basics import Picture, Vectors


class JointEmbedder(Protocol):
    """Places pictures and texts where a picture is near the words that describe it."""

    @property
    def name(self) -> str:
        """Name model, version and dimension: the name of the collection of its vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        ...

    def pictures(self, pictures: Sequence[Picture]) -> Vectors:
        """Embed pictures, one row each."""
        ...

    def texts(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask, one row each."""
        ...


@dataclass(frozen=True, slots=True)
class Collection:
    """The vectors of one model; `model` is how it was chosen, `name` has version and dimension."""

    model: str
    name: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class JointState:
    """Which collection answers, which was the one before it, and which is being made.

    `setting` is the model that the settings named when they were last followed, `run` the last
    switch that was begun, `job` the latest job of it, and `told` what it came to.
    """

    active: Collection | None = None
    before: Collection | None = None
    coming: Collection | None = None
    setting: str = ""
    run: str = ""
    job: str = ""
    told: str = ""


class JointMemory(Protocol):
    """Keeps the choice from one start to the next."""

    def read(self) -> JointState:
        """Give what was written last; nothing is chosen when nothing was, or it is damaged."""
        ...

    def write(self, state: JointState) -> None:
        """Keep a choice, whole or not at all; OSError when it cannot be kept."""
        ...
