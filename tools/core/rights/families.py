"""Families read from the records, as layers for the engine; what a viewer may not see is masked."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tools.core.assets import Asset, AssetId
from tools.core.people import Viewer
from tools.core.records import Records
from tools.core.rights.actions import Action
from tools.core.rights.kin import Kin, family
from tools.core.rights.layers import Layer
from tools.core.rights.rules import Rule, RuleKind, ScopeKind

_HIDDEN_CLAUSE = "An original that you may not see decides this."


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for a set of assets: all kin, and the rules of each."""

    kin: dict[AssetId, Kin]
    rules: dict[AssetId, tuple[Rule, ...]]


def layers_of(
    records: Records, assets: Sequence[Asset], viewer: Viewer | None = None
) -> dict[AssetId, tuple[Layer, ...]]:
    """Give the layers of each asset, read in three queries however many assets there are.

    Without a viewer an original is masked when not everybody who may see the asset may see it too.
    """
    known = _read(records, [asset.id for asset in assets])
    seen = _seen(records, known, viewer)
    return {
        asset.id: tuple(
            _layer(member, since, known, hidden=not _shown(member, asset, seen))
            for member, since in family(asset.id, known.kin)
        )
        for asset in assets
    }


def facts_of(records: Records, asset: Asset) -> str:
    """Hash every rule that counts for an asset, and how it descends from where."""
    known = _read(records, [asset.id])
    facts = [
        [member.id, sorted(since), sorted(r.to_json() for r in known.rules[member.id] if r.counts)]
        for member, since in family(asset.id, known.kin)
    ]
    return hashlib.sha256(json.dumps(sorted(facts, key=str)).encode()).hexdigest()


def rules_about(records: Records, asset: Asset, viewer: Viewer) -> list[Rule]:
    """List the rules of an asset and of the originals that the viewer sees, proposed ones too."""
    layers = layers_of(records, [asset], viewer)[asset.id]
    return list(dict.fromkeys(rule for layer in layers if layer.asset for rule in layer.rules))


def _read(records: Records, asset_ids: Sequence[AssetId]) -> _Known:
    kin = {member.id: member for member in records.rights.kin(asset_ids)}
    scopes = {member.id: member.scopes for member in kin.values()}
    by_scope: dict[tuple[ScopeKind, str], list[Rule]] = {}
    for rule in records.rights.attached({scope for some in scopes.values() for scope in some}):
        by_scope.setdefault(rule.scope, []).append(rule)
    rules = {
        asset_id: tuple(rule for scope in some for rule in by_scope.get(scope, ()))
        for asset_id, some in scopes.items()
    }
    return _Known(kin, rules)


def _seen(records: Records, known: _Known, viewer: Viewer | None) -> set[AssetId] | None:
    if viewer is None:
        return None
    originals = sorted({parent for member in known.kin.values() for parent in member.parents})
    return {asset.id for asset in records.assets.many(originals, viewer)} if originals else set()


def _shown(member: Kin, asset: Asset, seen: set[AssetId] | None) -> bool:
    if member.id == asset.id:
        return True
    if seen is not None:
        return member.id in seen
    narrower = bool(asset.audience) and set(asset.audience) <= set(member.audience)
    return not member.audience or narrower


def _layer(member: Kin, since: frozenset[Action], known: _Known, *, hidden: bool) -> Layer:
    rules = known.rules[member.id]
    if hidden:
        rules = tuple(map(_masked, rules))
    return Layer(rules, "" if hidden else member.id, past=since, derived=bool(member.parents))


def _masked(rule: Rule) -> Rule:
    # A duty and a credit line must be shown whoever may see where they come from.
    return replace(
        rule,
        id=hashlib.sha256(rule.id.encode()).hexdigest()[:12],
        clause=rule.clause if rule.kind is RuleKind.DUTY else _HIDDEN_CLAUSE,
        document="",
        page=None,
        holder="",
        creator="",
        recorded_by="",
        confirmed_by=None,
    )
