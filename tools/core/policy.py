"""Who may ask for and who may approve an effect, read from one TOML text that a lawyer can read."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tools.core.effects import Effect
from tools.core.errors import Fixable
from tools.core.people import Role, Viewer

ASKER = "the asker"
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """How a kind of effect is approved."""

    roles: frozenset[Role]
    quorum: int
    four_eyes: bool
    valid: timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force; `version` is a hash of their text, to which every approval is bound."""

    version: str
    may: dict[Effect, frozenset[Role]]
    approve: dict[Effect, ApprovalRule]
    bulk_limit: int
    bulk_valid: timedelta
    undo_for: timedelta

    def entitled(self, viewer: Viewer, effect: Effect) -> bool:
        """Tell whether the person may ask for an effect."""
        return viewer.local_owner or viewer.has(*self.may[effect])

    def approvers(self, effect: Effect) -> tuple[str, ...]:
        """Name the roles that may approve, or the asker for a large reversible change."""
        if not effect.gated:
            return (ASKER,)
        roles = self.approve[effect].roles | {Role.ADMIN}
        return tuple(role.value for role in Role if role in roles)

    def may_approve(self, viewer: Viewer, effect: Effect, requester: str) -> bool:
        """Tell whether the person may approve a plan that `requester` asked for."""
        if not effect.gated:
            return viewer.id == requester
        rule = self.approve[effect]
        if rule.four_eyes and viewer.id == requester:
            return False
        return viewer.local_owner or viewer.has(*rule.roles)

    def quorum(self, effect: Effect) -> int:
        """Give how many approvals a plan needs."""
        return self.approve[effect].quorum if effect.gated else 1

    def valid(self, effect: Effect) -> timedelta:
        """Give how long a plan may wait and an approval may be used."""
        return self.approve[effect].valid if effect.gated else self.bulk_valid


def parse_policy(text: str) -> Policy:
    """Read a policy from TOML text.

    Raises Fixable, naming the place, when something is missing or unknown.
    """
    try:
        document = tomllib.loads(text)
        for place in ("may", "approve"):
            _all_known(document[place], place)
        return Policy(
            version=hashlib.sha256(text.encode()).hexdigest()[:16],
            may={effect: _roles(document["may"][_name(effect)]) for effect in Effect},
            approve={
                effect: _rule(document["approve"][_name(effect)])
                for effect in Effect
                if effect.gated
            },
            bulk_limit=int(_positive(document["bulk"]["assets"])),
            bulk_valid=timedelta(hours=_positive(document["bulk"]["valid_hours"])),
            undo_for=timedelta(days=_positive(document["undo"]["days"])),
        )
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"policy.toml is not valid TOML: {error}.") from error
    except KeyError as error:
        raise Fixable(
            f"policy.toml lacks the entry {error}. See the one that comes along."
        ) from error
    except (TypeError, ValueError, OverflowError) as error:
        raise Fixable(f"policy.toml cannot be used: {error}.") from error


def _name(effect: Effect) -> str:
    return effect.name.lower()


def _roles(names: list[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def _rule(entry: dict[str, Any]) -> ApprovalRule:
    quorum = entry["quorum"]
    if type(quorum) is not int or quorum < 1:
        raise ValueError("a quorum is a whole number, at least 1")
    return ApprovalRule(
        roles=_roles(entry["roles"]),
        quorum=quorum,
        four_eyes=_yes_or_no(entry["four_eyes"]),
        valid=timedelta(hours=_positive(entry["valid_hours"])),
    )


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"four_eyes is true or false, not {value!r}")
    return value


def _positive(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < MOST:
        raise ValueError(f"{value!r} is no number above 0")
    return float(value)


def _all_known(entries: dict[str, Any], place: str) -> None:
    """Refuse a misspelt rule, which would silently not hold."""
    names = {_name(effect) for effect in Effect if place == "may" or effect.gated}
    unknown = sorted(set(entries) - names)
    if unknown:
        raise ValueError(f"[{place}] knows no '{unknown[0]}'; it knows {', '.join(sorted(names))}")
