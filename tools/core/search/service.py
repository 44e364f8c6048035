"""Search over everything an asset is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tools.core.assets import Asset, AssetId, FieldValue
from tools.core.errors import Fixable
from tools.core.joint.looking import JointSpaces, looked
from tools.core.joint.space import JointSpace
from tools.core.people import Viewer
from tools.core.ports import TextEmbedder, VectorIndex
from tools.core.records import AssetFilter, Catalogue
from tools.core.rights.service import Rights
from tools.core.rights.uses import Use
from tools.core.search import ways
from tools.core.search.answers import Band, Hit, SearchAnswer, SearchRequest
from tools.core.search.bank import default_bank
from tools.core.search.exact import Exact
from tools.core.search.filters.filtering import Filtering, unread
from tools.core.search.filters.reading import Clause, Reading
from tools.core.search.filters.wanted import types_of, wanted
from tools.core.search.geometry import Row, rows, unit
from tools.core.search.judging import FAINT, WEAK, band, certainty
from tools.core.search.labels import LabelSpace
from tools.core.search.meaning import Queries, Space
from tools.core.search.query import Understood, default_vocabulary, understand
from tools.core.search.quotes import Quoted, quoted_in
from tools.core.search.reasons import reasons
from tools.core.search.supporting import Supporting
from tools.core.search.when import when
from tools.core.taxonomy.concepts import Taxonomy
from tools.core.taxonomy.widening import in_language, widened

CANDIDATES = 240
MOST_HITS = 500


@dataclass(frozen=True, slots=True)
class _Query:
    """A query as a point among what assets say, and one among what is seen in them."""

    said: Row
    seen: Row


class Search:
    """Finds assets by meaning and by words, within what the viewer may see."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        embedder: TextEmbedder,
        index: VectorIndex,
        rights: Rights,
        labels: LabelSpace,
        taxonomy: Callable[[], Taxonomy | None] = lambda: None,
        joint: JointSpaces | None = None,
    ) -> None:
        self._joint = joint
        self._catalogue = catalogue
        self._taxonomy = taxonomy
        self._embedder = embedder
        self._rights = rights
        self._labels = labels
        self._supporting = Supporting(labels)
        self._exact = Exact(catalogue=catalogue)
        self._queries = Queries(embedder, default_bank())
        self._sentences = Space(index, self._ordinary)
        self._classes = Space(labels.index, labels.ordinary)
        self._filtering = Filtering(
            catalogue=catalogue,
            rights=rights,
            understood=self._understood,
            hits=self._hits,
            described=self._described,
            taxonomy=taxonomy,
        )

    def find(self, request: SearchRequest, viewer: Viewer) -> SearchAnswer:
        """Answer a query; hits below the cut-off are left out unless `request.weak`.

        Raises Fixable for filters that exclude each other, and for dates that do not exist.
        """
        filters = self._filtering.read(request.query, viewer)
        quoted = quoted_in(filters.rest)
        if quoted.phrases:
            return self._quoting(request, quoted, filters, viewer)
        asked = self._understood(filters.rest)
        for meant, shape in ways.readings(asked, request):
            clauses = wanted(request, filters, meant, shape)
            answer = self._answer(request, meant, clauses, viewer)
            if any(hit.band is Band.STRONG for hit in answer.hits):
                break
        return replace(answer, note=f"{answer.note} {unread(request.query)}".strip())

    def shown(self, text: str, among: Sequence[int], space: JointSpace | None) -> list[int]:
        """Rank pictures by their looks alone, in a model's space or else by their labels.

        Nothing that anybody wrote of them counts. Raises Fixable when the model cannot be had.
        """
        asked = self._understood(text)
        own, english = asked.about or text, asked.reading.english
        if space:
            return space.near(space.query(own, english), among)
        return self._classes.near(self._queries.centred(english or own), among)

    def _answer(
        self, request: SearchRequest, asked: Understood, clauses: Sequence[Clause], viewer: Viewer
    ) -> SearchAnswer:
        criteria = self._filtering.criteria(clauses, request, viewer)
        limit = min(max(request.limit, 1), MOST_HITS)
        hidden = 0
        if asked.about:
            hits, note = self._hits(asked, criteria, viewer, FAINT if request.weak else WEAK)
            strong = [hit for hit in hits if hit.band is Band.STRONG]
            shown = (hits if request.weak else strong)[:limit]
            hidden = 0 if request.weak else len(hits) - len(strong)
        else:
            shown, note = self._newest(criteria, clauses, limit, viewer)
        if not shown and clauses:
            empty = self._filtering.explained(asked, clauses, request, viewer)
            return replace(empty, weak_hidden=hidden, note=f"{empty.note} {note}".strip())
        labels = tuple(clause.label for clause in clauses)
        use = self._filtering.use_of(clauses)
        return SearchAnswer(self._badged(shown, viewer, use), hidden, note, labels)

    def _quoting(
        self, request: SearchRequest, quoted: Quoted, filters: Reading, viewer: Viewer
    ) -> SearchAnswer:
        """Find what is quoted; the other words choose among that, when they choose anything."""
        asked = self._understood(quoted.rest)
        clauses = wanted(request, filters, asked, request.orientation or asked.orientation)
        criteria = self._filtering.criteria(clauses, request, viewer)
        found = {one.asset.key: one for one in self._exact.find(quoted.phrases, criteria, viewer)}
        if not found:
            said = (clause.said for clause in filters.clauses)
            unquoted = " ".join([*quoted.phrases, quoted.rest, *said])
            return self._unquoted(replace(request, query=unquoted), quoted, viewer)
        chosen, hidden = list(found), 0
        if asked.about:
            among = replace(criteria, ids=tuple(one.asset.id for one in found.values()))
            hits, _ = self._hits(asked, among, viewer)
            strong = [hit.asset.key for hit in hits if hit.band is Band.STRONG]
            if strong and not request.weak:
                chosen, hidden = strong, len(found) - len(strong)
        limit = min(max(request.limit, 1), MOST_HITS)
        hits = [
            Hit(one.asset, one.score, Band.STRONG, one.why, page=one.page, seconds=one.seconds)
            for one in (found[key] for key in chosen[:limit])
        ]
        labels = tuple(clause.label for clause in clauses)
        badged = self._badged(hits, viewer, self._filtering.use_of(clauses))
        return SearchAnswer(badged, hidden, _more(len(hits), len(chosen)), labels)

    def _unquoted(self, request: SearchRequest, quoted: Quoted, viewer: Viewer) -> SearchAnswer:
        """Say that nothing has the phrases, and what their words would find."""
        answer = self.find(request, viewer)
        phrases = " and ".join(f"\u201c{phrase}\u201d" for phrase in quoted.phrases)
        words = f"{len(answer.hits)} without the quotation marks" if answer.hits else "none at all"
        return SearchAnswer((), 0, f"Nothing says {phrases} word for word; {words}.")

    def _understood(self, query: str) -> Understood:
        asked = understand(query, default_vocabulary(), self._labels.kinds)
        taxonomy = self._taxonomy()
        return widened(asked, taxonomy) if taxonomy else asked

    def _newest(
        self, criteria: AssetFilter, clauses: Sequence[Clause], limit: int, viewer: Viewer
    ) -> tuple[list[Hit], str]:
        with self._catalogue.reading() as records:
            assets = records.assets.select(criteria, viewer, limit)
            count = records.assets.count(criteria, viewer)
        kinds = [kind for clause in clauses for kind in types_of(clause.criterion)]
        kind = kinds[0] if len(kinds) == 1 else "asset"
        filters = [clause.label for clause in clauses if not types_of(clause.criterion)]
        why = "; ".join(filters) or f"newest {kind}"
        hits = [Hit(asset, 1.0, Band.STRONG, why) for asset in assets]
        return hits, f"The newest {len(hits)} of {count}." if count > len(hits) else ""

    def _hits(
        self, asked: Understood, criteria: AssetFilter, viewer: Viewer, least: float = WEAK
    ) -> tuple[list[Hit], str]:
        """Look in every way, judge what was found, and give strong and weak hits, best first."""
        query, note = self._embedded(asked)
        with self._catalogue.reading() as records:
            among = records.assets.keys(criteria, viewer)
            worded = records.text.find(ways.words(asked), CANDIDATES)
        allowed = set(among)
        pictures = looked(self._joint, asked.about, asked.reading.english, among)
        note = f"{note} {pictures.note}".strip()
        lists = ways.Lists(
            sentences=self._sentences.near(query.said, among) if query is not None else (),
            classes=self._classes.near(query.seen, among) if query is not None else (),
            words=[key for key, _ in worded if key in allowed],
            pictures=pictures.keys,
        )
        keys = lists.every()
        said = self._sentences.matches(query.said, keys) if query is not None else {}
        seen = self._classes.matches(query.seen, keys) if query is not None else {}
        shown = pictures.matches(keys)
        judged: list[tuple[Hit, float]] = []
        taxonomy = self._taxonomy()
        for asset, values in self._described(keys, viewer):
            support = replace(
                self._supporting.of(asked, asset, values, said, seen), joint=shown.get(asset.key)
            )
            score = certainty(support)
            if sort := band(score, least):
                alike = self._supporting.alike(values, query.seen) if query is not None else ""
                why = reasons(asset, values, asked, support, alike)
                if taxonomy:
                    why = in_language(why, values, taxonomy, asked.reading.language)
                moment = when(asked, values)
                judged.append((Hit(asset, round(score, 4), sort, why, seconds=moment), score))
        # The certainty sorts; reciprocal ranks part what is equally certain.
        ranks = lists.fused()
        judged.sort(key=lambda pair: (-round(pair[1], 3), -ranks.get(pair[0].asset.key, 0.0)))
        return [hit for hit, _ in judged], note

    def _described(
        self, keys: Sequence[int], viewer: Viewer
    ) -> list[tuple[Asset, list[FieldValue]]]:
        with self._catalogue.reading() as records:
            assets = records.assets.by_keys(keys, viewer)
            values: dict[AssetId, list[FieldValue]] = {asset.id: [] for asset in assets}
            for value in records.fields.current(list(values)):
                values[value.asset_id].append(value)
        return [(asset, values[asset.id]) for asset in assets]

    def _embedded(self, asked: Understood) -> tuple[_Query | None, str]:
        """Embed a query as it was asked and in English; what machines see has English names."""
        try:
            own = self._queries.centred(asked.about)
            if not asked.reading.english:
                return _Query(own, own), ""
            english = self._queries.centred(asked.reading.english)
            return _Query(unit(own + english), english), ""
        except Fixable as missing:
            return None, f"Only words were compared, not meanings: {missing}"

    def _badged(
        self, hits: Sequence[Hit], viewer: Viewer, use: Use | None = None
    ) -> tuple[Hit, ...]:
        """Add what the rights say: of the use that was asked about, else of any publication."""
        assets = [hit.asset for hit in hits]
        if not assets:
            return ()
        rights = self._rights
        verdicts = rights.judged(assets, use, viewer) if use else rights.badges(assets, viewer)
        return tuple(replace(hit, verdict=verdicts.get(hit.asset.id)) for hit in hits)

    def _ordinary(self) -> list[Row]:
        return rows(self._embedder.passages(default_bank().passages))


def _more(shown: int, count: int) -> str:
    return f"The first {shown} of {count}." if count > shown else ""
