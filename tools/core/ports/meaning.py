"""Texts as vectors, and the nearest of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.core.ports.basics import Vectors


class TextEmbedder(Protocol):
    """Places texts in a space where near means alike; several languages share the space."""

    @property
    def name(self) -> str:
        """Name model, version and dimension: the name of the collection of its vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Give the length of a vector."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what assets say."""
        ...


@dataclass(frozen=True, slots=True)
class Near:
    """A neighbour: the catalogue key and the cosine similarity, -1 to 1."""

    key: int
    score: float


class VectorIndex(Protocol):
    """Vectors by catalogue key in one named space; rebuilt from the catalogue at will."""

    def put(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Store or replace vectors; durable when it returns.

        Raises Fixable when the dimension is another than the space's.
        """
        ...

    def drop(self, keys: Sequence[int]) -> None:
        """Forget keys and overwrite their numbers; unknown keys are ignored."""
        ...

    def nearest(
        self, vector: Vectors, limit: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        """Give the nearest keys, best first; `among` restricts exactly to these keys."""
        ...

    def scores(self, vector: Vectors, among: Sequence[int]) -> list[Near]:
        """Score exactly these keys, in their order, leaving out keys without a vector."""
        ...

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Give the stored vectors of these keys, in order; KeyError for one that is not stored."""
        ...

    def keys(self) -> list[int]:
        """List every key that has a vector."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...
