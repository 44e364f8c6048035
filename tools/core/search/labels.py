"""The label model's classes as points in the text space."""

import math
from collections.abc import Mapping, Sequence

from tools.core.errors import Fixable
from tools.core.ingest.evidence import Evidence
from tools.core.perception import Seen
from tools.core.ports import TextEmbedder, VectorIndex, Vision
from tools.core.search.geometry import Row, Stack, dot, mean, rows, total, unit
from tools.core.search.kinds import SHOWN, Kind, Kinds, default_kinds, first_names, shift
from tools.core.search.lexicon.sights import Told, default_glosses, default_sights

TOP = 12
BACKGROUND = 125
# How many wider nouns a class is named with, and how many classes such a noun may have.
ABOVE, WIDEST = 3, 60
# A likeness this sure is told of, where its name is this near to what was asked.
TELLING, NAMED = 0.35, 0.45
# How far drawings draw a picture, and how much more the nearest of them do: of 0.35 to 0.6 and
# 3 to 6 all find as much, in cut-outs and in photographs.
LIKENESSES, NEARER = 0.4, 4


class LabelSpace:
    """Places pictures in the text space by the names of their classes.

    ConSE (Norouzi et al. 2014): the average of the class names' vectors, weighted by probability;
    by its root, so that what is likely too is not lost beside what is likeliest. A class stands
    between three texts: its name with what it is a kind of, for those who ask for a bird and not
    for a brambling, its synonyms, and what it is, in the words of WordNet. Likenesses, the named
    drawings that look most like it, draw a picture towards what they are called.
    """

    def __init__(
        self,
        *,
        embedder: TextEmbedder,
        vision: Vision,
        index: VectorIndex,
        kinds: Kinds | None = None,
    ) -> None:
        self._embedder = embedder
        self._vision = vision
        self._kinds = kinds or default_kinds()
        self._classes: list[Row] = []
        self._drawings: list[Row] = []
        self._middle: Row = None
        self._members: dict[str, frozenset[int]] = {}
        self._inside: dict[str, frozenset[int]] = {}
        self.index = index

    @property
    def kinds(self) -> Kinds:
        """Give the kinds of things."""
        return self._kinds

    def put(self, seen: Mapping[int, Evidence]) -> None:
        """Place pictures by their catalogue keys; one without any class is not placed."""
        names = self._rows()
        placed: dict[int, Row] = {}
        for key, evidence in seen.items():
            known = [(index, p) for index, p in evidence.classes[:TOP] if index < len(names)]
            row = _weighted(names, [(index, math.sqrt(p)) for index, p in known if p > 0])
            if row is not None:
                alike = [(index, max(0.0, near) ** NEARER) for index, near in evidence.likenesses]
                drawn = _weighted(self._drawn() if alike else [], alike)
                placed[key] = row if drawn is None else unit(row + drawn * LIKENESSES)
        if placed:
            self.index.put(list(placed), Stack(placed.values()))

    def alike(self, evidence: Evidence, query: Row) -> str:
        """Name the likeness that is nearest to a query in the text space; "" where none is near."""
        sure = [index for index, near in evidence.likenesses if near >= TELLING]
        if not sure:
            return ""
        drawn, names = self._drawn(), self._vision.likeness_names
        near = {index: dot(query, unit(drawn[index] - self._middle)) for index in sure}
        best = max(near, key=lambda index: near[index])
        return names[best].partition(",")[0] if near[best] >= NAMED else ""

    def keys(self) -> list[int]:
        """List the keys of placed pictures."""
        return self.index.keys()

    def drop(self, keys: Sequence[int]) -> None:
        """Forget pictures."""
        self.index.drop(keys)

    def clear(self) -> None:
        """Forget all pictures."""
        self.index.clear()

    def ordinary(self) -> list[Row]:
        """Give evenly chosen class names, the background of this space."""
        names = self._rows()
        return names[:: max(1, len(names) // BACKGROUND)] or [
            self._embedder.passages(["picture"])[0]
        ]

    def certainty(self, evidence: Evidence) -> dict[str, float]:
        """Say how sure it is that a picture has each kind of thing."""
        if not self._members:
            self._members = self._kinds.members(self._names())
        return self._kinds.certainty(evidence, self._members)

    def sure(self, kind: Kind, evidence: Evidence) -> float:
        """Say how sure it is that a picture has a kind that is not among the chosen ones."""
        if kind.name not in self._inside:
            self._inside[kind.name] = kind.inside(self._names())
        mass = sum(p for index, p in evidence.classes if index in self._inside[kind.name])
        seen = [one.score for one in self.confirmed(evidence) if one.name in kind.objects]
        return min(1.0, max([mass, *seen]))

    def confirmed(self, evidence: Evidence) -> tuple[Seen, ...]:
        """Give the objects with scores discounted where the label model contradicts them."""
        self.certainty(evidence)
        return self._kinds.confirmed(evidence, self._members)

    def kinds_of(self, evidence: Evidence) -> tuple[str, ...]:
        """Name the kinds of things that a picture surely has, surest first."""
        sure = {name: p for name, p in self.certainty(evidence).items() if p >= SHOWN}
        return tuple(sorted(sure, key=lambda name: -sure[name]))

    def _names(self) -> tuple[str, ...]:
        try:
            return self._vision.label_names
        except Fixable:
            return ()

    def _drawn(self) -> list[Row]:
        if not self._drawings:
            self._drawings = rows(self._embedder.passages(self._vision.likeness_names))
            self._middle = mean(self._drawings[:: max(1, len(self._drawings) // BACKGROUND)])
        return self._drawings

    def _rows(self) -> list[Row]:
        if not self._classes:
            names = [name.split(",")[0].strip() for name in self._names()]
            if names:
                ways = [rows(self._embedder.passages(texts)) for texts in told(names)]
                self._classes = [unit(total(texts)) for texts in zip(*ways, strict=True)]
        return self._classes


def _weighted(points: Sequence[Row], weights: Sequence[tuple[int, float]]) -> Row | None:
    """Give the unit row of the weighted sum of points by index; None when none is there."""
    some = [points[index] * weight for index, weight in weights if index < len(points)]
    return unit(total(some)) if some else None


def told(names: Sequence[str]) -> tuple[list[str], ...]:
    """Give three texts for each class: what it is a kind of, its synonyms, and what it is."""
    above, known = _above(names), default_glosses()
    every = [known.get(name.casefold(), Told(name, name)) for name in names]
    wider = [", ".join(dict.fromkeys([name, *above[n]])) for n, name in enumerate(names)]
    glosses = [f"{wide}: {one.gloss}" for wide, one in zip(wider, every, strict=True)]
    return wider, [one.names for one in every], glosses


def _above(names: Sequence[str]) -> list[list[str]]:
    """Give for each class the nouns of which it is a kind, the narrowest first."""
    nouns: list[list[tuple[int, str]]] = [[] for _ in names]
    first = shift(first_names(names))
    for noun, kind in default_sights().every.items():
        inside = kind.ranged(first)
        for index in inside if 1 < len(inside) <= WIDEST else ():
            if index < len(names):
                nouns[index].append((len(inside), noun))
    return [[noun for _, noun in sorted(found)[:ABOVE]] for found in nouns]
