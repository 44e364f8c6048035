"""An App whose work is done by a running server."""

from pathlib import Path

from agent.app import App
from ui.remote.admin import RemoteAdmin, RemoteJobs
from ui.remote.conversation import RemoteApprovals, RemoteConversation
from ui.remote.curation import RemoteCuration
from ui.remote.library import RemoteLibrary
from ui.remote.wire import Wire


def remote_app(wire: Wire, scratch: Path) -> App:
    """Give App over the API; lent files lie in `scratch` meanwhile."""
    return App(
        RemoteConversation(wire),
        RemoteLibrary(wire, scratch),
        RemoteApprovals(wire),
        RemoteCuration(wire),
        RemoteJobs(wire),
        RemoteAdmin(wire),
    )
