"""Which assets words mean: given ids, a description among them, or a description of anything."""

import re
import unicodedata
from collections.abc import Sequence

from tools.core.assets import Asset, AssetId, Field
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.records import Catalogue
from tools.core.search.answers import Band, SearchRequest
from tools.core.search.service import Search

# Field by how much a word found in it says that this asset is meant.
WEIGHTS = {
    Field.TAG: 0.8,
    Field.LABEL: 0.6,
    Field.OBJECT: 0.7,
    Field.COLOUR: 0.9,
    Field.DESCRIPTION: 0.5,
    Field.CREATOR: 0.5,
    Field.OCR: 0.4,
}
LEAST = 0.25
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "the a an one ones this that these those my our of in on with and picture photo image "
        "video file document asset der die das den dem ein eine bild foto datei le la les un une "
        "el los las una o os as um uma il lo gli de het een",
    )
)


class Ambiguous(Fixable):
    """Several assets could be meant; `candidates` are shown with the question."""

    def __init__(self, text: str, candidates: Sequence[AssetId]) -> None:
        super().__init__(text)
        self.candidates = tuple(candidates)


class Referring:
    """Finds the assets that a request means, and asks rather than guesses."""

    def __init__(self, *, catalogue: Catalogue, search: Search) -> None:
        self._catalogue = catalogue
        self._search = search

    def assets(
        self, asset_ids: Sequence[str] | None, query: str | None, viewer: Viewer
    ) -> list[AssetId]:
        """Give the ids that are meant; several names in words stand apart by semicolons.

        Raises Fixable when nothing is named or nothing fits, Ambiguous when several things fit.
        """
        words = (query or "").strip()
        if asset_ids:
            found = self._known(asset_ids, viewer)
            if not words:
                return [asset.id for asset in found]
            chosen = self._among(found, words)
            return [chosen.id if chosen else self._anywhere(words, viewer)]
        if not words:
            raise Fixable("Which asset? Name it, or search first and say which one you mean.")
        names = [name for part in words.split(";") if (name := part.strip())]
        return list(dict.fromkeys(self._anywhere(name, viewer) for name in names or [words]))

    def asset(
        self, asset_id: str | None, query: str | None, viewer: Viewer, among: Sequence[str] = ()
    ) -> AssetId:
        """Give the one id that is meant, looking at `among` first when only words are given."""
        if asset_id:
            return self._known([asset_id], viewer)[0].id
        if query and among:
            return self.assets(among, query, viewer)[0]
        return self.assets(None, query, viewer)[0]

    def _known(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        wanted = list(dict.fromkeys(asset_ids))
        with self._catalogue.reading() as records:
            found = records.assets.many(wanted, viewer)
        missing = [name for name in wanted if name not in {asset.id for asset in found}]
        if missing:
            raise Fixable(
                f"No asset '{missing[0][:60]}'. Search first, then use an id from the results."
            )
        return found

    def _among(self, assets: Sequence[Asset], words: str) -> Asset | None:
        """Give the one that the words fit best, or None when they fit none of them."""
        terms = _terms(words)
        scored = self._scores(assets, terms)
        best = max(scored.values(), default=0.0)
        if best < LEAST:
            return None
        leaders = [asset for asset in assets if scored[asset.id] >= best * 0.95]
        if len(leaders) > 1:
            raise Ambiguous(
                f"Which one do you mean by '{words[:60]}'?", [asset.id for asset in leaders]
            )
        return leaders[0]

    def _scores(self, assets: Sequence[Asset], terms: Sequence[str]) -> dict[AssetId, float]:
        with self._catalogue.reading() as records:
            values = records.fields.current([asset.id for asset in assets])
        scores = dict.fromkeys((asset.id for asset in assets), 0.0)
        for term in terms:
            best = {
                a.id: float(term in _words(f"{a.title} {a.file_name} {a.media_type}"))
                for a in assets
            }
            for value in values:
                weight = WEIGHTS.get(value.field, 0.0) * value.confidence
                if weight and term in _words(value.value):
                    best[value.asset_id] = max(best[value.asset_id], weight)
            for asset_id, score in best.items():
                scores[asset_id] += score
        return scores

    def _anywhere(self, words: str, viewer: Viewer) -> AssetId:
        answer = self._search.find(SearchRequest(words, limit=6), viewer)
        strong = [hit for hit in answer.hits if hit.band is Band.STRONG]
        terms = set(_terms(words))
        named = [
            hit.asset
            for hit in strong
            if terms and terms <= _words(f"{hit.asset.title} {hit.asset.file_name}")
        ]
        candidates = named or [hit.asset for hit in strong]
        if not candidates:
            raise Fixable(
                f"Nothing here is called or shows '{words[:60]}'. Search with other words."
            )
        # A rendition or translation bears its parent's name; the parent is what the name means.
        family = {asset.id for asset in candidates}
        roots = [asset for asset in candidates if asset.parent_id not in family]
        if len(roots) > 1:
            raise Ambiguous(f"Which one do you mean by '{words[:60]}'?", [a.id for a in roots])
        return roots[0].id


def _terms(text: str) -> list[str]:
    found = [word for word in _split(text) if word not in _FILLERS]
    return list(dict.fromkeys(_stem(word) for word in found))


def _words(text: str) -> set[str]:
    return {_stem(word) for word in _split(text)}


def _split(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", plain)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
