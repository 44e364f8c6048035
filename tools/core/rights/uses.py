"""A use that somebody asks about, and a verdict on it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tools.core.rights.actions import EDITS, WORDS, Action, Purpose
from tools.core.rights.territories import WORLD, name_of


@dataclass(frozen=True, slots=True)
class Use:
    """What would be done: an action, where, when, what for, and of which edit of the work.

    A channel, territory or purpose that is None stands for all of them. `at` must know its time
    zone; a use that lasts goes on until `until`. `past` are edits made to the work already.
    """

    action: Action
    channel: str | None = None
    territory: str | None = None
    at: datetime = field(kw_only=True)
    until: datetime | None = field(default=None, kw_only=True)
    purpose: Purpose | None = None
    edit: Action | None = None
    past: frozenset[Action] = frozenset()

    def __post_init__(self) -> None:
        """Refuse moments without a time zone and edits that are none."""
        if self.at.tzinfo is None or (self.until and self.until.tzinfo is None):
            raise ValueError("a use needs moments with a time zone")
        if self.edit is not None and self.edit not in EDITS:
            raise ValueError(f"{self.edit} is not an edit")

    @property
    def deed(self) -> Action:
        """Give what is done with the work; making an edited copy is adapting it."""
        return Action.ADAPT if self.action in EDITS else self.action

    @property
    def edits(self) -> frozenset[Action]:
        """Give every edit between the work as it was recorded and this use."""
        now = {one for one in (self.action, self.edit) if one in EDITS}
        return self.past | now if now else self.past

    def __str__(self) -> str:
        """Write the use as part of an English sentence."""
        words = [WORDS[self.action], "it"]
        words += [f"on {self.channel}"] if self.channel else []
        if self.territory and self.territory != WORLD:
            words.append(f"in {name_of(self.territory)}")
        words += [f"for {self.purpose} use"] if self.purpose else []
        changed = self.edits - {self.action}
        words += [f"after {' and '.join(sorted(WORDS[e] for e in changed))}"] if changed else []
        return " ".join(words)


class Outcome(StrEnum):
    """What rules say of a use; unknown is never allowed."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Order by how much is allowed: of several outcomes the lowest holds."""
        return {"denied": 0, "unknown": 1, "allowed": 2}[self.value]


class WhyUnknown(StrEnum):
    """The three ways of not knowing."""

    NO_RECORD = "no record"
    SILENT = "silent"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rules say of a use, the clause that decided, and how a no would become a yes.

    `duties` are what an allowed use must show. `source` is the asset whose rule decided, which may
    be an original of the one asked about. `instead` is the use that `remedy` names, if any.
    """

    outcome: Outcome
    clause: str
    rule_id: str | None = None
    why_unknown: WhyUnknown | None = None
    duties: tuple[str, ...] = ()
    remedy: str = ""
    document: str = ""
    page: int | None = None
    source: str = ""
    instead: Use | None = None
