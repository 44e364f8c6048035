"""Nearness in a vector space, made comparable from query to query.

Cosines of text embeddings lie in a narrow high band that shifts with query, language and library.
So both sides are centred (All-but-the-Top, Mu and Viswanath 2018), and each cosine is
measured in standard deviations of what ordinary passages reach for the same query.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.core.ports import TextEmbedder, VectorIndex
from tools.core.search.bank import Bank
from tools.core.search.geometry import Row, dot, mean, median, rows, spread, total, unit

SAMPLE = 400
REACH = 200


@dataclass(frozen=True, slots=True)
class Match:
    """How near an asset is: the centred cosine, and how far it stands out from the ordinary."""

    cosine: float
    deviations: float


class Queries:
    """Embeds queries and takes out what every query of the language has in common."""

    def __init__(self, embedder: TextEmbedder, bank: Bank) -> None:
        self._embedder = embedder
        self._bank = bank
        self._means: list[Row] = []

    def centred(self, text: str) -> Row:
        """Give the unit vector of what is particular about a query."""
        if not self._means:
            self._means = [
                mean(rows(self._embedder.queries(texts))) for texts in self._bank.queries.values()
            ]
        query = self._embedder.queries([text])[0]
        nearest = max(self._means, key=lambda one: dot(query, one))
        return unit(query - nearest)


class Space:
    """One vector index with what is ordinary in it."""

    def __init__(self, index: VectorIndex, ordinary: Callable[[], Sequence[Row]]) -> None:
        self._index = index
        self._ordinary = ordinary
        self._background: list[Row] = []
        self._middle: tuple[int, Row] | None = None

    def near(self, query: Row, among: Sequence[int]) -> list[int]:
        """Give the keys nearest to a centred query, best first."""
        return [near.key for near in self._index.nearest(query, REACH, among)] if among else []

    def matches(self, query: Row, keys: Sequence[int]) -> dict[int, Match]:
        """Measure these keys against a centred query; keys without a vector are left out."""
        known = self._index.keys()
        if not known or not keys:
            return {}
        middle = self._centre(known)
        sample = known[:: max(1, len(known) // SAMPLE)]
        usual = [
            self._cosine(dot(query, row), dot(middle, row), query, middle) for row in self._usual()
        ]
        usual += self._measure(query, middle, sample).values()
        centre, width = median(usual), spread(usual)
        return {
            key: Match(cosine, (cosine - centre) / width)
            for key, cosine in self._measure(query, middle, keys).items()
        }

    def like(self, key: int, among: Sequence[int], limit: int) -> dict[int, Match]:
        """Measure the nearest neighbours of an asset, itself left out."""
        known = self._index.keys()
        if key not in known:
            return {}
        row = unit(self._index.vectors([key])[0] - self._centre(known))
        others = [other for other in among if other != key]
        near = self._index.nearest(row, limit, others)
        return self.matches(row, [one.key for one in near])

    def _measure(self, query: Row, middle: Row, keys: Sequence[int]) -> dict[int, float]:
        to_query = self._index.scores(query, keys)
        length = math.sqrt(dot(middle, middle)) or 1.0
        to_middle = {one.key: one.score * length for one in self._index.scores(middle, keys)}
        return {
            one.key: self._cosine(one.score, to_middle[one.key], query, middle) for one in to_query
        }

    def _cosine(self, to_query: float, to_middle: float, query: Row, middle: Row) -> float:
        """Give the cosine of a centred query and a unit vector from which the middle is taken."""
        size = dot(middle, middle)
        left = 1.0 - 2.0 * to_middle + size
        return (to_query - dot(query, middle)) / math.sqrt(max(left, 0.01))

    def _usual(self) -> list[Row]:
        if not self._background:
            self._background = list(self._ordinary())
        return self._background

    def _centre(self, known: Sequence[int]) -> Row:
        """Average the library, leaning on ordinary passages while it is small."""
        if self._middle is None or abs(self._middle[0] - len(known)) > len(known) / 20:
            sample = known[:: max(1, len(known) // SAMPLE)]
            everything = [*self._usual(), *rows(self._index.vectors(sample))]
            self._middle = (len(known), total(everything) * (1.0 / len(everything)))
        return self._middle[1]
