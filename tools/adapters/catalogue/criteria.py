"""Criteria as SQL over the assets table, the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from tools.adapters.catalogue import tables as t
from tools.adapters.catalogue.conditions import among, fold
from tools.core.criteria import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Cleared,
    Coloured,
    Criterion,
    During,
    Keyed,
    Known,
    MadeFrom,
    Not,
    Shows,
    Stored,
    Trait,
)
from tools.core.taken import wall

Condition = sa.ColumnElement[bool]

# Shares are kept to a ten-thousandth; sums of them differ by the order of adding only.
_SLACK = 1e-6
_ON_ASSETS = {
    Trait.TYPE: t.assets.c.media_type,
    Trait.ORIENTATION: t.assets.c.orientation,
    Trait.STATUS: t.assets.c.state,
    Trait.PEOPLE: t.assets.c.people,
    Trait.TAKEN: t.assets.c.taken_first,
    Trait.PARENT: t.assets.c.parent_id,
}
_ON_VERSIONS = {
    Trait.BYTES: t.versions.c.bytes,
    Trait.WIDTH: t.versions.c.width,
    Trait.HEIGHT: t.versions.c.height,
    Trait.PIXELS: t.versions.c.width * t.versions.c.height,
    Trait.DURATION: t.versions.c.duration,
    Trait.PAGES: t.versions.c.pages,
}
FIELDS = {
    Trait.TAG: "tag",
    Trait.AUTHOR: "creator",
    Trait.LANGUAGE: "language",
    Trait.TITLE: "title",
    Trait.DESCRIPTION: "description",
    Trait.ALT_TEXT: "alt_text",
    Trait.TEXT: "ocr",
    Trait.RATING: "rating",
    Trait.MARK: "colour_label",
    Trait.FINGERPRINT: "fingerprint",
    Trait.SPACE: "space",
    Trait.SENSITIVE: "sensitive",
    Trait.MOOD: "mood",
    Trait.SENTIMENT: "sentiment",
    Trait.TONE: "tone",
    Trait.TRANSCRIPT: "transcript",
}


def condition(db: sa.Connection, criterion: Criterion) -> Condition:
    """Give the SQL of a criterion; it is never NULL, so that it can be negated."""
    match criterion:
        case AllOf(parts):
            return sa.and_(sa.true(), *(condition(db, part) for part in parts))
        case AnyOf(parts):
            return sa.or_(sa.false(), *(condition(db, part) for part in parts))
        case Not(part):
            return sa.not_(condition(db, part))
        case Cleared() | Shows() | MadeFrom():
            raise AssertionError(f"{criterion} has to be resolved before the catalogue is asked")
        case _:
            return _stored(db, criterion)


def _stored(db: sa.Connection, leaf: Stored) -> Condition:
    match leaf:
        case Among(trait, values):
            return _among(db, trait, values)
        case Known(trait):
            return _known(trait)
        case Between(trait, low, high):
            return _between(trait, low, high)
        case During(trait, since, before):
            return _during(trait, since, before)
        case Coloured(names, share):
            return _coloured(db, names, share)
        case Keyed(keys):
            return among(db, t.assets.c.key, keys)


def _sure(unsure: Condition) -> Condition:
    """Take what is not known for not so."""
    return sa.func.coalesce(unsure, sa.false())


def _among(db: sa.Connection, trait: Trait, values: Sequence[str]) -> Condition:
    plain = [fold(value) for value in values]
    match trait:
        case Trait.TYPE | Trait.ORIENTATION | Trait.STATUS:
            return _sure(among(db, _ON_ASSETS[trait], plain))
        case Trait.COLLECTION:
            held = sa.select(t.collections.c.asset_id)
            return t.assets.c.id.in_(held.where(among(db, t.collections.c.folded, plain)))
        case Trait.PARENT:
            return t.assets.c.id.in_(_descendants(db, values))
        case Trait.USED | Trait.LIVE:
            there = _used(trait).where(among(db, t.publications.c.channel, plain))
            return t.assets.c.id.in_(there)
        case _:
            said = _said(trait).where(among(db, t.field_values.c.folded, plain))
            return t.assets.c.id.in_(said)


def _known(trait: Trait) -> Condition:
    if trait in _ON_ASSETS:
        return _ON_ASSETS[trait].is_not(None)
    if trait in _ON_VERSIONS:
        return t.assets.c.id.in_(_files(_ON_VERSIONS[trait].is_not(None)))
    if trait in {Trait.USED, Trait.LIVE}:
        return t.assets.c.id.in_(_used(trait))
    if trait is Trait.COLLECTION:
        return t.assets.c.id.in_(sa.select(t.collections.c.asset_id))
    return t.assets.c.id.in_(_said(trait)) if trait in FIELDS else sa.true()


def _between(trait: Trait, low: float | None, high: float | None) -> Condition:
    column = _ON_ASSETS[trait] if trait in _ON_ASSETS else _ON_VERSIONS[trait]
    bounds: list[Condition] = [column.is_not(None)]
    bounds += [column >= low] if low is not None else []
    bounds += [column <= high] if high is not None else []
    lies = sa.and_(*bounds)
    return _sure(lies) if trait in _ON_ASSETS else t.assets.c.id.in_(_files(lies))


def _during(trait: Trait, since: datetime | None, before: datetime | None) -> Condition:
    if trait is Trait.ADDED:
        bounds: list[Condition] = [t.assets.c.added_at >= _utc(since)] if since else []
        bounds += [t.assets.c.added_at < _utc(before)] if before else []
        return sa.and_(sa.true(), *bounds)
    bounds = [t.assets.c.taken_first.is_not(None)]
    if since:
        bounds.append(t.assets.c.taken_first - _lead(since) >= _second(since))
    if before:
        bounds.append(t.assets.c.taken_last - _lead(before) < _second(before))
    return _sure(sa.and_(*bounds))


def _lead(asked: datetime) -> sa.ColumnElement[int]:
    """Give what the clock of the place led over UTC by, or nothing when clocks are compared."""
    offset = asked.utcoffset()
    if offset is None:
        return sa.literal(0)
    return sa.func.coalesce(t.assets.c.taken_offset, int(offset.total_seconds()))


def _second(asked: datetime) -> int:
    return wall(asked.astimezone(UTC) if asked.tzinfo else asked)


def _utc(moment: datetime) -> str:
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(UTC).isoformat()


def _coloured(db: sa.Connection, names: Sequence[str], share: float) -> Condition:
    covered = (
        sa.select(t.field_values.c.asset_id)
        .where(
            t.field_values.c.field == "colour",
            among(db, t.field_values.c.folded, [fold(name) for name in names]),
            t.field_values.c.retired_at.is_(None),
        )
        .group_by(t.field_values.c.asset_id)
        .having(sa.func.sum(t.field_values.c.confidence) >= share - _SLACK)
    )
    return t.assets.c.id.in_(covered)


def _said(trait: Trait) -> sa.Select[tuple[str]]:
    return sa.select(t.field_values.c.asset_id).where(
        t.field_values.c.field == FIELDS[trait], t.field_values.c.retired_at.is_(None)
    )


def _used(trait: Trait) -> sa.Select[tuple[str]]:
    query = sa.select(t.publications.c.asset_id)
    return query.where(t.publications.c.withdrawn_at.is_(None)) if trait is Trait.LIVE else query


def _files(lies: Condition) -> sa.Select[tuple[str]]:
    current = (t.versions.c.asset_id == t.assets.c.id) & (t.versions.c.number == t.assets.c.version)
    files = sa.select(t.assets.c.id).select_from(t.assets.join(t.versions, current))
    return files.where(lies).correlate(None)


def _descendants(db: sa.Connection, originals: Sequence[str]) -> sa.Select[tuple[str]]:
    made = sa.select(t.assets.c.id).where(among(db, t.assets.c.parent_id, originals))
    tree = made.cte(recursive=True)
    further = sa.select(t.assets.c.id).join(tree, t.assets.c.parent_id == tree.c.id)
    return sa.select(tree.union(further).c.id)
