"""Plays the turns of a case against an application, and keeps what happened."""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.app import App
from agent.events import Event, RefusedCall
from agent.views import DomainError, Viewer
from evals.case import Case, Turn
from evals.files import find

DESCRIBED = frozenset({"tag", "title", "description", "alt_text"})


@dataclass(frozen=True, slots=True)
class Described:
    """What is kept of an asset to see later whether anything touched it."""

    fields: frozenset[tuple[str, str]]
    title: str
    collections: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Played:
    """What happened in a case.

    `last` holds the events of the last turn, `spoken` the seconds of each request, `approved` the
    approvals that people gave, `files` the asset of each file name, `before` how assets were
    described at the beginning, `heard` what people said, `troubles` what could not be set up.
    """

    events: tuple[Event, ...]
    last: tuple[Event, ...]
    spoken: tuple[float, ...]
    approved: frozenset[str]
    files: Mapping[str, str]
    before: Mapping[str, Described]
    heard: tuple[str, ...]
    troubles: tuple[str, ...] = ()


def play(case: Case, app: App) -> Played:
    """Play a case; what it takes in and uploads is made in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dalm-eval-files-") as folder:
        return _Stage(case, app, Path(folder)).play()


def described(app: App, asset_id: str) -> Described:
    """Tell how an asset is described now."""
    view = app.library.asset(asset_id, app.admin.person())
    return Described(
        frozenset((value.name, value.value) for value in view.fields if value.name in DESCRIBED),
        view.card.title,
        tuple(sorted(view.collections)),
        view.card.state,
    )


@dataclass(slots=True)
class _Stage:
    case: Case
    app: App
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    before: dict[str, Described] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)

    def play(self) -> Played:
        page = self.app.library.browse(self.app.admin.person(), limit=500)
        self.files = {card.file: card.id for card in page.assets}
        self._add(self.case.adds)
        self._remember(self.case.end.untouched)
        events: list[Event] = []
        last: list[Event] = []
        spoken: list[float] = []
        for turn in self.case.turns:
            found: list[Event] = []
            uploads = list(self._uploads(turn, found))
            began = time.perf_counter()
            found += self._turn(turn, uploads)
            if turn.say:
                spoken.append(time.perf_counter() - began)
                last = []
            last += found
            events += found
        return Played(
            events=tuple(events),
            last=tuple(last),
            spoken=tuple(spoken),
            approved=frozenset(self.approved),
            files=self.files,
            before=self.before,
            heard=tuple(turn.say for turn in self.case.turns),
            troubles=tuple(self.troubles),
        )

    def _add(self, names: Sequence[str]) -> None:
        owner = self.app.admin.person()
        for name in names:
            for outcome in self.app.library.ingest([find(name, self.folder)], owner):
                if outcome.id is None:
                    self.troubles.append(f"{name} could not be added: {outcome.reason}")
                else:
                    self.files[name] = outcome.id

    def _uploads(self, turn: Turn, found: list[Event]) -> Iterator[str]:
        for name in turn.upload:
            path = find(name, self.folder)
            try:
                outcome = self.app.library.upload(path.name, path, self._person(turn.user))
            except DomainError as error:
                found.append(RefusedCall(str(error)))
                continue
            if outcome.id:
                self.files[name] = outcome.id
                self._remember([name] if name in self.case.end.untouched else [])
                yield outcome.id

    def _turn(self, turn: Turn, uploads: Sequence[str]) -> Iterator[Event]:
        if turn.say:
            speaker = self._person(turn.user)
            selection = [self.files[name] for name in turn.select]
            thread = f"t-eval-{turn.user}"
            yield from self.app.conversation.ask(turn.say, speaker, thread, selection, uploads)
        decider = turn.approve or turn.reject
        if decider:
            person = self._person(decider)
            waiting = self.app.approvals.pending(self.app.admin.person())
            for plan in waiting[:1]:
                if turn.approve:
                    yield from self.app.approvals.approve(plan.id, person)
                    self._note_approval(plan.id)
                else:
                    yield from self.app.approvals.reject(plan.id, person)

    def _note_approval(self, plan_id: str) -> None:
        """Count an approval only where the product took it as one."""
        plan = self.app.approvals.get(plan_id, self.app.admin.person())
        if plan.state not in {"pending", "rejected", "expired"}:
            self.approved.add(plan_id)

    def _remember(self, names: Sequence[str]) -> None:
        for name in names:
            if name in self.files:
                self.before[name] = described(self.app, self.files[name])

    def _person(self, user: str) -> Viewer:
        return self.app.admin.person(None if user == "owner" else user)
