"""The HTTP API: App over loopback, as JSON and JSON lines, for whoever holds the token."""

from ui.api.routes import router as router
