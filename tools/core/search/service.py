"""Search over everything an asset is."""

from tools.core.people import Viewer
from tools.core.ports import Clock, TextEmbedder, VectorIndex
from tools.core.records import Catalogue
from tools.core.rights.service import Rights
from tools.core.search.answers import SearchAnswer, SearchRequest
from tools.core.search.labels import LabelSpace


class Search:
    """Finds assets by meaning, by words and by likeness, within what the viewer may see."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        embedder: TextEmbedder,
        index: VectorIndex,
        rights: Rights,
        labels: LabelSpace,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue

    def find(self, request: SearchRequest, viewer: Viewer) -> SearchAnswer:
        """Answer a query; hits below the cut-off are left out unless `request.weak`."""
        raise NotImplementedError

    def similar(self, asset_id: str, viewer: Viewer, limit: int = 24) -> SearchAnswer:
        """Find what is like an asset.

        Raises Fixable for an unknown or invisible asset.
        """
        raise NotImplementedError
