"""What the local brain needs of a language model in this process."""

from collections.abc import Iterator, Sequence
from typing import Protocol


class Engine(Protocol):
    """A local language model with two cached contexts; one request runs at a time.

    The `fixed` context holds the worked examples, the other one serves everything else.
    """

    @property
    def name(self) -> str:
        """Name the model file."""
        ...

    @property
    def busy(self) -> bool:
        """Tell whether a request is running, so that a new one would have to wait."""
        ...

    def prefill(self, prompt: str) -> int:
        """Read a prompt into the fixed context and give its length in tokens."""
        ...

    def next_token(self, prompt: str) -> dict[str, float]:
        """Give the log-probabilities of the likeliest next tokens in the fixed context."""
        ...

    def complete(self, prompt: str, grammar: str, limit: int) -> str:
        """Continue a prompt in the fixed context under a GBNF grammar, at most `limit` tokens."""
        ...

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        """Answer (role, text) messages, piece by piece, at most `limit` tokens."""
        ...

    def save(self, key: str) -> None:
        """Keep the state of the fixed context on disk under a key, dropping other keys."""
        ...

    def restore(self, key: str) -> bool:
        """Bring a kept state back; False when there is none or it does not fit."""
        ...
