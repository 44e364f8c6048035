"""App: the one boundary that every front door calls."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from agent.events import Event, Turn
from agent.views import (
    AssetCard,
    AssetView,
    AuditLine,
    CandidateView,
    ChainView,
    Check,
    ConformView,
    DuplicatesView,
    ExampleView,
    FileOutcomeView,
    FileView,
    ForgottenView,
    JobView,
    ModelView,
    PageView,
    PlanView,
    ProposalView,
    Readiness,
    ReceiptView,
    RejectionView,
    Report,
    SearchView,
    SwitchView,
    TaxonomyView,
    ThreadView,
    UsageView,
    Viewer,
)


class Conversation(Protocol):
    """Talks; threads belong to the person who began them."""

    def ask(
        self,
        text: str,
        viewer: Viewer,
        thread: str | None = None,
        selection: Sequence[str] = (),
        uploads: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Answer a request: Started first, Finished last; closing the iterator stops the turn.

        `selection` and `uploads` are asset ids that "these" and "the one I uploaded" mean. The
        texts `approve ID`, `reject ID` and `/tool key=value` are carried out without any model.
        """
        ...

    def run(
        self, tool: str, arguments: Mapping[str, object], viewer: Viewer, thread: str | None = None
    ) -> Iterator[Event]:
        """Call one tool through the same gate, without any model."""
        ...

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        """List the person's conversations, newest first."""
        ...

    def turns(self, thread: str, viewer: Viewer, after: int = 0) -> list[Turn]:
        """List what the conversation showed, also what plans added to it later.

        Raises Fixable for a thread that is not the person's.
        """
        ...


class Library(Protocol):
    """Finds, shows, takes in and forgets assets."""

    def search(
        self,
        query: str,
        viewer: Viewer,
        media_type: str | None = None,
        limit: int = 24,
        *,
        weak: bool = False,
        without: Sequence[str] = (),
    ) -> SearchView:
        """Find assets; `without` names filters of the query that are not to be applied."""
        ...

    def like(
        self,
        example: ExampleView,
        viewer: Viewer,
        media_type: str | None = None,
        *,
        limit: int = 24,
        weak: bool = False,
    ) -> SearchView:
        """Find what is like an example; Fixable when there is none or it has no such part."""
        ...

    def duplicates(self, viewer: Viewer) -> DuplicatesView:
        """Tell what is there more than once and propose what to keep; nothing is deleted."""
        ...

    def browse(
        self,
        viewer: Viewer,
        filters: Mapping[str, str] | None = None,
        limit: int = 60,
        offset: int = 0,
    ) -> PageView:
        """List assets, newest first; filters: media_type, orientation, tag, collection, state."""
        ...

    def asset(self, asset_id: str, viewer: Viewer) -> AssetView:
        """Tell everything about an asset; Fixable when there is none that the viewer may see."""
        ...

    def cards(self, asset_ids: Sequence[str], viewer: Viewer) -> list[AssetCard]:
        """Give cards for the ids that exist and that the viewer may see, in order."""
        ...

    def thumbnail(self, asset_id: str, viewer: Viewer, side: int = 480, page: int = 1) -> bytes:
        """Give a WebP thumbnail, of a document's page; Fixable when there is no such asset."""
        ...

    def file(
        self, asset_id: str, viewer: Viewer, version: int | None = None
    ) -> AbstractContextManager[FileView]:
        """Lend the file of an asset for reading."""
        ...

    def ingest(
        self, paths: Sequence[Path], viewer: Viewer, *, in_place: bool = False, own_work: str = ""
    ) -> Iterator[FileOutcomeView]:
        """Take files in, one outcome per file as it is done."""
        ...

    def upload(self, name: str, content: Path, viewer: Viewer) -> FileOutcomeView:
        """Take one uploaded file in under a name."""
        ...

    def forget(self, paths_or_ids: Sequence[str], viewer: Viewer) -> ForgottenView:
        """Remove every trace of assets from the library; files in place stay where they are."""
        ...

    def reindex(self, viewer: Viewer, report: Report, *, anew: bool = False) -> int:
        """Rebuild search text, vectors and thumbnails; gives the number of assets.

        `anew` looks at every file again with the models of today.
        """
        ...


class Approvals(Protocol):
    """Plans that wait for a person."""

    def pending(self, viewer: Viewer) -> list[PlanView]:
        """List the plans that wait and that the viewer asked for or may decide."""
        ...

    def get(self, approval: str, viewer: Viewer) -> PlanView:
        """Give a plan; Fixable when there is none."""
        ...

    def approve(self, approval: str, viewer: Viewer) -> Iterator[Event]:
        """Approve and carry out: Started, what happened, Finished."""
        ...

    def reject(self, approval: str, viewer: Viewer, because: str = "") -> Iterator[Event]:
        """Reject: nothing happens."""
        ...


class Curation(Protocol):
    """Keeps the words of the library in order: its taxonomy, and what machines got wrong."""

    def taxonomy(self, viewer: Viewer, *, proposed: bool = False) -> TaxonomyView:
        """Give the taxonomy in force, or the one that waits; Fixable when there is none."""
        ...

    def propose_taxonomy(self, path: Path, viewer: Viewer) -> TaxonomyView:
        """Read a taxonomy from a file and keep it until somebody accepts it."""
        ...

    def accept_taxonomy(self, viewer: Viewer, report: Report) -> TaxonomyView:
        """Put the proposed taxonomy in force in this person's name and tag by it."""
        ...

    def taxonomy_file(self, ending: str, viewer: Viewer) -> str:
        """Write the taxonomy as the text of a file with an ending like `.ttl`."""
        ...

    def candidates(self, viewer: Viewer) -> list[CandidateView]:
        """List words that assets have and no concept covers, the commonest first."""
        ...

    def reject(self, asset_id: str, word: str, viewer: Viewer, because: str = "") -> ReceiptView:
        """Deny what a machine said of an asset, there and on what looks nearly the same."""
        ...

    def revoke(self, asset_id: str, word: str, viewer: Viewer) -> ReceiptView:
        """Take a rejection back."""
        ...

    def rejections(self, viewer: Viewer) -> list[RejectionView]:
        """List the rejections that stand, the newest first."""
        ...

    def review(
        self, viewer: Viewer, limit: int = 20, *, drafts: bool = False
    ) -> list[ProposalView]:
        """List values that models were too unsure of, or drafts of texts, newest assets first."""
        ...

    def decide(
        self, proposals: Sequence[str], viewer: Viewer, *, accept: bool, text: str = ""
    ) -> ReceiptView:
        """Accept values as the person's own, with `text` in place of one, or reject them."""
        ...

    def conformity(self, viewer: Viewer) -> list[ConformView]:
        """List assets that break the conventions of the house; nothing is renamed by it."""
        ...


class Jobs(Protocol):
    """Long work."""

    def recent(self, viewer: Viewer, limit: int = 20) -> list[JobView]:
        """List jobs, newest first."""
        ...

    def cancel(self, job_id: str, viewer: Viewer) -> None:
        """Stop a job before its next step."""
        ...

    def resume(self, job_id: str, viewer: Viewer) -> None:
        """Go on with a cancelled or failed job."""
        ...


class Admin(Protocol):
    """The system about itself."""

    def person(self, name: str | None = None) -> Viewer:
        """Give the local owner, or the local owner acting as the named user of the users file.

        Raises Fixable, naming the users, for an unknown name.
        """
        ...

    def audit(
        self, viewer: Viewer, asset_id: str | None = None, limit: int = 200
    ) -> list[AuditLine]:
        """List what happened, oldest first."""
        ...

    def verify(self) -> ChainView:
        """Check the audit chain."""
        ...

    def usage(self, viewer: Viewer, days: int = 7, *, everybody: bool = False) -> list[UsageView]:
        """List what chat models used, by day and model; of everybody for admins only."""
        ...

    def doctor(self) -> list[Check]:
        """Say what is installed, configured and reachable, and how to fix what is not."""
        ...

    def models(self) -> list[ModelView]:
        """List model files."""
        ...

    def fetch_models(self, names: Sequence[str], report: Report) -> None:
        """Fetch and verify model files; all that are missing when no name is given."""
        ...

    def switch_model(
        self, model: str, viewer: Viewer, report: Report, *, anyway: bool = False
    ) -> SwitchView:
        """Change the hub's model of pictures, `none` for none, and compare it with the one before.

        What is in use answers until the end; who stops listening stops nothing. With `anyway` it
        takes over however it compares. Raises Fixable, Refused for all but librarians and admins.
        """
        ...

    def load_samples(self, viewer: Viewer) -> Iterator[FileOutcomeView]:
        """Take in the sample library with its titles, credits and rights; again is harmless."""
        ...

    def readiness(self) -> list[Readiness]:
        """Say what is ready, loading or missing (search, brain, ...), for status lights."""
        ...


class App:
    """The application as its front doors see it."""

    def __init__(
        self,
        conversation: Conversation,
        library: Library,
        approvals: Approvals,
        curation: Curation,
        jobs: Jobs,
        admin: Admin,
    ) -> None:
        self.conversation = conversation
        self.library = library
        self.approvals = approvals
        self.curation = curation
        self.jobs = jobs
        self.admin = admin
