"""The filters of a search from its words to the catalogue, and the account of an empty answer."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from tools.core.assets import Asset, FieldValue
from tools.core.criteria import Keyed, Shows, Trait
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Catalogue
from tools.core.rights.service import Rights
from tools.core.rights.uses import Use
from tools.core.search.answers import Band, Hit, SearchAnswer, SearchRequest
from tools.core.search.filters.reading import Clause, Reading, read_filters
from tools.core.search.filters.relaxing import Count, explain, told
from tools.core.search.filters.resolving import EVERY_STATE, Resolver
from tools.core.search.query import LONGEST_QUERY, Understood, default_vocabulary
from tools.core.search.wording import says
from tools.core.taxonomy.concepts import Taxonomy

Hits = Callable[[Understood, AssetFilter, Viewer], tuple[list[Hit], str]]
Described = Callable[[Sequence[int], Viewer], list[tuple[Asset, list[FieldValue]]]]


class Filtering:
    """Reads, applies and explains filters for one search."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        rights: Rights,
        understood: Callable[[str], Understood],
        hits: Hits,
        described: Described,
        taxonomy: Callable[[], Taxonomy | None] = lambda: None,
    ) -> None:
        self._taxonomy = taxonomy
        self._catalogue = catalogue
        self._rights = rights
        self._understood = understood
        self._hits = hits
        self._described = described
        self._resolver = Resolver(
            catalogue=catalogue, rights=rights, shown=self._shown, within=self._within
        )

    def read(self, query: str, viewer: Viewer) -> Reading:
        """Read the filters of a query, by the names that the viewer may know."""

        def names(trait: Trait, texts: Sequence[str]) -> Collection[str]:
            with self._catalogue.reading() as records:
                known = records.assets.known_names(trait, texts, viewer)
            taxonomy = self._taxonomy() if trait is Trait.TAG else None
            return known | {text for text in texts if taxonomy and taxonomy.called(text)}

        now = self._rights.now()
        return read_filters(query[:LONGEST_QUERY], now, default_vocabulary(), names)

    def criteria(
        self, clauses: Sequence[Clause], request: SearchRequest, viewer: Viewer
    ) -> AssetFilter:
        """Give what the catalogue has to apply."""
        base = AssetFilter(parent_id=request.parent_id, ids=request.among)
        return self._resolver.resolved([one.criterion for one in clauses], base, viewer)

    def use_of(self, clauses: Sequence[Clause]) -> Use | None:
        """Give the use that a filter on rights is about, None where there is none."""
        return self._resolver.use_of([clause.criterion for clause in clauses])

    def explained(
        self, asked: Understood, clauses: Sequence[Clause], request: SearchRequest, viewer: Viewer
    ) -> SearchAnswer:
        """Say of an empty answer which filter emptied it, and what taking some away would bring."""
        empty = explain(clauses, self._counting(asked, request, viewer))
        labels = tuple(clause.label for clause in clauses)
        return SearchAnswer((), 0, told(empty, clauses, asked.about), labels, empty.relaxations)

    def _counting(self, asked: Understood, request: SearchRequest, viewer: Viewer) -> Count:
        """Count the hits under some of the filters; what the words find is looked for once."""
        found: set[int] | None = None
        if asked.about:
            every = replace(self.criteria([], request, viewer), states=EVERY_STATE)
            hits, _ = self._hits(asked, every, viewer)
            found = {hit.asset.key for hit in hits if hit.band is Band.STRONG}

        def count(clauses: Sequence[Clause]) -> int:
            criteria = self.criteria(clauses, request, viewer)
            with self._catalogue.reading() as records:
                if found is None:
                    return records.assets.count(criteria, viewer)
                return len(found.intersection(records.assets.keys(criteria, viewer)))

        return count

    def _within(self, tags: Sequence[str]) -> tuple[str, ...]:
        """Give tags with those of narrower concepts."""
        taxonomy = self._taxonomy()
        every = (taxonomy.tags_within(tag) if taxonomy else (tag,) for tag in tags)
        return tuple(dict.fromkeys(one for some in every for one in some))

    def _shown(self, shows: Shows, keys: Sequence[int], viewer: Viewer) -> list[int]:
        """Give the keys of what surely shows something, but for those that say otherwise."""
        asked = self._understood(shows.words)
        if not asked.about:
            return []
        among = AssetFilter(states=EVERY_STATE, where=Keyed(tuple(keys)))
        hits, _ = self._hits(asked, among, viewer)
        strong = [hit.asset.key for hit in hits if hit.band is Band.STRONG]
        if not shows.unless:
            return strong
        known = self._described(strong, viewer)
        return [asset.key for asset, values in known if not says(asset, values, shows.unless)]


def unread(query: str) -> str:
    """Say what of a query was not looked for."""
    if len(query) > LONGEST_QUERY:
        return f"Only the first {LONGEST_QUERY} characters were read."
    words = any(letter.isalnum() for letter in query)
    return "There are no words in that to look for." if query.strip() and not words else ""
