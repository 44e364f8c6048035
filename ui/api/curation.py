"""The taxonomy and rejections over HTTP."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, Response

from agent.app import Curation
from ui.api.feed import reported, stream
from ui.api.guard import Asker
from ui.api.wire import answer, answer_view, answer_views


class CurationRoutes:
    """The words of the library over HTTP."""

    def __init__(self, curation: Curation) -> None:
        self._curation = curation

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes."""
        routes.add_api_route("/taxonomy", self.taxonomy)
        routes.add_api_route("/taxonomy", self.propose, methods=["POST"])
        routes.add_api_route("/taxonomy/accept", self.accept, methods=["POST"])
        routes.add_api_route("/taxonomy/file", self.file)
        routes.add_api_route("/taxonomy/candidates", self.candidates)
        routes.add_api_route("/rejections", self.rejections)
        routes.add_api_route("/conformity", self.conformity)
        routes.add_api_route("/review", self.review)
        routes.add_api_route("/review", self.decide, methods=["POST"])
        routes.add_api_route("/assets/{asset_id}/reject", self.reject, methods=["POST"])
        routes.add_api_route("/assets/{asset_id}/revoke", self.revoke, methods=["POST"])

    def taxonomy(
        self,
        viewer: Asker,
        proposed: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    ) -> Response:
        """Give the taxonomy in force, or the one that waits."""
        return answer_view(self._curation.taxonomy(viewer, proposed=proposed))

    def propose(self, viewer: Asker, path: Annotated[str, Body(embed=True)]) -> Response:
        """Read a taxonomy from a file of this machine's disk."""
        return answer_view(self._curation.propose_taxonomy(Path(path), viewer))

    async def accept(self, viewer: Asker) -> Response:
        """Put the proposed taxonomy in force."""
        accept = self._curation.accept_taxonomy
        return await stream(reported(lambda report: asdict(accept(viewer, report))))

    def file(self, viewer: Asker, ending: str) -> Response:
        """Give the taxonomy as the text of a file."""
        return answer({"text": self._curation.taxonomy_file(ending, viewer)})

    def candidates(self, viewer: Asker) -> Response:
        """List words that no concept covers."""
        return answer_views(self._curation.candidates(viewer))

    def rejections(self, viewer: Asker) -> Response:
        """List the rejections that stand."""
        return answer_views(self._curation.rejections(viewer))

    def reject(
        self,
        viewer: Asker,
        asset_id: str,
        word: Annotated[str, Body()],
        because: Annotated[str, Body()] = "",
    ) -> Response:
        """Deny what a machine said of an asset."""
        return answer_view(self._curation.reject(asset_id, word, viewer, because))

    def revoke(
        self, viewer: Asker, asset_id: str, word: Annotated[str, Body(embed=True)]
    ) -> Response:
        """Take a rejection back."""
        return answer_view(self._curation.revoke(asset_id, word, viewer))

    def review(
        self,
        viewer: Asker,
        limit: int = 20,
        drafts: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    ) -> Response:
        """List values that models were too unsure of, or drafts of texts."""
        return answer_views(self._curation.review(viewer, limit, drafts=drafts))

    def decide(
        self,
        viewer: Asker,
        proposals: Annotated[list[str], Body()],
        accept: Annotated[bool, Body()],
        text: Annotated[str, Body()] = "",
    ) -> Response:
        """Accept or reject values."""
        return answer_view(self._curation.decide(proposals, viewer, accept=accept, text=text))

    def conformity(self, viewer: Asker) -> Response:
        """List assets that break the conventions of the house."""
        return answer_views(self._curation.conformity(viewer))
