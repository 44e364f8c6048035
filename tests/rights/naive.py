"""A second implementation of the rights rules, slow and written point by point, to check the first.

A use and a rule are both turned into explicit lists of points (country, channel, purpose, day),
with "elsewhere", "other" and so on standing for all that the tests do not name.
"""

from datetime import UTC, datetime, timedelta
from itertools import product

DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = range(8)
COUNTRIES = ["DE", "AT", "FR", "ES", "CH", "US", "elsewhere"]
CHANNELS = ["website", "blog", "instagram", "newsletter", "print", "packaging", "internal", "other"]
PURPOSES = ["advertising", "merchandise", "editorial", "education", "internal", "other", "general"]
PLACES = {
    "WORLD": COUNTRIES,
    "EU": ["DE", "AT", "FR", "ES"],
    "DACH": ["DE", "AT", "CH"],
} | {c: [c] for c in COUNTRIES}
MEDIA_OK = {
    "web": ["website", "blog"],
    "social": ["instagram"],
    "online": ["website", "blog", "instagram", "newsletter"],
} | {c: [c] for c in CHANNELS}
MEDIA_BAD = MEDIA_OK | {
    "web": ["website", "blog", "instagram", "newsletter"],
    "print": ["print", "packaging"],
}
FOR = {"commercial": ["advertising", "merchandise"], "non-commercial": ["education"]} | {
    p: [p] for p in PURPOSES
}
ALL_EDITS = {"edit", "crop", "translate", "composite", "ai-edit"}
ACTS_OK = {
    "publish": {"publish", "adapt", "archive"},
    "share": {"share", "adapt", "archive"},
    "adapt": {"adapt", "edit", "crop", "translate", "composite"},
    "edit": {"edit", "crop"},
    "mine": {"mine", "train", "ai-reference", "enrich"},
}
ACTS_BAD = {
    "adapt": ALL_EDITS | {"adapt"},
    "edit": ALL_EDITS,
    "mine": {"mine", "train", "ai-reference", "enrich"},
}


def day(number):
    return DAY_ONE + timedelta(days=number)


def decide(rules, use, past=frozenset()):
    """Give "allowed", "denied", "no record", "silent" or "conflict" of one work."""
    counted = [rule for rule in rules if rule.status == "confirmed"]
    points = list(_points(use))
    deed = "adapt" if use.action in ALL_EDITS else str(use.action)
    edits = {str(e) for e in past | use.past}
    edits |= {str(e) for e in (use.action, use.edit) if e in ALL_EDITS}
    fitting = [r for r in counted if r.kind == "permission" and _fits(r, deed, edits)]
    granting = [r for r in fitting if all(_inside(p, r, MEDIA_OK) for p in points)]
    barring = [
        r
        for r in counted
        if r.kind == "prohibition"
        and _bars(r, deed, edits)
        and any(_inside(p, r, MEDIA_BAD) for p in points)
    ]
    if barring:
        if all(any(_disputed(bar, grant) for grant in granting) for bar in barring):
            return "conflict"
        return "denied"
    if granting:
        return "allowed"
    if fitting:
        return "denied"
    return "silent" if counted else "no record"


def decide_family(layers, use):
    """Combine the words of a work and its originals."""
    said = [(decide(x.rules, use, x.past), x.derived) for x in layers]
    said = [word for word, derived in said if not (derived and word in {"silent", "no record"})]
    if not said:
        return "unknown"
    if "denied" in said:
        return "denied"
    return "allowed" if set(said) == {"allowed"} else "unknown"


def _points(use):
    countries = PLACES[use.territory] if use.territory else COUNTRIES
    channels = MEDIA_OK[use.channel] if use.channel else CHANNELS
    # A group of purposes may hold more than the narrower ones that have a name.
    purposes = [*FOR[use.purpose], use.purpose] if use.purpose else [*PURPOSES, *FOR]
    last = use.until if use.until and use.until > use.at else use.at
    days = [d for d in DAYS if use.at <= day(d) <= last]
    return product(countries, [*channels, *([use.channel] if use.channel else [])], purposes, days)


def _inside(point, rule, media):
    country, channel, purpose, number = point
    return (
        (not rule.territories or country in {c for t in rule.territories for c in PLACES[t]})
        and (not rule.channels or channel in {c for m in rule.channels for c in [*media[m], m]})
        and (not rule.purposes or purpose in {q for p in rule.purposes for q in [*FOR[p], p]})
        and (rule.starts is None or rule.starts <= day(number))
        and (rule.ends is None or rule.ends >= day(number))
    )


def _reached(actions, table):
    return {one for a in actions for one in table.get(str(a), {str(a)})}


def _fits(rule, deed, edits):
    if rule.edits and not edits <= _reached(rule.edits, ACTS_OK):
        return False
    reached = _reached(rule.actions, ACTS_OK)
    if not rule.actions or deed in reached:
        return True
    return deed == "adapt" and bool(edits) and edits <= reached


def _bars(rule, deed, edits):
    if rule.edits and not edits & _reached(rule.edits, ACTS_BAD):
        return False
    return not rule.actions or bool((edits | {deed}) & _reached(rule.actions, ACTS_BAD))


def _disputed(bar, grant):
    """The grant is at least as close and as new, and the bar would leave nothing of it."""
    order = {"asset": 2, "folder": 1}
    closeness = [
        (order.get(str(r.scope[0]), 0), len(r.scope[1]) if r.scope[0] == "folder" else 0)
        for r in (grant, bar)
    ]
    if closeness[0] < closeness[1] or grant.recorded_at < bar.recorded_at:
        return False
    for mine, theirs, table, wide in (
        (grant.territories, bar.territories, PLACES, PLACES),
        (grant.channels, bar.channels, MEDIA_OK, MEDIA_BAD),
        (grant.purposes, bar.purposes, FOR, FOR),
    ):
        if not theirs or "WORLD" in theirs:
            continue
        if not mine or "WORLD" in mine:
            return False
        held = {x for m in mine for x in [*table[m], *([m] if table is not PLACES else [])]}
        barred = {x for m in theirs for x in [*wide[m], *([m] if wide is not PLACES else [])]}
        if not held <= barred:
            return False
    if bar.starts and not (grant.starts and grant.starts >= bar.starts):
        return False
    if bar.ends and not (grant.ends and grant.ends <= bar.ends):
        return False
    return _actions_disputed(bar, grant)


def _actions_disputed(bar, grant):
    if bar.actions:
        barred = _reached(bar.actions, ACTS_BAD)
        if barred & {"publish", "share"}:
            barred |= ALL_EDITS | {"adapt", "archive"}
        if not grant.actions or not _reached(grant.actions, ACTS_OK) <= barred:
            return False
    if not bar.edits:
        return True
    named = _reached(grant.edits, ACTS_OK)
    return bool(named) and named <= _reached(bar.edits, ACTS_BAD)
