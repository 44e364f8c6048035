"""What runs of conversations and plans remember of assets, so that it can be forgotten."""

from collections.abc import Callable, Sequence

from agent.checkpoints import Checkpoints


class ThreadTraces:
    """Implements core's Traces port over the checkpoints of both graphs.

    `sentences` forgets what was translated, all of it, as no sentence says where it stood.
    """

    def __init__(self, checkpoints: Checkpoints, sentences: Callable[[], None]) -> None:
        self._checkpoints = checkpoints
        self._sentences = sentences

    def erase(self, runs: Sequence[str]) -> None:
        """Forget the runs of these conversations and plans wholly."""
        self._checkpoints.erase(runs)
        self._sentences()
