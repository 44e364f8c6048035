"""Gathering what speaks for each asset: its words, both spaces, and what is seen in it."""

from collections.abc import Mapping, Sequence

from tools.core.assets import Asset, FieldValue
from tools.core.indexing import evidence_of
from tools.core.ingest.evidence import Evidence
from tools.core.search import ways
from tools.core.search.geometry import Row
from tools.core.search.judging import Support
from tools.core.search.labels import LabelSpace
from tools.core.search.meaning import Match
from tools.core.search.query import Understood
from tools.core.search.sentence import told_by_people
from tools.core.search.wording import wording


class Supporting:
    """Knows what speaks for an asset."""

    def __init__(self, labels: LabelSpace) -> None:
        self._labels = labels

    def of(
        self,
        asked: Understood,
        asset: Asset,
        values: Sequence[FieldValue],
        said: Mapping[int, Match],
        seen: Mapping[int, Match],
    ) -> Support:
        """Gather it; `said` and `seen` are the matches of the query in both spaces, by key."""
        evidence = evidence_of(values)
        per_term = self._kinds(asked, evidence) if evidence else {}
        kinds = [kind for asks in ways.asked_kinds(asked).values() for kind in asks]
        looks = seen.get(asset.key)
        return Support(
            sentence=said.get(asset.key)
            if looks is None or told_by_people(asset, values)
            else None,
            classes=looks,
            wording=wording(asset, values, asked.terms, asked.reading.names),
            kinds=min(per_term.values(), default=0.0),
            asks_kinds=bool(kinds),
            only_kinds=bool(asked.kinds) and set(asked.terms) <= set(asked.kinds),
            narrow=any(not kind.wide for kind in kinds),
            akin=self._akin(asked, evidence) if evidence else 0.0,
        )

    def alike(self, values: Sequence[FieldValue], query: Row) -> str:
        """Say which named drawing a picture looks like that is near to the query, or ""."""
        evidence = evidence_of(values)
        return self._labels.alike(evidence, query) if evidence else ""

    def _akin(self, asked: Understood, evidence: Evidence) -> float:
        kinds = asked.reading.akin.values()
        sure = [self._labels.sure(kind, evidence) * (0.5 if kind.wide else 1.0) for kind in kinds]
        return max(sure, default=0.0)

    def _kinds(self, asked: Understood, evidence: Evidence) -> dict[str, float]:
        """Say for each term that names a kind how sure it is that a picture has it."""
        asks = ways.asked_kinds(asked)
        chosen = self._labels.certainty(evidence) if asks else {}
        return {
            term: max(
                chosen.get(kind.name, 0.0)
                if term in asked.kinds
                else self._labels.sure(kind, evidence)
                for kind in kinds
            )
            for term, kinds in asks.items()
        }
