"""What a conversation has spoken of so far, as far as the next request leans on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last call of the conversation, for "it" and "and the third one?".

    `about` are the assets that its words turned out to mean; `again` tells that the request takes
    it up with something else in it.
    """

    tool: str
    arguments: Mapping[str, Any]
    about: tuple[str, ...] = ()
    again: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the assets it was about."""
        if self.about:
            return self.about
        one, many = self.arguments.get("asset_id"), self.arguments.get("asset_ids")
        return (str(one),) if one else tuple(str(name) for name in many or ())


@dataclass(frozen=True, slots=True)
class Carried:
    """What the steps before left in hand: assets, and the words that found them.

    `sources` are what the assets were made from, when they were.
    """

    ids: tuple[str, ...] = ()
    query: str = ""
    sources: tuple[str, ...] = ()
