"""What a model may still change after it read a file that gives orders: what the person named."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.core.effects import Effect
from tools.core.errors import Refused
from tools.spec import ToolSpec

# Words that a call writes into the library.
WRITTEN = (
    "add", "remove", "collection", "title", "description", "alt_text", "note", "edit", "tone",
    "name",
)  # fmt: skip
# A draft is shown and not saved.
DRAFTED = frozenset({"asset_id", "query", "topic"})
REFUSAL = (
    "A file that was read for this contains text that tries to give orders, so nothing is changed "
    "that you did not name yourself. If you want it, ask for it again in words of your own."
)


@dataclass(slots=True)
class Wary:
    """Watches the calls of a turn, for a model that reads what tools return.

    `asked` are the person's words; `shown` tells that such a file lies on the screen, `read` that
    a result of this turn came from one. What needs an approval is no matter here: it only becomes
    a plan, which shows a person what it is.
    """

    asked: str
    shown: bool = False
    read: bool = False

    def check(self, spec: ToolSpec, arguments: Mapping[str, Any]) -> None:
        """Raise Refused for a change that a file may have asked for rather than the person."""
        if not (self.read or self.shown) or spec.effect not in {Effect.WRITE, Effect.PROTECT}:
            return
        written = list(_written(arguments))
        if written:
            named = all(self._named(text) for text in written)
        else:
            named = not self.read or set(arguments) <= DRAFTED
        if not named:
            raise Refused(REFUSAL)

    def _named(self, text: str) -> bool:
        asked = _plain(self.asked)
        return all(word in asked for word in re.findall(r"[^\W_]+", _plain(text)))


def _written(arguments: Mapping[str, Any]) -> Iterator[str]:
    for name in WRITTEN:
        value = arguments.get(name)
        yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
