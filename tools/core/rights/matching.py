"""Whether one rule covers, touches or speaks of a use; each dimension is a set of plain values."""

from functools import lru_cache

from tools.core.rights import media
from tools.core.rights.actions import EDITS, Action, forbidden, permitted
from tools.core.rights.rules import Rule
from tools.core.rights.territories import area
from tools.core.rights.uses import Use


class Wanted:
    """A use, taken apart once for many rules."""

    __slots__ = ("at", "channels", "countries", "deed", "edits", "exercised", "purposes", "until")

    def __init__(self, use: Use, past: frozenset[Action]) -> None:
        self.deed = use.deed
        self.edits = use.edits | past
        self.exercised = self.edits | {self.deed}
        self.channels = media.granted((use.channel,) if use.channel else ())
        self.countries = area((use.territory,) if use.territory else ())
        self.purposes = media.purposes((use.purpose,) if use.purpose else ())
        self.at = use.at
        self.until = max(use.until, use.at) if use.until else use.at


@lru_cache(maxsize=512)
def taken_apart(use: Use, past: frozenset[Action]) -> Wanted:
    """Take a use apart, once for all the works that it is asked about."""
    return Wanted(use, past)


def speaks_of(rule: Rule, wanted: Wanted) -> bool:
    """Tell whether a permission is about this action and these edits at all."""
    reach = permitted(rule.actions)
    if reach is not None and wanted.deed not in reach and not _mere_edit(reach, wanted):
        return False
    edits = permitted(rule.edits)
    return edits is None or wanted.edits <= edits


def shortfalls(rule: Rule, wanted: Wanted) -> int:
    """Count the dimensions in which a permission that speaks of the use does not reach it."""
    missed = (rule.starts is not None and wanted.at < rule.starts) + (
        rule.ends is not None and wanted.until > rule.ends
    )
    if rule.channels:
        missed += not _within(wanted.channels, media.granted(rule.channels))
    if rule.territories:
        missed += not _within(wanted.countries, area(rule.territories))
    if rule.purposes:
        missed += not _within(wanted.purposes, media.purposes(rule.purposes))
    return missed


def touches(rule: Rule, wanted: Wanted) -> bool:
    """Tell whether a prohibition or duty is about any part of the use."""
    reach, edits = forbidden(rule.actions), forbidden(rule.edits)
    if reach is not None and reach.isdisjoint(wanted.exercised):
        return False
    if edits is not None and edits.isdisjoint(wanted.edits):
        return False
    if (rule.starts is not None and wanted.until < rule.starts) or (
        rule.ends is not None and wanted.at > rule.ends
    ):
        return False
    return (
        _meet(wanted.channels, media.barred(rule.channels))
        and _meet(wanted.countries, area(rule.territories))
        and _meet(wanted.purposes, media.purposes(rule.purposes))
    )


def contradicts(prohibition: Rule, permission: Rule) -> bool:
    """Tell whether a prohibition would leave nothing of a permission.

    What leaves part of it is an exception to it, and no contradiction.
    """
    return (
        _action_inside(permission, prohibition)
        and _within(media.granted(permission.channels), media.barred(prohibition.channels))
        and _within(area(permission.territories), area(prohibition.territories))
        and _within(media.purposes(permission.purposes), media.purposes(prohibition.purposes))
        and (
            prohibition.starts is None
            or (permission.starts is not None and permission.starts >= prohibition.starts)
        )
        and (
            prohibition.ends is None
            or (permission.ends is not None and permission.ends <= prohibition.ends)
        )
    )


def _mere_edit(reach: frozenset[Action], wanted: Wanted) -> bool:
    return wanted.deed is Action.ADAPT and bool(wanted.edits) and wanted.edits <= reach


def _action_inside(permission: Rule, prohibition: Rule) -> bool:
    inside = _within(permitted(permission.actions), _with_consequences(prohibition.actions))
    edits = forbidden(prohibition.edits)
    named = permitted(permission.edits)
    return inside and (edits is None or (named is not None and named <= edits))


def _with_consequences(actions: tuple[Action, ...]) -> frozenset[Action] | None:
    # Who may not publish has no use for making renditions to publish.
    reach = forbidden(actions)
    if reach is None or not reach & {Action.PUBLISH, Action.SHARE}:
        return reach
    return reach | {Action.ADAPT, Action.ARCHIVE} | EDITS


def _within(wanted: frozenset[str] | None, granted: frozenset[str] | None) -> bool:
    return granted is None or (wanted is not None and wanted <= granted)


def _meet(wanted: frozenset[str] | None, barred: frozenset[str] | None) -> bool:
    return barred is None or wanted is None or not wanted.isdisjoint(barred)
