"""The jobs and admin doors: long work, people, audit, models and the health of the installation."""

import json
import platform
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from agent.samples import SampleLibrary
from agent.usage import Meter
from agent.views import (
    AuditLine,
    ChainView,
    Check,
    FileOutcomeView,
    JobView,
    ModelView,
    Readiness,
    Report,
    SwitchView,
    UsageView,
)
from tools.core.audit import AuditRow, verify
from tools.core.directory import SYSTEM, Directory
from tools.core.errors import Fixable, Refused
from tools.core.joint.switching import Switching
from tools.core.people import Role, Viewer
from tools.core.ports import Jobs, JobStatus, ModelStore
from tools.core.records import Catalogue, Records

# Programs that are used when they are there, and what is missing without them.
OPTIONAL = {
    "exiftool": "writes captions and credits into exported files",
    "soffice": "draws Office documents as pages",
    "chromium": "runs the browser tests",
}


class JobsDoor:
    """Implements app.Jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def recent(self, viewer: Viewer, limit: int = 20) -> list[JobView]:
        """List jobs, newest first."""
        _operator(viewer)
        return [_job(status) for status in self._jobs.recent(limit)]

    def cancel(self, job_id: str, viewer: Viewer) -> None:
        """Stop a job before its next step."""
        _operator(viewer)
        self._jobs.cancel(self._known(job_id))

    def resume(self, job_id: str, viewer: Viewer) -> None:
        """Go on with a cancelled or failed job."""
        _operator(viewer)
        self._jobs.resume(self._known(job_id))

    def _known(self, job_id: str) -> str:
        if self._jobs.status(job_id) is None:
            raise Fixable(f"There is no job '{job_id[:60]}'.")
        return job_id


class AdminDoor:
    """Implements app.Admin."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        directory: Directory,
        models: ModelStore,
        samples: SampleLibrary,
        readiness: Callable[[], list[Readiness]],
        checks: Callable[[], list[Check]],
        fetched: Callable[[], None],
        meter: Meter,
        switching: Switching,
    ) -> None:
        self._switching = switching
        self._catalogue = catalogue
        self._directory = directory
        self._models = models
        self._samples = samples
        self._fetched = fetched
        self._meter = meter
        self._readiness = readiness
        self._checks = checks

    def person(self, name: str | None = None) -> Viewer:
        """Give the local owner, or the local owner acting as somebody."""
        return self._directory.acting_as(name) if name else self._directory.owner()

    def audit(
        self, viewer: Viewer, asset_id: str | None = None, limit: int = 200
    ) -> list[AuditLine]:
        """List what happened, oldest first."""
        whole = viewer.local_owner or viewer.has(Role.LEGAL, Role.LIBRARIAN)
        with self._catalogue.reading() as records:
            if asset_id is None and not whole:
                raise Refused("The whole audit is for legal, librarians and admins; name an asset.")
            if asset_id and not whole and records.assets.get(asset_id, viewer) is None:
                raise Fixable(
                    f"No asset '{asset_id[:60]}'. Search first, then use an id from the results."
                )
            lines = [_line(row) for row in records.audit.rows(asset_id, limit)]
            return lines if whole else _discreet(records, lines, viewer)

    def verify(self) -> ChainView:
        """Check the audit chain."""
        with self._catalogue.reading() as records:
            check = verify(records.audit.rows())
        return ChainView(check.rows, check.intact, check.why)

    def usage(self, viewer: Viewer, days: int = 7, *, everybody: bool = False) -> list[UsageView]:
        """List what chat models used."""
        return self._meter.views(viewer, days, everybody=everybody)

    def doctor(self) -> list[Check]:
        """Say what is installed, configured and reachable."""
        python = Check("python", "ok", platform.python_version())
        programs = [
            Check(name, "ok" if shutil.which(name) else "missing", what, f"apt install {name}")
            for name, what in OPTIONAL.items()
        ]
        models = [
            Check(
                f"model {model.name}",
                {"ready": "ok", "damaged": "broken"}.get(model.state, "missing"),
                model.note or model.needed_for,
                "dalm models fetch",
            )
            for model in self._models.states()
        ]
        chain = self.verify()
        audit = Check(
            "audit", "ok" if chain.intact else "broken", chain.why or f"{chain.rows} rows"
        )
        return [python, *self._checks(), audit, *models, *programs]

    def models(self) -> list[ModelView]:
        """List model files."""
        return [
            ModelView(m.name, m.needed_for, m.size, m.licence, m.source, m.state, m.note)
            for m in self._models.states()
        ] + self._hub_models()

    def switch_model(
        self, model: str, viewer: Viewer, report: Report, *, anyway: bool = False
    ) -> SwitchView:
        """Change the hub's model of pictures and compare it with the one before."""
        if not (viewer.local_owner or viewer.has(Role.LIBRARIAN)):
            raise Refused("Models are for librarians and admins to change.")
        if not model.strip():
            raise Fixable("Which model? Name one of a hub, a folder, or none.")
        self._switching.begin(model.strip(), anyway=anyway)
        came = self._switching.wait(report)
        return SwitchView(came.model, came.took_over, came.text)

    def _hub_models(self) -> list[ModelView]:
        state = self._switching.state
        places = {"ready": state.active, "fetching": state.coming, "kept": state.before}
        told = {"ready": "in use", "fetching": state.told or "being filled", "kept": "used before"}
        return [
            ModelView(
                one.model,
                "pictures by words",
                0,
                "its own",
                "hub",
                where,
                f"{one.name}, {told[where]}",
            )
            for where, one in places.items()
            if one
        ]

    def fetch_models(self, names: Sequence[str], report: Report) -> None:
        """Fetch and verify model files."""
        self._models.fetch(names, report)
        self._fetched()

    def load_samples(self, viewer: Viewer) -> Iterator[FileOutcomeView]:
        """Take in the sample library; again is harmless."""
        return self._samples.load(viewer)

    def readiness(self) -> list[Readiness]:
        """Say what is ready, loading or missing."""
        return self._readiness()


def _operator(viewer: Viewer) -> None:
    if not (viewer.local_owner or viewer.has(Role.LIBRARIAN)):
        raise Refused("Jobs are for librarians and admins.")


def _job(status: JobStatus) -> JobView:
    return JobView(status.id, status.kind, status.state, status.done, status.total, status.note)


def _line(row: AuditRow) -> AuditLine:
    details = json.loads(row.payload) if row.payload else {"erased": True}
    return AuditLine(row.seq, row.at, row.actor_name or row.actor, row.action, row.subject, details)


def _discreet(records: Records, lines: Sequence[AuditLine], viewer: Viewer) -> list[AuditLine]:
    """Leave out what happened to assets that the viewer may not see."""
    named = [_strings([line.subject, dict(line.details)]) for line in lines]
    asked = sorted(set().union(*named))
    there = {asset.id for asset in records.assets.many(asked, SYSTEM)}
    hidden = there - {asset.id for asset in records.assets.many(asked, viewer)}
    return [
        replace(line, details={"also": "assets you may not see"}) if some & hidden else line
        for line, some in zip(lines, named, strict=True)
        if line.subject not in hidden
    ]


def _strings(value: object) -> set[str]:
    """Collect every text in JSON, and in JSON that is kept as text inside it."""
    match value:
        case dict():
            return set().union(*(_strings(one) for pair in value.items() for one in pair))
        case list():
            return set().union(*(_strings(one) for one in value))
        case str() if value[:1] in {"{", "["}:
            with suppress(ValueError):
                return _strings(json.loads(value))
            return {value}
        case str():
            return {value}
        case _:
            return set()
