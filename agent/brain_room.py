"""Where the brain is built, in the background, while everything else works already."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from agent.graph import Brain
from agent.views import Readiness, Report
from tools.core.errors import DomainError, Fixable

LOG = logging.getLogger("dalm")
LOOK = 0.5
WITHOUT = "Everything can be done without it too: /tool key=value here, or dalm run TOOL key=value."


class BrainRoom:
    """Builds one brain once; whoever asks meanwhile waits for it.

    `patience` is for how many seconds after the first call they also wait for it to warm up.
    """

    def __init__(self, build: Callable[[Report], Brain] | None, patience: float = 0.0) -> None:
        self._build = build
        self._patience = patience
        self._until = 0.0
        self._warmed = threading.Event()
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._began = False
        self._brain: Brain | None = None
        self._failure: DomainError | None = None
        self._progress = Readiness("brain", "loading" if build else "off", "not asked for yet")

    def warm(self) -> None:
        """Begin to build, unless that has begun or there is nothing to build."""
        with self._lock:
            if self._began or self._build is None:
                return
            self._began = True
            self._until = time.monotonic() + self._patience
        threading.Thread(target=self._run, name="dalm-brain", daemon=True).start()

    def get(self) -> Brain:
        """Give the brain, waiting for it.

        Raises Fixable when there is none, saying how to get one.
        """
        if self._build is None:
            raise Fixable(f"No chat model is switched on. {WITHOUT}")
        self.warm()
        self._done.wait()
        if self._brain is None:
            failure = self._failure or Fixable("The chat model could not be loaded; see the log.")
            raise Fixable(f"{failure} {WITHOUT}") from failure
        return self._brain

    def settling(self) -> Iterator[Readiness]:
        """Say how far it is, whenever that changes, until the brain may be asked."""
        if self._build is None:
            return
        self.warm()
        said = None
        while not self._done.is_set() or self._warming():
            if self._progress != said and self._progress.state == "loading":
                said = self._progress
                yield said
            (self._warmed if self._done.is_set() else self._done).wait(LOOK)

    def _warming(self) -> bool:
        return not self._warmed.is_set() and time.monotonic() < self._until

    def speaks(self) -> bool:
        """Tell whether there is a model here that can word texts."""
        return self._build is not None and (self._brain is None or not self._brain.reduced)

    def renew(self) -> None:
        """Build again, after model files were fetched, what failed or had to do without them."""
        with self._lock:
            if not self._done.is_set() or (self._brain and not self._brain.reduced):
                return
            self._began, self._failure = False, None
            self._warmed.clear()
            if self._brain is None:
                self._done.clear()
        self.warm()

    def readiness(self) -> Readiness:
        """Say how far it is."""
        return self._progress

    def _run(self) -> None:
        assert self._build is not None
        try:
            self._brain = brain = self._build(self._report)
            self._done.set()
            if brain.warm:
                brain.warm(self._report)
            state = "missing" if brain.reduced else "ready"
            self._progress = Readiness("brain", state, brain.reduced)
        except DomainError as error:
            self._failure = error
            self._progress = Readiness("brain", "missing", str(error))
        except Exception:
            LOG.exception("the brain could not be built")
            self._progress = Readiness("brain", "missing", "could not be loaded; see the log")
        finally:
            self._done.set()
            self._warmed.set()

    def _report(self, done: int, total: int, note: str) -> None:
        self._progress = Readiness("brain", "loading", note, done, total)
