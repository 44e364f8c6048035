"""The routes of the API: one for each thing that App can do, and nothing else."""

import os
from pathlib import Path

from fastapi import APIRouter, Depends, Response

from agent.app import App
from ui.api.admin import AdminRoutes, JobRoutes
from ui.api.conversation import ApprovalRoutes, ConversationRoutes
from ui.api.curation import CurationRoutes
from ui.api.guard import guard
from ui.api.library import LibraryRoutes
from ui.api.wire import HouseRoute, answer


def router(app: App, token: str, scratch: Path | None = None) -> APIRouter:
    """Serve App under /api; `scratch` is where uploads lie until the library has them."""
    routes = APIRouter(
        prefix="/api",
        route_class=HouseRoute,
        dependencies=[Depends(guard(app.admin, token))],
        include_in_schema=False,
    )
    routes.add_api_route("/hello", hello)
    ConversationRoutes(app.conversation).add_to(routes)
    ApprovalRoutes(app.approvals).add_to(routes)
    LibraryRoutes(app.library, scratch).add_to(routes)
    CurationRoutes(app.curation).add_to(routes)
    JobRoutes(app.jobs).add_to(routes)
    AdminRoutes(app.admin).add_to(routes)
    return routes


async def hello() -> Response:
    """Say which process answers, so that a stale address is noticed."""
    return answer({"pid": os.getpid()})
