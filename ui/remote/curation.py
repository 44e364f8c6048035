"""The taxonomy and rejections of a running server."""

from collections.abc import Sequence
from pathlib import Path

from agent.views import (
    CandidateView,
    ConformView,
    ProposalView,
    ReceiptView,
    RejectionView,
    Report,
    TaxonomyView,
    Viewer,
    read,
)
from ui.remote.library import reported
from ui.remote.wire import Wire, place


class RemoteCuration:
    """Implements app.Curation over the API; the server reads the same disk."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def taxonomy(self, viewer: Viewer, *, proposed: bool = False) -> TaxonomyView:
        """Give the taxonomy in force, or the one that waits."""
        return read(TaxonomyView, self._wire.get("taxonomy", viewer, {"proposed": proposed}))

    def propose_taxonomy(self, path: Path, viewer: Viewer) -> TaxonomyView:
        """Read a taxonomy from a file; the server goes by whole paths."""
        document = {"path": str(path.absolute())}
        return read(TaxonomyView, self._wire.post("taxonomy", viewer, document))

    def accept_taxonomy(self, viewer: Viewer, report: Report) -> TaxonomyView:
        """Put the proposed taxonomy in force and tag by it."""
        return read(TaxonomyView, reported(self._wire, "taxonomy/accept", viewer, {}, report))

    def taxonomy_file(self, ending: str, viewer: Viewer) -> str:
        """Write the taxonomy as the text of a file."""
        found = self._wire.get("taxonomy/file", viewer, {"ending": ending})
        return str(found["text"])

    def candidates(self, viewer: Viewer) -> list[CandidateView]:
        """List words that no concept covers."""
        return read(list[CandidateView], self._wire.get("taxonomy/candidates", viewer))

    def reject(self, asset_id: str, word: str, viewer: Viewer, because: str = "") -> ReceiptView:
        """Deny what a machine said of an asset."""
        where, document = place("assets", asset_id, "reject"), {"word": word, "because": because}
        return read(ReceiptView, self._wire.post(where, viewer, document))

    def revoke(self, asset_id: str, word: str, viewer: Viewer) -> ReceiptView:
        """Take a rejection back."""
        where = place("assets", asset_id, "revoke")
        return read(ReceiptView, self._wire.post(where, viewer, {"word": word}))

    def rejections(self, viewer: Viewer) -> list[RejectionView]:
        """List the rejections that stand."""
        return read(list[RejectionView], self._wire.get("rejections", viewer))

    def review(
        self, viewer: Viewer, limit: int = 20, *, drafts: bool = False
    ) -> list[ProposalView]:
        """List values that models were too unsure of, or drafts of texts."""
        query = {"limit": limit, "drafts": drafts}
        return read(list[ProposalView], self._wire.get("review", viewer, query))

    def decide(
        self, proposals: Sequence[str], viewer: Viewer, *, accept: bool, text: str = ""
    ) -> ReceiptView:
        """Accept or reject values."""
        document = {"proposals": list(proposals), "accept": accept, "text": text}
        return read(ReceiptView, self._wire.post("review", viewer, document))

    def conformity(self, viewer: Viewer) -> list[ConformView]:
        """List assets that break the conventions of the house."""
        return read(list[ConformView], self._wire.get("conformity", viewer))
