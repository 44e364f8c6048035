"""Jobs and the system about itself over HTTP."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from agent.app import Admin, Jobs
from ui.api.feed import each, reported, stream
from ui.api.guard import Asker
from ui.api.wire import answer, answer_view, answer_views


class JobRoutes:
    """Long work over HTTP."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/jobs", self.recent)
        routes.add_api_route("/jobs/{job_id}/cancel", self.cancel, methods=["POST"])
        routes.add_api_route("/jobs/{job_id}/resume", self.resume, methods=["POST"])

    def recent(self, viewer: Asker, limit: int = 20) -> Response:
        """List jobs."""
        return answer_views(self._jobs.recent(viewer, limit))

    def cancel(self, viewer: Asker, job_id: str) -> Response:
        """Stop a job."""
        self._jobs.cancel(job_id, viewer)
        return answer({})

    def resume(self, viewer: Asker, job_id: str) -> Response:
        """Go on with a job."""
        self._jobs.resume(job_id, viewer)
        return answer({})


class AdminRoutes:
    """The system about itself over HTTP."""

    def __init__(self, admin: Admin) -> None:
        self._admin = admin

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/person", self.person)
        routes.add_api_route("/audit", self.audit)
        routes.add_api_route("/audit/verify", self.verify)
        routes.add_api_route("/usage", self.usage)
        routes.add_api_route("/doctor", self.doctor)
        routes.add_api_route("/models", self.models)
        routes.add_api_route("/models/fetch", self.fetch, methods=["POST"])
        routes.add_api_route("/models/switch", self.switch, methods=["POST"])
        routes.add_api_route("/samples", self.samples, methods=["POST"])
        routes.add_api_route("/readiness", self.readiness)

    def person(self, viewer: Asker, name: str | None = None) -> Response:
        """Say who somebody is; without a name, who asks."""
        return answer_view(self._admin.person(name) if name else viewer)

    def audit(self, viewer: Asker, asset: str | None = None, limit: int = 200) -> Response:
        """List what happened."""
        return answer_views(self._admin.audit(viewer, asset, limit))

    def verify(self) -> Response:
        """Check the audit chain."""
        return answer_view(self._admin.verify())

    def usage(
        self,
        viewer: Asker,
        days: Annotated[int, Query(ge=1, le=3660)] = 7,
        everybody: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    ) -> Response:
        """List what chat models used."""
        return answer_views(self._admin.usage(viewer, days, everybody=everybody))

    def doctor(self) -> Response:
        """Say what is installed and reachable."""
        return answer_views(self._admin.doctor())

    def models(self) -> Response:
        """List model files."""
        return answer_views(self._admin.models())

    async def fetch(self, names: Annotated[list[str], Body(embed=True)]) -> Response:
        """Fetch and verify model files."""
        return await stream(reported(lambda report: self._admin.fetch_models(names, report)))

    async def switch(
        self,
        viewer: Asker,
        model: Annotated[str, Body()],
        anyway: Annotated[bool, Body()] = False,  # noqa: FBT002 - a field of the body
    ) -> Response:
        """Change the hub's model of pictures."""
        change = self._admin.switch_model
        return await stream(
            reported(lambda report: asdict(change(model, viewer, report, anyway=anyway)))
        )

    async def samples(self, viewer: Asker) -> Response:
        """Take in the sample library."""
        return await stream(each(lambda: self._admin.load_samples(viewer), asdict))

    def readiness(self) -> Response:
        """Say what is ready."""
        return answer_views(self._admin.readiness())
