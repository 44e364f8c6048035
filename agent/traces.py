"""What conversations remember of assets beside the catalogue, so that it can be forgotten."""

from collections.abc import Sequence

from agent.checkpoints import Checkpoints


class ThreadTraces:
    """Implements core's Traces port over the checkpoints of both graphs."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints

    def erase(self, threads: Sequence[str]) -> None:
        """Forget these conversations wholly."""
        self._checkpoints.erase(threads)
