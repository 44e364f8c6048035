"""What becomes unusable soon, found by asking the engine just before and just after each end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tools.core.assets import Asset, AssetId, AssetState
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Records
from tools.core.rights.actions import Action, Purpose
from tools.core.rights.engine import Layer, Outcome, Use, judge
from tools.core.rights.families import layers_of
from tools.core.rights.rules import Rule, RuleKind

_PAGE = 500
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Expiry:
    """An asset that a permission stops covering, when, and where it is public until then."""

    asset: Asset
    rule: Rule
    ends_at: datetime
    live_on: tuple[str, ...]


def expiries(records: Records, now: datetime, days: int, viewer: Viewer) -> list[Expiry]:
    """List what ends within so many days, soonest first."""
    until = now + timedelta(days=days)
    if not any(_ends_within(rule, now, until) for rule in records.rights.all()):
        return []
    found: list[tuple[Asset, Rule]] = []
    for assets in _pages(records, viewer):
        for asset_id, layers in layers_of(records, assets, viewer).items():
            rule = _first_loss(layers, now, until)
            if rule is not None:
                found.append((next(a for a in assets if a.id == asset_id), rule))
    live = _live(records, [asset.id for asset, _ in found])
    ends = [Expiry(a, rule, _end(rule), live.get(a.id, ())) for a, rule in found]
    return sorted(ends, key=lambda one: (one.ends_at, one.asset.key))


def _pages(records: Records, viewer: Viewer) -> Iterator[list[Asset]]:
    criteria = AssetFilter(states=(AssetState.ACTIVE, AssetState.ARCHIVED))
    keys = records.assets.keys(criteria, viewer)
    for start in range(0, len(keys), _PAGE):
        yield records.assets.by_keys(keys[start : start + _PAGE], viewer)


def _ends_within(rule: Rule, now: datetime, until: datetime) -> bool:
    permits = rule.counts and rule.kind is RuleKind.PERMISSION
    return permits and rule.ends is not None and now <= rule.ends <= until


def _end(rule: Rule) -> datetime:
    assert rule.ends is not None
    return rule.ends


def _first_loss(layers: Sequence[Layer], now: datetime, until: datetime) -> Rule | None:
    """Give the first permission at whose end a use that it covers is lost."""
    ending = [r for layer in layers for r in layer.rules if _ends_within(r, now, until)]
    for rule in sorted(ending, key=lambda one: (_end(one), one.id)):
        for use in _covered(rule):
            after = replace(use, at=_end(rule) + _MOMENT)
            if judge(layers, use).outcome is Outcome.ALLOWED is not judge(layers, after).outcome:
                return rule
    return None


def _covered(rule: Rule) -> Iterator[Use]:
    action = rule.actions[0] if rule.actions else Action.PUBLISH
    for channel in rule.channels or (None,):
        for territory in rule.territories or (None,):
            for purpose in rule.purposes or (None,):
                yield Use(
                    action,
                    channel=channel,
                    territory=territory,
                    at=_end(rule),
                    purpose=Purpose(purpose) if purpose else None,
                )


def _live(records: Records, asset_ids: Sequence[AssetId]) -> dict[AssetId, tuple[str, ...]]:
    found: dict[AssetId, dict[str, None]] = {}
    for publication in records.publications.live(asset_ids):
        found.setdefault(publication.asset_id, {})[publication.channel] = None
    return {asset_id: tuple(channels) for asset_id, channels in found.items()}
