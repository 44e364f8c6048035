"""A stretch of a query that says one condition."""

import re
from dataclasses import dataclass, replace

from tools.core.criteria import Criterion, Not, Trait
from tools.core.search.query import default_vocabulary

_NEXT = re.compile(r" ([^\W_]+)")


def before_noun(text: str, end: int) -> bool:
    """Tell whether a word stands before a thing that it describes: "usable space"."""
    vocabulary = default_vocabulary()
    after = _NEXT.match(text, end)
    return after is not None and after[1] not in {*vocabulary.fillers, *vocabulary.types}


@dataclass(frozen=True, slots=True)
class Piece:
    """One condition and where it stands in the folded text.

    A `bare` thing ("people", "alt text") is a filter only where it must not be; `absent` is the
    condition that it is not there, where that is not simply the opposite.
    """

    start: int
    end: int
    criterion: Criterion
    trait: Trait | None = None
    bare: bool = False
    absent: Criterion | None = None
    negative: bool = False

    def denied(self, start: int, end: int) -> "Piece":
        """Give the opposite, with the words that make it so."""
        opposite = self.absent or Not(self.criterion)
        wide = replace(self, start=min(start, self.start), end=max(end, self.end))
        return replace(wide, criterion=opposite, bare=False, negative=True)

    def spans(self, other: "Piece") -> bool:
        """Tell whether both share letters."""
        return self.start < other.end and other.start < self.end
