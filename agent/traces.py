"""What runs of conversations and plans remember of assets, so that it can be forgotten."""

from collections.abc import Sequence

from agent.checkpoints import Checkpoints


class ThreadTraces:
    """Implements core's Traces port over the checkpoints of both graphs."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints

    def erase(self, runs: Sequence[str]) -> None:
        """Forget the runs of these conversations and plans wholly."""
        self._checkpoints.erase(runs)
