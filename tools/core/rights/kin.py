"""What decides about an asset: itself and its originals, and what their rules are attached to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tools.core.assets import AssetId
from tools.core.rights.actions import Action
from tools.core.rights.rules import Scope, ScopeKind

_EDITS_OF_STEPS = {
    "reframe": Action.CROP,
    "crop": Action.CROP,
    "translate": Action.TRANSLATE,
    "rewrite": Action.EDIT,
    "composite": Action.COMPOSITE,
    "generate": Action.AI_EDIT,
    "ai": Action.AI_EDIT,
}
_NO_EDITS = ("resize", "convert", "poster", "thumbnail", "export", "copy")


@dataclass(frozen=True, slots=True)
class Kin:
    """One asset as rights see it; `step` is the recipe step that made it from its originals."""

    id: AssetId
    parents: tuple[AssetId, ...] = ()
    folder: str | None = None
    supplier: str | None = None
    creator: str | None = None
    step: str | None = None
    audience: tuple[str, ...] = ()

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """List everything a rule about this asset may be attached to."""
        found = [Scope(ScopeKind.ASSET, self.id)]
        found += [Scope(ScopeKind.FOLDER, path) for path in folders(self.folder or "")]
        found += [Scope(ScopeKind.SUPPLIER, self.supplier)] if self.supplier else []
        found += [Scope(ScopeKind.CREATOR, self.creator)] if self.creator else []
        return tuple(found)

    @property
    def edits(self) -> frozenset[Action]:
        """Give the edits that the recipe step made; an unknown step counts as an edit."""
        if not self.parents or self.step is None:
            return frozenset()
        words = self.step.lower().replace("_", "-").split("-")
        if any(word in _NO_EDITS for word in words):
            return frozenset()
        known = [_EDITS_OF_STEPS[word] for word in words if word in _EDITS_OF_STEPS]
        return frozenset(known or {Action.EDIT})


@lru_cache(maxsize=4096)
def folders(path: str) -> tuple[str, ...]:
    """List a folder and the folders above it, without the root."""
    parts = path.rstrip("/").split("/")
    return tuple(filter(None, ("/".join(parts[:end]) for end in range(1, len(parts) + 1))))


def family(asset_id: AssetId, known: Mapping[AssetId, Kin]) -> list[tuple[Kin, frozenset[Action]]]:
    """List an asset and its originals, nearest first, each with the edits made since it."""
    edits: dict[AssetId, frozenset[Action]] = {asset_id: frozenset()}
    waiting = [asset_id]
    while waiting:
        member = known.get(waiting.pop(0))
        if member is None:
            continue
        since = edits[member.id] | member.edits
        for parent in member.parents:
            before = edits.get(parent)
            if before is None or not since <= before:
                edits[parent] = (before or frozenset()) | since
                waiting.append(parent)
    return [(known[member], since) for member, since in edits.items() if member in known]
