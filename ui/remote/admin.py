"""The jobs and the system of a running server."""

from collections.abc import Iterator, Sequence

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
    Viewer,
    read,
)
from ui.remote.library import reported
from ui.remote.wire import Wire, place


class RemoteJobs:
    """Implements app.Jobs over the API."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def recent(self, viewer: Viewer, limit: int = 20) -> list[JobView]:
        """List jobs."""
        return read(list[JobView], self._wire.get("jobs", viewer, {"limit": limit}))

    def cancel(self, job_id: str, viewer: Viewer) -> None:
        """Stop a job."""
        self._wire.post(place("jobs", job_id, "cancel"), viewer, {})

    def resume(self, job_id: str, viewer: Viewer) -> None:
        """Go on with a job."""
        self._wire.post(place("jobs", job_id, "resume"), viewer, {})


class RemoteAdmin:
    """Implements app.Admin over the API."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def person(self, name: str | None = None) -> Viewer:
        """Give the local owner, or the local owner acting as somebody."""
        return read(Viewer, self._wire.get("person", None, {"name": name}))

    def audit(
        self, viewer: Viewer, asset_id: str | None = None, limit: int = 200
    ) -> list[AuditLine]:
        """List what happened."""
        parameters = {"asset": asset_id, "limit": limit}
        return read(list[AuditLine], self._wire.get("audit", viewer, parameters))

    def verify(self) -> ChainView:
        """Check the audit chain."""
        return read(ChainView, self._wire.get("audit/verify"))

    def usage(self, viewer: Viewer, days: int = 7, *, everybody: bool = False) -> list[UsageView]:
        """List what chat models used."""
        parameters = {"days": days, "everybody": everybody}
        return read(list[UsageView], self._wire.get("usage", viewer, parameters))

    def doctor(self) -> list[Check]:
        """Say what is installed and reachable."""
        return read(list[Check], self._wire.get("doctor"))

    def models(self) -> list[ModelView]:
        """List model files."""
        return read(list[ModelView], self._wire.get("models"))

    def fetch_models(self, names: Sequence[str], report: Report) -> None:
        """Fetch and verify model files."""
        reported(self._wire, "models/fetch", None, {"names": list(names)}, report)

    def switch_model(
        self, model: str, viewer: Viewer, report: Report, *, anyway: bool = False
    ) -> SwitchView:
        """Change the hub's model of pictures."""
        order = {"model": model, "anyway": anyway}
        return read(SwitchView, reported(self._wire, "models/switch", viewer, order, report))

    def load_samples(self, viewer: Viewer) -> Iterator[FileOutcomeView]:
        """Take in the sample library."""
        for line in self._wire.lines("samples", viewer, {}):
            yield read(FileOutcomeView, line)

    def readiness(self) -> list[Readiness]:
        """Say what is ready."""
        return read(list[Readiness], self._wire.get("readiness"))
