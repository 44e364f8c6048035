"""One model's space of pictures: placed in it, and asked for by words or by another picture."""

from collections.abc import Mapping, Sequence

from tools.core.ports import JointEmbedder, Picture, VectorIndex
from tools.core.search.bank import Bank
from tools.core.search.geometry import Row, Stack, dot, mean, median, rows, spread, unit
from tools.core.search.meaning import REACH, Match

SAMPLE = 400
# Pairs of an ordinary query and a picture that are looked at, so that a small library has a scale.
PAIRED = 24
# Below this many pictures it is not known how near two that are unlike each other are.
ENOUGH = 30
FLAT = 0.02


class JointSpace:
    """Pictures by catalogue key; a video stands where its frames do on average.

    The mean of frames is CLIP4Clip's meanP (Luo 2021). Words and pictures lie apart in such spaces
    (Liang 2022), so that cosines mean something only beside others: of a query they are measured in
    standard deviations of what unrelated words and pictures of this library reach.
    """

    def __init__(self, embedder: JointEmbedder, index: VectorIndex, bank: Bank) -> None:
        self.embedder = embedder
        self.index = index
        self._bank = bank
        self._means: list[Row] = []
        self._usual: list[Row] = []

    def put(self, shown: Mapping[int, Sequence[Picture]]) -> None:
        """Place assets by their pictures; Fixable when the model cannot be had."""
        pictures = [picture for some in shown.values() for picture in some]
        if not pictures:
            return
        found, start, placed = rows(self.embedder.pictures(pictures)), 0, []
        for some in shown.values():
            placed.append(unit(mean(found[start : start + len(some)])))
            start += len(some)
        self.index.put(list(shown), Stack(placed))

    def query(self, text: str, english: str = "") -> Row:
        """Give what is particular about a query as a unit row; Fixable without the model.

        With words in `english` it stands between both, for models that know other languages less.
        """
        own = self._centred(text)
        return unit(own + self._centred(english)) if english else own

    def of_pictures(self, pictures: Sequence[Picture]) -> list[Row]:
        """Give unit rows of pictures that need not be in the library."""
        return [unit(row) for row in rows(self.embedder.pictures(pictures))]

    def of(self, key: int) -> list[Row]:
        """Give the row of an asset, none when it has not been placed."""
        try:
            return rows(self.index.vectors([key]))
        except KeyError:
            return []

    def near(self, query: Row, among: Sequence[int], limit: int = REACH) -> list[int]:
        """Give the keys nearest to a row, best first."""
        return [near.key for near in self.index.nearest(query, limit, among)] if among else []

    def matches(self, query: Row, keys: Sequence[int]) -> dict[int, Match]:
        """Measure these keys against a query; those that were not placed are left out."""
        sample = self._sample()
        usual = [near.score for near in self.index.scores(query, sample)]
        for ordinary in self._ordinary():
            usual += [near.score for near in self.index.scores(ordinary, sample[:PAIRED])]
        return self._measured(query, keys, usual)

    def alike(self, row: Row, keys: Sequence[int]) -> dict[int, Match]:
        """Measure these keys against a picture's row; nothing while the library is small."""
        sample = self._sample()
        if len(sample) < ENOUGH:
            return {}
        return self._measured(row, keys, [near.score for near in self.index.scores(row, sample)])

    def _measured(self, row: Row, keys: Sequence[int], usual: Sequence[float]) -> dict[int, Match]:
        centre, width = median(usual), max(spread(usual), FLAT)
        return {
            near.key: Match(near.score, (near.score - centre) / width)
            for near in self.index.scores(row, keys)
        }

    def _sample(self) -> list[int]:
        known = self.index.keys()
        return known[:: max(1, len(known) // SAMPLE)]

    def _centred(self, text: str) -> Row:
        if not self._means:
            queries = self._bank.queries.values()
            self._means = [mean(rows(self.embedder.texts(texts))) for texts in queries]
        query = rows(self.embedder.texts([text]))[0]
        nearest = max(self._means, key=lambda one: dot(query, one))
        return unit(query - nearest)

    def _ordinary(self) -> list[Row]:
        if not self._usual:
            texts = next(iter(self._bank.queries.values()))
            self._usual = [self._centred(text) for text in texts]
        return self._usual
