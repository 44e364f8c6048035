"""Services elsewhere that look at pictures: nothing leaves through them unless a grant stands."""

from dataclasses import dataclass
from typing import Protocol

from tools.core.errors import Fixable
from tools.core.perception import Remark


class Busy(Fixable):
    """The service took nothing and asks to wait; `seconds` as it said, or None."""

    def __init__(self, text: str, seconds: float | None = None) -> None:
        super().__init__(text)
        self.seconds = seconds


class Unusable(Fixable):
    """The service cannot read this one picture."""


class Unanswered(Fixable):
    """A picture left and no answer came: it may have been looked at, and be on the bill."""


@dataclass(frozen=True, slots=True)
class CloudStanding:
    """How it stands with a service on this machine, found out without asking the network.

    `host` is where pictures would go, `region` how prices name the place, `credentials` says which
    ones were found without showing them. `missing` says what to do first, "" when nothing is left.
    """

    host: str
    region: str
    installed: bool
    credentials: str
    missing: str = ""


class CloudVision(Protocol):
    """A service that looks at pictures, through its own client library.

    `name` is a word for commands, `title` what people call it. `calls` are the features it is asked
    for, by call: a call is sent, and paid, as a whole.
    """

    name: str
    title: str
    calls: tuple[tuple[str, ...], ...]

    def standing(self) -> CloudStanding:
        """Tell whether it could be used here, without asking the network."""
        ...

    def look(self, jpeg: bytes, features: tuple[str, ...]) -> tuple[Remark, ...]:
        """Send a picture for the features of one call and give what came back; it tries once.

        Raises Busy, Unusable or Unanswered, and Fixable in one line for what stands in the way of
        every picture (credentials, permission, quota, no connection), when nothing was taken.
        """
        ...
