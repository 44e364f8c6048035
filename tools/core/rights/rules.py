"""A rights rule: one permission, prohibition or duty, its scope, and who stands for it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tools.core.rights.actions import Action


class ScopeKind(StrEnum):
    """What a rule may be attached to."""

    ASSET = "asset"
    FOLDER = "folder"
    SUPPLIER = "supplier"
    CREATOR = "creator"
    CONTRACT = "contract"


class Scope(NamedTuple):
    """The one thing a rule is attached to: its kind and its id, path or name."""

    kind: ScopeKind
    value: str

    def __str__(self) -> str:
        """Write an asset as its id, anything else as kind and value."""
        return self.value if self.kind == ScopeKind.ASSET else f"{self.kind}:{self.value}"


class RuleStatus(StrEnum):
    """Only a confirmed rule counts."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REVOKED = "revoked"


class RuleKind(StrEnum):
    """The three kinds of ODRL rules."""

    PERMISSION = "permission"
    PROHIBITION = "prohibition"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; an empty tuple or a missing date does not limit it.

    `starts` and `ends` are the first and the last moment it holds. `clause` is the sentence that is
    quoted, from `page` of `document`. `record` is shared by the rules that were recorded together.
    """

    id: str
    scope: tuple[ScopeKind, str]
    status: RuleStatus
    kind: RuleKind
    clause: str
    recorded_by: str
    recorded_at: datetime
    actions: tuple[Action, ...] = ()
    channels: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    edits: tuple[Action, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    document: str = ""
    page: int | None = None
    holder: str = ""
    creator: str = ""
    licence: str = ""
    credit: str = ""
    record: str = ""
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse moments without a time zone."""
        for moment in (self.starts, self.ends):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a rule needs moments with a time zone")

    @property
    def counts(self) -> bool:
        """Tell whether a person with the role stands for it."""
        return self.status == RuleStatus.CONFIRMED

    def to_json(self) -> str:
        """Write the rule as canonical JSON; what is empty is left out."""
        written = {}
        for name in _NAMES:
            value = getattr(self, name)
            if value not in {"", (), None}:
                written[name] = value.isoformat() if isinstance(value, datetime) else value
        return json.dumps(written, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, body: str) -> "Rule":
        """Read what `to_json` wrote."""
        read: dict[str, Any] = json.loads(body)
        for name in read.keys() & _READERS.keys():
            read[name] = _READERS[name](read[name])
        return cls(**read)


def _scope(pair: list[str]) -> Scope:
    return Scope(_SCOPE_KINDS[pair[0]], pair[1])


def _actions(names: list[str]) -> tuple[Action, ...]:
    return tuple(_ACTIONS[name] for name in names)


_NAMES = tuple(field.name for field in fields(Rule))
_SCOPE_KINDS = {kind.value: kind for kind in ScopeKind}
_ACTIONS = {action.value: action for action in Action}
_READERS: dict[str, Callable[[Any], object]] = {
    "scope": _scope,
    "status": {status.value: status for status in RuleStatus}.__getitem__,
    "kind": {kind.value: kind for kind in RuleKind}.__getitem__,
    "actions": _actions,
    "edits": _actions,
    "channels": tuple,
    "territories": tuple,
    "purposes": tuple,
    "starts": datetime.fromisoformat,
    "ends": datetime.fromisoformat,
    "recorded_at": datetime.fromisoformat,
    "confirmed_at": datetime.fromisoformat,
}
