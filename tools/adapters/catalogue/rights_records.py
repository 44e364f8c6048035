"""Rights rules in SQL, and what each asset inherits them from."""

import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.core.assets import Asset, AssetId
from tools.core.rights.kin import Kin
from tools.core.rights.rules import Rule, RuleStatus, Scope, ScopeKind

_CHUNK = 900


class SqlRights:
    """Implements records.RightsRecords on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def put(self, rule: Rule) -> None:
        """Store or replace a rule."""
        kind, value = rule.scope
        self._db.execute(t.rules.delete().where(t.rules.c.id == rule.id))
        self._db.execute(
            t.rules.insert().values(
                id=rule.id,
                scope_kind=str(kind),
                scope_value=value,
                status=str(rule.status),
                body=rule.to_json(),
            )
        )

    def get(self, rule_id: str) -> Rule | None:
        """Give a rule."""
        body = self._db.scalar(sa.select(t.rules.c.body).where(t.rules.c.id == rule_id))
        return Rule.from_json(body) if body else None

    def covering(self, asset: Asset, creator: str | None) -> list[Rule]:
        """List rules attached to the asset, its folder and parents, its supplier or its creator."""
        kin = Kin(asset.id, folder=asset.folder, supplier=asset.supplier, creator=creator)
        return self.attached(kin.scopes)

    def attached(self, scopes: Iterable[Scope]) -> list[Rule]:
        """List the rules that are attached to any of the scopes and not revoked."""
        by_kind: dict[ScopeKind, list[str]] = {}
        for kind, value in sorted(set(scopes)):
            by_kind.setdefault(kind, []).append(value)
        found: list[Rule] = []
        for kind, values in by_kind.items():
            for start in range(0, len(values), _CHUNK):
                query = sa.select(t.rules.c.body).where(
                    t.rules.c.scope_kind == str(kind),
                    t.rules.c.scope_value.in_(values[start : start + _CHUNK]),
                    t.rules.c.status != RuleStatus.REVOKED.value,
                )
                found += map(Rule.from_json, self._db.scalars(query).all())
        return sorted(found, key=lambda rule: rule.id)

    def kin(self, asset_ids: Sequence[AssetId]) -> list[Kin]:
        """List the assets and all their originals, whoever may see them."""
        found: dict[AssetId, Kin] = {}
        wanted = list(asset_ids)
        while wanted:
            for start in range(0, len(wanted), _CHUNK):
                rows = self._db.execute(_family(wanted[start : start + _CHUNK])).all()
                found |= {row.id: _kin(row) for row in rows}
            # What was laid into a picture is no parent in the catalogue; its recipe names it.
            parents = (parent for one in found.values() for parent in one.parents)
            missing = [parent for parent in dict.fromkeys(parents) if parent not in found]
            wanted = [parent for parent in missing if parent not in wanted]
        return list(found.values())

    def all(self) -> list[Rule]:
        """List every rule that is not revoked."""
        query = sa.select(t.rules.c.body).where(t.rules.c.status != RuleStatus.REVOKED.value)
        return [Rule.from_json(body) for body in self._db.scalars(query.order_by(t.rules.c.id))]


def _family(asset_ids: Sequence[AssetId]) -> sa.Select[tuple[str, ...]]:
    wanted = sa.select(t.assets.c.id, t.assets.c.parent_id).where(t.assets.c.id.in_(asset_ids))
    members = wanted.cte("members", recursive=True)
    above = sa.select(t.assets.c.id, t.assets.c.parent_id).join(
        members, t.assets.c.id == members.c.parent_id
    )
    members = members.union(above)
    creator = (
        sa.select(t.field_values.c.value)
        .where(
            t.field_values.c.asset_id == t.assets.c.id,
            t.field_values.c.field == "creator",
            t.field_values.c.retired_at.is_(None),
        )
        .order_by(t.field_values.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    current = (t.versions.c.asset_id == t.assets.c.id) & (t.versions.c.number == t.assets.c.version)
    own = (t.assets.c.id, t.assets.c.parent_id, t.assets.c.folder, t.assets.c.supplier)
    return (
        sa.select(*own, t.assets.c.audience, t.versions.c.recipe, creator.label("creator"))
        .select_from(members)
        .join(t.assets, t.assets.c.id == members.c.id)
        .outerjoin(t.versions, current)
    )


def _kin(row: sa.Row[tuple[str, ...]]) -> Kin:
    recipe = json.loads(row.recipe) if row.recipe else {}
    return Kin(
        AssetId(row.id),
        _parents(row.parent_id, recipe),
        folder=row.folder,
        supplier=row.supplier,
        creator=row.creator,
        step=recipe.get("step"),
        audience=tuple(json.loads(row.audience)) if row.audience != "[]" else (),
    )


def _parents(parent: str | None, recipe: Mapping[str, str]) -> tuple[AssetId, ...]:
    """Give the parent, and what a composite was put together with."""
    if not parent:
        return ()
    composite = "composite" in recipe.get("step", "")
    other = json.loads(recipe["arguments"]).get("with") if composite else None
    return (AssetId(parent), *((AssetId(other),) if other else ()))
