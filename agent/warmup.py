"""Loading in the background what the first request would otherwise wait for."""

import logging
import threading
from collections.abc import Callable

from agent.views import Readiness

LOG = logging.getLogger("dalm")


class WarmUp:
    """Does one piece of work once, off the way of whoever asks meanwhile."""

    def __init__(self, name: str, note: str, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._began = False
        self._state = Readiness(name, "loading", note)

    def begin(self) -> None:
        """Begin, unless that was done."""
        with self._lock:
            if self._began:
                return
            self._began = True
        threading.Thread(target=self._run, name=f"dalm-{self._state.name}", daemon=True).start()

    def readiness(self) -> Readiness:
        """Say how far it is."""
        return self._state

    def _run(self) -> None:
        try:
            self._work()
        except Exception:
            # The first real request meets the same trouble and words it for the person.
            LOG.exception("%s could not be warmed up", self._state.name)
        self._state = Readiness(self._state.name, "ready")
