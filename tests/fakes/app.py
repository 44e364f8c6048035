"""An application of pictures and scripted turns, for the tests of front doors."""

import itertools
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from agent.app import App
from agent.events import Error, Event, Finished, Progress, RefusedCall, Started, Text, Turn, as_json
from agent.events import from_json as event_from_json
from agent.views import (
    AuditLine,
    CandidateView,
    ChainView,
    Check,
    ConceptView,
    ConformView,
    Fixable,
    JobView,
    LabelView,
    ModelView,
    PlanView,
    ProposalView,
    Readiness,
    ReceiptView,
    RejectionView,
    Report,
    Role,
    SwitchView,
    TaxonomyView,
    ThreadView,
    UsageView,
    Viewer,
)
from tests.fakes.app_library import FakeLibrary
from tests.fakes.app_script import FakeApprovals, Script

OWNER = Viewer("owner", "Sam Rivera", frozenset({Role.ADMIN}), local_owner=True)
PEOPLE = {
    "ines": Viewer("ines", "Ines Vidal", frozenset({Role.PUBLISHER})),
    "tom": Viewer("tom", "Tom Okafor", frozenset({Role.CONTRIBUTOR})),
}


class FakeConversation:
    """Implements app.Conversation with scripted turns."""

    def __init__(self, script: Script, latency: float) -> None:
        self.script = script
        self.latency = latency
        self.asked: list[dict[str, object]] = []
        self.stopped = 0
        self.log: dict[str, tuple[str, list[dict[str, object]]]] = {}
        self._numbers = itertools.count(1)
        self._guard = threading.Lock()

    def ask(
        self,
        text: str,
        viewer: Viewer,
        thread: str | None = None,
        selection: Sequence[str] = (),
        uploads: Sequence[str] = (),
    ) -> Iterator[Event]:
        thread = self._own(thread, viewer)
        self.asked.append(
            {"text": text, "selection": list(selection), "uploads": list(uploads), "by": viewer.id}
        )
        answer = self.script.answer(text, viewer, thread, selection, uploads)
        yield from self._logged(thread, text, viewer, answer)

    def run(
        self, tool: str, arguments: Mapping[str, object], viewer: Viewer, thread: str | None = None
    ) -> Iterator[Event]:
        thread = self._own(thread, viewer)
        words = f"/{tool} " + " ".join(f'{k}="{v}"' for k, v in arguments.items())
        answer = self.script.call(tool, arguments, viewer, thread)
        yield from self._logged(thread, words, viewer, answer)

    def threads(self, viewer: Viewer) -> list[ThreadView]:
        mine = [(name, rows) for name, (owner, rows) in self.log.items() if owner == viewer.id]
        return [ThreadView(name, _title(rows)) for name, rows in reversed(mine)]

    def turns(self, thread: str, viewer: Viewer, after: int = 0) -> list[Turn]:
        owner, rows = self.log.get(thread, ("", []))
        if owner != viewer.id:
            raise Fixable("There is no such conversation of yours. Begin a new one.")
        shown = ((int(str(row["number"])), event_from_json(row)) for row in rows)
        return [Turn(n, self.script.fresh(e, viewer)) for n, e in shown if e and n > after]

    def told(self, thread: str | None, events: Sequence[Event]) -> None:
        """Add to a conversation what a plan came to."""
        if thread in self.log:
            for event in events:
                self._keep(thread, event)

    def _logged(
        self, thread: str, text: str, viewer: Viewer, events: Iterator[Event]
    ) -> Iterator[Event]:
        shown: list[Event] = [Started(thread, text, viewer.name)]
        yield shown[0]
        try:
            for event in events:
                shown.append(event)
                yield event
                if isinstance(event, Text | Progress):
                    time.sleep(self.latency)
        except GeneratorExit:
            self.stopped += 1
            shown.append(Text("\n\n(stopped)"))
            raise
        except RuntimeError as error:
            shown.append(Error(f"Something went wrong here. Error {error}.", str(error)))
            yield shown[-1]
        finally:
            for event in _joined([*shown, Finished(thread)]):
                self._keep(thread, event)
        yield Finished(thread)

    def _keep(self, thread: str, event: Event) -> None:
        if not isinstance(event, Progress):
            self.log[thread][1].append({**as_json(event), "number": next(self._numbers)})

    def _own(self, thread: str | None, viewer: Viewer) -> str:
        with self._guard:
            thread = thread or f"t-{len(self.log) + 1:04x}"
            owner, _ = self.log.setdefault(thread, (viewer.id, []))
        if owner != viewer.id:
            raise Fixable("There is no such conversation of yours. Begin a new one.")
        return thread


class FakeDecisions:
    """Implements app.Approvals; what a plan comes to is told to its conversation."""

    def __init__(self, approvals: FakeApprovals, conversation: FakeConversation) -> None:
        self._approvals = approvals
        self._conversation = conversation

    def pending(self, viewer: Viewer) -> list[PlanView]:
        return [p for p in self._approvals.seen(viewer) if p.state == "pending"]

    def get(self, approval: str, viewer: Viewer) -> PlanView:
        return self._approvals.get(approval, viewer)

    def approve(self, approval: str, viewer: Viewer) -> Iterator[Event]:
        yield from self._decide(approval, viewer, True, "")

    def reject(self, approval: str, viewer: Viewer, because: str = "") -> Iterator[Event]:
        yield from self._decide(approval, viewer, False, because)

    def _decide(
        self, approval: str, viewer: Viewer, approved: bool, because: str
    ) -> Iterator[Event]:
        yield Started("", f"{'approve' if approved else 'reject'} {approval}")
        events = self._approvals.decide(approval, viewer, approved, because)
        if not any(isinstance(event, RefusedCall) for event in events):
            if approved:
                yield Progress(f"Approved by {viewer.name}; carrying it out")
                time.sleep(self._conversation.latency * 5)
            self._conversation.told(self._approvals.thread_of(approval), events)
        yield from events
        yield Finished("")


class FakeCuration:
    """Implements app.Curation over one concept."""

    def __init__(self) -> None:
        self.state = ""
        self.path = Path()
        self.rejected: list[RejectionView] = []

    def taxonomy(self, viewer: Viewer, *, proposed: bool = False) -> TaxonomyView:
        if self.state != ("proposed" if proposed else "accepted"):
            raise Fixable("No taxonomy waits to be accepted.")
        labels = (LabelView("en", "Dog", True), LabelView("ja", "犬", True))
        concepts = (ConceptView("urn:dog", labels, ("urn:animal",)),)
        return TaxonomyView(
            "x-1", self.path.name, self.state, concepts, "en", ("a note",), viewer.id, ""
        )

    def propose_taxonomy(self, path: Path, viewer: Viewer) -> TaxonomyView:
        self.state, self.path = "proposed", path
        return self.taxonomy(viewer, proposed=True)

    def accept_taxonomy(self, viewer: Viewer, report: Report) -> TaxonomyView:
        report(1, 2, "tagging")
        self.taxonomy(viewer, proposed=True)
        self.state = "accepted"
        return self.taxonomy(viewer)

    def taxonomy_file(self, ending: str, viewer: Viewer) -> str:
        if ending != ".ttl":
            raise Fixable(f"A taxonomy is not written as {ending}.")
        return "<urn:dog> a <urn:x> . # 犬"

    def candidates(self, viewer: Viewer) -> list[CandidateView]:
        return [CandidateView("broccoli", "model", 2)]

    def reject(self, asset_id: str, word: str, viewer: Viewer, because: str = "") -> ReceiptView:
        if word != "dog":
            raise Fixable(f"No machine says '{word}' of it.")
        at, alike = "2026-11-24T12:00:00+00:00", ("a2",)
        view = RejectionView(asset_id, "Cat", word, because, viewer.id, at, alike)
        self.rejected.append(view)
        return ReceiptView("receipt-9", "Rejected 'dog' on 'Cat'.")

    def revoke(self, asset_id: str, word: str, viewer: Viewer) -> ReceiptView:
        kept = [one for one in self.rejected if (one.asset, one.word) != (asset_id, word)]
        if len(kept) == len(self.rejected):
            raise Fixable(f"'{word}' is not rejected.")
        self.rejected = kept
        return ReceiptView("receipt-10", "'dog' may be said of 'Cat' again.")

    def rejections(self, viewer: Viewer) -> list[RejectionView]:
        return list(self.rejected)

    def review(
        self, viewer: Viewer, limit: int = 20, *, drafts: bool = False
    ) -> list[ProposalView]:
        if drafts:
            text = "Image of cat."
            return [ProposalView("a1-9", "a1", "Cat", "alt_text", text, 0.8, "wording 1", "cat")]
        rows = [("a1-1", "fox", 0.21), ("a1-2", "wolf", 0.18), ("a2-1", "cup", 0.4)]
        return [
            ProposalView(
                name, name[:2], "Cat", "label", value, sure, "labels 1", "second likeliest"
            )
            for name, value, sure in rows
        ][:limit]

    def conformity(self, viewer: Viewer) -> list[ConformView]:
        missing = (("creator", "Ada"), ("copyright", ""))
        text = "Its name says nothing; 'cat.png' would do. It lacks creator, copyright."
        return [ConformView("a1", "IMG_1.png", ("says nothing",), "cat.png", missing, text)]

    def decide(
        self, proposals: Sequence[str], viewer: Viewer, *, accept: bool, text: str = ""
    ) -> ReceiptView:
        if not proposals:
            raise Fixable("Which ones?")
        verb = "Accepted" if accept else "Rejected"
        return ReceiptView("receipt-11", f"{verb} {', '.join(proposals)} {text}".strip())


class FakeJobs:
    """Implements app.Jobs with nothing to do."""

    def recent(self, viewer: Viewer, limit: int = 20) -> list[JobView]:
        return [JobView("job-1", "ingest", "done", 31, 31, "31 files")][:limit]

    def cancel(self, job_id: str, viewer: Viewer) -> None:
        raise Fixable(f"There is no job '{job_id}'.")

    def resume(self, job_id: str, viewer: Viewer) -> None:
        raise Fixable(f"There is no job '{job_id}'.")


class FakeAdmin:
    """Implements app.Admin; the brain is ready after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks
        self._seen = 0

    def person(self, name: str | None = None) -> Viewer:
        if name is None:
            return OWNER
        if name not in PEOPLE:
            raise Fixable(f"No user '{name}'. Known: {', '.join(PEOPLE)}.")
        return PEOPLE[name]

    def audit(
        self, viewer: Viewer, asset_id: str | None = None, limit: int = 200
    ) -> list[AuditLine]:
        return [AuditLine(1, "2026-11-24T12:00:00+00:00", viewer.name, "ingested", asset_id or "")]

    def verify(self) -> ChainView:
        return ChainView(1, True)

    def usage(self, viewer: Viewer, days: int = 7, *, everybody: bool = False) -> list[UsageView]:
        people = ["ana", viewer.name] if everybody else [viewer.name]
        return [
            UsageView("2026-11-24", who, "models.example", "m", days, 11, 5, 3, None, "USD")
            for who in people
        ]

    def doctor(self) -> list[Check]:
        return [Check("Python", "ok", "3.11"), Check("exiftool", "missing", "", "install it")]

    def models(self) -> list[ModelView]:
        return [ModelView("brain-1.5b", "chat", 1_100_000_000, "Apache-2.0", "package", "ready")]

    def fetch_models(self, names: Sequence[str], report: Report) -> None:
        report(1, 1, "nothing to fetch")

    def switch_model(
        self, model: str, viewer: Viewer, report: Report, *, anyway: bool = False
    ) -> SwitchView:
        if model == "nobody/knows":
            raise Fixable("The hub shows no model nobody/knows.")
        report(12, 24, "placed 12 of 24 pictures")
        return SwitchView(model if anyway else "none", anyway, f"{model}: R@1 50.0% (12/24)")

    def readiness(self) -> list[Readiness]:
        self._seen = min(self._seen + 1, self.looks)
        share = 100 * self._seen // self.looks if self.looks else 100
        brain = Readiness("brain", "ready" if share == 100 else "loading", "", share, 100)
        return [Readiness("search", "ready"), brain]


class FakeApp(App):
    """The boundary with nothing behind it but pictures and a script."""

    def __init__(
        self,
        photos: Path,
        *,
        latency: float = 0.0,
        looks: int = 0,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        library = FakeLibrary(photos, titles or {})
        plans = FakeApprovals(library)
        conversation = FakeConversation(Script(library, plans), latency)
        super().__init__(
            conversation,
            library,
            FakeDecisions(plans, conversation),
            FakeCuration(),
            FakeJobs(),
            FakeAdmin(looks),
        )
        self.talk = conversation
        self.shelf = library
        self.plans = plans


def _title(rows: Sequence[Mapping[str, object]]) -> str:
    return next((str(r["text"])[:60] for r in rows if r["event"] == "started"), "New conversation")


def _joined(events: Sequence[Event]) -> list[Event]:
    joined: list[Event] = []
    for event in events:
        if isinstance(event, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + event.text)
        else:
            joined.append(event)
    return joined
