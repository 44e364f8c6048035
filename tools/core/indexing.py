"""Keeping search in step with the catalogue: words inside the transaction, vectors after it."""

from collections.abc import Sequence

from tools.core.assets import Asset, AssetId, AssetState, Field, FieldValue
from tools.core.ingest.evidence import Evidence
from tools.core.joint.placing import Placing
from tools.core.joint.shelf import JointShelf
from tools.core.people import Viewer
from tools.core.ports import TextEmbedder, VectorIndex
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.search.labels import LabelSpace
from tools.core.search.sentence import search_text, sentence
from tools.core.search.visual import Look, VisualSpace

# The index holds everything; who may see what is decided when it is read.
EVERYONE = Viewer("system", "dalm", local_owner=True)
CHUNK = 50


class Indexing:
    """Writes what search reads of an asset."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        embedder: TextEmbedder,
        index: VectorIndex,
        labels: LabelSpace,
        visual: VisualSpace,
        joint: JointShelf | None = None,
        placing: Placing | None = None,
    ) -> None:
        self._joint = joint
        self._placing = placing
        self._catalogue = catalogue
        self._embedder = embedder
        self._index = index
        self._labels = labels
        self._visual = visual

    def words(self, records: Records, asset_ids: Sequence[AssetId]) -> None:
        """Write the full text of assets inside a transaction."""
        for asset, values in _with_values(records, asset_ids):
            records.text.put(asset.key, search_text(asset, values, self.kinds(values)))

    def vectors(self, asset_ids: Sequence[AssetId]) -> None:
        """Place assets in the vector spaces, after their rows are kept."""
        if not asset_ids:
            return
        with self._catalogue.reading() as records:
            found = _with_values(records, asset_ids)
        if not found:
            return
        keys = [asset.key for asset, _ in found]
        texts = [sentence(asset, values, self.kinds(values)) for asset, values in found]
        self._index.put(keys, self._embedder.passages(texts))
        seen = {asset.key: evidence_of(values) for asset, values in found}
        self._labels.put({key: evidence for key, evidence in seen.items() if evidence})
        if self._placing:
            self._placing.keep_up([asset for asset, _ in found])

    def looks(self, asset_id: AssetId, looks: Sequence[Look]) -> None:
        """Place how an asset looks now; nothing takes away what it looked like before."""
        with self._catalogue.reading() as records:
            assets = records.assets.many([asset_id], EVERYONE)
        for asset in assets:
            self._visual.put(asset.key, looks)

    def reindex_one(self, asset_id: AssetId) -> None:
        """Write words and vectors of one asset again."""
        with self._catalogue.writing() as records:
            self.words(records, [asset_id])
        self.vectors([asset_id])

    def without_vector(self, keys: Sequence[int]) -> list[int]:
        """Give the keys that have no vector yet."""
        known = set(self._index.keys())
        return [key for key in keys if key not in known]

    def complete_words(self) -> None:
        """Write the full text of what has none as it is kept today."""
        with self._catalogue.writing() as records:
            known = set(records.text.keys())
            every = AssetFilter(states=tuple(AssetState))
            keys = [key for key in records.assets.keys(every, EVERYONE) if key not in known]
            for start in range(0, len(keys), CHUNK):
                assets = records.assets.by_keys(keys[start : start + CHUNK], EVERYONE)
                self.words(records, [asset.id for asset in assets])

    def without_classes(self, keys: Sequence[int]) -> list[int]:
        """Give the keys of pictures that the label model has not seen yet."""
        known = set(self._labels.keys())
        return [key for key in keys if key not in known]

    def without_looks(self, keys: Sequence[int]) -> list[int]:
        """Give the keys of pictures of which it is not known how they look."""
        known = set(self._visual.keys())
        return [key for key in keys if key not in known]

    def forget_vectors(self, keys: Sequence[int]) -> None:
        """Forget the vectors of these keys in every space."""
        self._index.drop(keys)
        self._labels.drop(keys)
        self._visual.drop(keys)
        if self._joint:
            self._joint.drop(keys)

    def strays(self, keys: Sequence[int]) -> list[int]:
        """Give the keys that have a vector but are none of these."""
        found = {*self._index.keys(), *self._labels.keys(), *self._visual.keys()}
        found |= self._joint.keys() if self._joint else set()
        return sorted(found - set(keys))

    def clear(self) -> None:
        """Forget every vector."""
        self._index.clear()
        self._labels.clear()
        self._visual.clear()
        if self._joint:
            self._joint.clear()

    def kinds(self, values: Sequence[FieldValue]) -> tuple[str, ...]:
        """Name the kinds of things that an asset's evidence surely shows."""
        evidence = evidence_of(values)
        return self._labels.kinds_of(evidence) if evidence else ()


def evidence_of(values: Sequence[FieldValue]) -> Evidence | None:
    """Read the evidence among an asset's values, or None when no model has looked at it."""
    found = [value.value for value in values if value.field is Field.EVIDENCE]
    return Evidence.from_json(found[-1]) if found else None


def _with_values(
    records: Records, asset_ids: Sequence[AssetId]
) -> list[tuple[Asset, list[FieldValue]]]:
    assets = records.assets.many(list(dict.fromkeys(asset_ids)), EVERYONE)
    values: dict[AssetId, list[FieldValue]] = {asset.id: [] for asset in assets}
    for value in records.fields.current(list(values)):
        values[value.asset_id].append(value)
    return [(asset, values[asset.id]) for asset in assets]
