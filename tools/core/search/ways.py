"""The ways of looking for one query: how it may be taken, its words, and ranks fused into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tools.core.assets import Orientation
from tools.core.search.answers import SearchRequest
from tools.core.search.judging import RANK_OFFSET
from tools.core.search.kinds import Kind
from tools.core.search.query import Understood


@dataclass(frozen=True, slots=True)
class Lists:
    """Keys found by each way of looking, best first."""

    sentences: Sequence[int]
    classes: Sequence[int]
    words: Sequence[int]
    pictures: Sequence[int] = ()

    def every(self) -> list[int]:
        """Give each key once."""
        return list(dict.fromkeys([*self.words, *self.pictures, *self.sentences, *self.classes]))

    def fused(self) -> Mapping[int, float]:
        """Give the reciprocal ranks of each key, added up (Cormack 2009)."""
        ranks: dict[int, float] = {}
        for keys in (self.words, self.pictures, self.sentences, self.classes):
            for place, key in enumerate(keys, start=1):
                ranks[key] = ranks.get(key, 0.0) + 1.0 / (RANK_OFFSET + place)
        return ranks


def readings(
    asked: Understood, request: SearchRequest
) -> list[tuple[Understood, Orientation | None]]:
    """Give the ways to take a query: "portrait" is a shape or a subject; what finds decides."""
    shape = request.orientation or asked.orientation
    if shape or not asked.perhaps:
        return [(asked, shape)]
    if len(asked.terms) == 1:
        return [(asked, None), (replace(asked, about=""), asked.perhaps)]
    return [(asked, asked.perhaps), (asked, None)]


def asked_kinds(asked: Understood) -> dict[str, tuple[Kind, ...]]:
    """Give the kinds that each term names; those chosen by hand come before the derived ones."""
    return {**asked.reading.sights, **asked.kinds}


def words(asked: Understood) -> list[str]:
    """Give what full text is asked for: terms, their other names, and kinds."""
    names = [" ".join(name) for term in asked.terms for name in asked.reading.names.get(term, ())]
    tokens = [kind.token for kinds in asked.kinds.values() for kind in kinds]
    return list(dict.fromkeys([*asked.terms, *tokens, *names]))
