"""Looking for pictures by words, or by another picture, in the space of the model in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.core.errors import Fixable
from tools.core.joint.space import JointSpace
from tools.core.ports import Picture
from tools.core.search.geometry import Row
from tools.core.search.meaning import Match


class JointSpaces(Protocol):
    """Knows the space of the model in use."""

    def active(self) -> JointSpace | None:
        """Give it, None when no model is chosen; Fixable when its model cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """The pictures nearest to a query, best first, and why there are none if so."""

    keys: Sequence[int] = ()
    note: str = ""
    space: JointSpace | None = None
    query: Row | None = None

    def matches(self, keys: Sequence[int]) -> dict[int, Match]:
        """Measure these keys; what was not placed is left out."""
        return self.space.matches(self.query, keys) if self.space else {}


def looked(spaces: JointSpaces | None, text: str, english: str, among: Sequence[int]) -> Looked:
    """Look for what words show among some keys; a model that is missing leaves a note."""
    try:
        space = spaces.active() if spaces else None
        if space is None:
            return Looked()
        query = space.query(text, english)
        return Looked(space.near(query, among), "", space, query)
    except Fixable as missing:
        return Looked(note=f"Pictures themselves were not compared with the words: {missing}")


def alike(
    spaces: JointSpaces | None, key: int | None, pictures: Sequence[Picture], among: Sequence[int]
) -> Mapping[int, Match]:
    """Measure what looks like an asset that is placed, else like pictures; nothing without one."""
    try:
        space = spaces.active() if spaces else None
        if space is None:
            return {}
        examples = space.of(key) if key is not None else space.of_pictures(pictures)
    except Fixable:
        return {}
    best: dict[int, Match] = {}
    for example in examples:
        for one, match in space.alike(example, space.near(example, among)).items():
            if one not in best or match.deviations > best[one].deviations:
                best[one] = match
    return best
