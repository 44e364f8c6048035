"""The curation door: the taxonomy, and what machines got wrong."""

from collections.abc import Sequence
from pathlib import Path

from agent.views import (
    CandidateView,
    ConceptView,
    ConformView,
    LabelView,
    ProposalView,
    ReceiptView,
    RejectionView,
    Report,
    TaxonomyView,
    Viewer,
)
from tools.core.conformity import Conformity
from tools.core.curation.rejecting import Rejecting
from tools.core.curation.reviewing import Reviewing
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority
from tools.core.policy import Policy
from tools.core.receipts import Receipt
from tools.core.taxonomy.service import NONE_YET, Standing, Taxonomies


class CurationDoor:
    """Implements app.Curation."""

    def __init__(
        self,
        *,
        taxonomies: Taxonomies,
        rejecting: Rejecting,
        reviewing: Reviewing,
        conformity: Conformity,
        policy: Policy,
    ) -> None:
        self._reviewing = reviewing
        self._conformity = conformity
        self._taxonomies = taxonomies
        self._rejecting = rejecting
        self._policy = policy

    def taxonomy(self, viewer: Viewer, *, proposed: bool = False) -> TaxonomyView:
        """Give the taxonomy in force, or the one that waits."""
        del viewer
        standing = self._taxonomies.standing(proposed=proposed)
        if standing is None:
            raise Fixable("No taxonomy waits to be accepted." if proposed else NONE_YET)
        return _taxonomy(standing)

    def propose_taxonomy(self, path: Path, viewer: Viewer) -> TaxonomyView:
        """Read a taxonomy from a file and keep it until somebody accepts it."""
        return _taxonomy(self._taxonomies.propose(path, viewer))

    def accept_taxonomy(self, viewer: Viewer, report: Report) -> TaxonomyView:
        """Put the proposed taxonomy in force and tag by it."""
        return _taxonomy(self._taxonomies.accept(viewer, report))

    def taxonomy_file(self, ending: str, viewer: Viewer) -> str:
        """Write the taxonomy as the text of a file."""
        del viewer
        return self._taxonomies.exported(ending).decode()

    def candidates(self, viewer: Viewer) -> list[CandidateView]:
        """List words that no concept covers."""
        found = self._taxonomies.candidates(viewer)
        return [CandidateView(one.word, one.origin, one.assets) for one in found]

    def reject(self, asset_id: str, word: str, viewer: Viewer, because: str = "") -> ReceiptView:
        """Deny what a machine said of an asset."""
        self._entitled(viewer)
        return _receipt(self._rejecting.reject(asset_id, word, because, Authority(viewer)))

    def revoke(self, asset_id: str, word: str, viewer: Viewer) -> ReceiptView:
        """Take a rejection back."""
        self._entitled(viewer)
        return _receipt(self._rejecting.revoke(asset_id, word, Authority(viewer)))

    def rejections(self, viewer: Viewer) -> list[RejectionView]:
        """List the rejections that stand."""
        return [
            RejectionView(
                asset=one.asset.id,
                title=one.asset.title,
                word=one.word,
                because=one.because,
                by=one.by,
                at=one.at.isoformat(),
                alike=tuple(asset.id for asset in one.alike),
            )
            for one in self._rejecting.rejections(viewer)
        ]

    def review(
        self, viewer: Viewer, limit: int = 20, *, drafts: bool = False
    ) -> list[ProposalView]:
        """List values that models were too unsure of, or drafts of texts."""
        return [
            ProposalView(
                id=one.id,
                asset=one.asset.id,
                title=one.asset.title,
                field=one.field.value,
                value=one.value,
                confidence=one.confidence,
                by=one.by,
                why=one.why,
            )
            for one in self._reviewing.waiting(viewer, min(max(limit, 1), 500), drafts=drafts)
        ]

    def decide(
        self, proposals: Sequence[str], viewer: Viewer, *, accept: bool, text: str = ""
    ) -> ReceiptView:
        """Accept values as the person's own, or reject them."""
        self._entitled(viewer)
        if accept:
            return _receipt(self._reviewing.accept(proposals, Authority(viewer), text))
        return _receipt(self._reviewing.reject(proposals, Authority(viewer)))

    def conformity(self, viewer: Viewer) -> list[ConformView]:
        """List assets that break the conventions of the house."""
        return [
            ConformView(
                asset=one.asset.id,
                file=one.asset.file_name,
                faults=one.faults,
                name=one.name,
                missing=tuple((lacks.field, lacks.proposal) for lacks in one.missing),
                text=one.line(),
            )
            for one in self._conformity.report(viewer)
        ]

    def _entitled(self, viewer: Viewer) -> None:
        if not self._policy.entitled(viewer, Effect.WRITE):
            raise Refused(f"{viewer.name} may look, but not change what is said of assets.")


def _receipt(receipt: Receipt) -> ReceiptView:
    return ReceiptView(receipt.id, receipt.summary)


def _taxonomy(standing: Standing) -> TaxonomyView:
    kept, taxonomy = standing.kept, standing.taxonomy
    concepts = tuple(
        ConceptView(
            one.id,
            tuple(LabelView(label.language, label.text, label.preferred) for label in one.labels),
            one.broader,
        )
        for one in taxonomy.concepts
    )
    return TaxonomyView(
        id=kept.id,
        file=kept.file,
        state="accepted" if kept.accepted_at else "proposed",
        concepts=concepts,
        language=taxonomy.language,
        notes=kept.notes,
        by=kept.by,
        at=kept.at.isoformat(),
        accepted_by=kept.accepted_by or "",
        accepted_at=kept.accepted_at.isoformat() if kept.accepted_at else "",
    )
