"""Who asks, who decides, and what each role is entitled to see."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; policy.toml says which effects each role may approve."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    LIBRARIAN = "librarian"
    LEGAL = "legal"
    PUBLISHER = "publisher"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person on whose behalf something is read or done.

    `acting_for` names the local owner when they act as somebody else with `--as`.
    """

    id: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    local_owner: bool = False
    acting_for: str | None = None

    def has(self, *roles: Role) -> bool:
        """Tell whether the person holds any of the roles; an admin holds all of them."""
        return Role.ADMIN in self.roles or bool(self.roles & set(roles))


@dataclass(frozen=True, slots=True)
class Authority:
    """Who acts, in which conversation, and the approval they act under, if any."""

    actor: Viewer
    thread: str | None = None
    approval: str | None = None
