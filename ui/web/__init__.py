"""The web front door: chat, library and approvals in a browser."""

from ui.web.server import build as build
from ui.web.server import serve as serve
