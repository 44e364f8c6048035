"""A plan: exactly what would happen, to which versions of which assets, and who agreed to it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tools.core.assets import AssetId
from tools.core.effects import Effect


class PlanState(StrEnum):
    """A plan waits, is decided once, is spent once and ends once."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SPENT = "spent"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlannedAsset:
    """One asset of a plan, pinned by the fingerprint of everything the action depends on."""

    id: AssetId
    version: int
    title: str
    file_name: str
    fingerprint: str
    outcome: str = "not asked"
    clause: str = ""
    where_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The result of a dry run: what a call would do now, before anybody was asked.

    `arguments` is canonical JSON, `target` the channel or place, `excluded` pairs an asset id with
    the reason it is left out; `offers` pairs what is owned already with what makes it fit.
    `terms` are the lines that whoever approves agrees to, sealed by `target`.
    """

    tool: str
    arguments: str
    effect: Effect
    summary: str
    assets: tuple[PlannedAsset, ...]
    target: str = ""
    excluded: tuple[tuple[str, str], ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A stored draft that waits for a decision, with who asked and who may decide."""

    id: str
    draft: Draft
    requester: str
    requester_name: str
    thread: str | None
    approvers: tuple[str, ...]
    quorum: int
    created_at: datetime
    expires_at: datetime
    policy_version: str
    digest: str
    state: PlanState = PlanState.PENDING
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's word on a plan."""

    plan_id: str
    by: str
    by_name: str
    approved: bool
    because: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Warrant:
    """A spent approval: the assets that are still as they were approved, and those that changed."""

    plan_id: str
    assets: tuple[PlannedAsset, ...]
    dropped: tuple[tuple[str, str], ...] = field(default=())


def canonical(arguments: dict[str, object]) -> str:
    """Write arguments as JSON that is equal exactly when the arguments are."""
    present = {key: value for key, value in arguments.items() if value is not None}
    return json.dumps(present, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def counted(assets: Sequence[PlannedAsset]) -> str:
    """Name a single asset, and count several."""
    return f"“{assets[0].title}”" if len(assets) == 1 else f"{len(assets)} assets"


def fingerprint(*facts: object) -> str:
    """Hash the facts an action depends on into one short text."""
    return hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()[:32]


def digest(draft: Draft, requester: str, policy_version: str) -> str:
    """Hash everything an approval is bound to, as DESIGN's second lock lists it."""
    pinned = [(asset.id, asset.version, asset.fingerprint) for asset in draft.assets]
    facts = [
        draft.tool,
        draft.arguments,
        int(draft.effect),
        draft.target,
        requester,
        policy_version,
    ]
    return hashlib.sha256(json.dumps([facts, pinned], sort_keys=True).encode()).hexdigest()


def still_as_approved(
    approved: Sequence[PlannedAsset], now: Sequence[PlannedAsset]
) -> tuple[tuple[PlannedAsset, ...], tuple[tuple[str, str], ...]]:
    """Split approved assets into those unchanged since, and those that drop out with the reason."""
    current = {asset.id: asset for asset in now}
    kept: list[PlannedAsset] = []
    dropped: list[tuple[str, str]] = []
    for asset in approved:
        today = current.get(asset.id)
        if today is None:
            dropped.append((asset.id, "it is no longer there, or no longer allowed"))
        elif today.fingerprint != asset.fingerprint:
            dropped.append((asset.id, "its file, rights or state changed after the approval"))
        else:
            kept.append(replace(asset, outcome=today.outcome, clause=today.clause))
    return tuple(kept), tuple(dropped)
