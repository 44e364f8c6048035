"""Short ways to make what a catalogue holds."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from tools.adapters.catalogue import SqlCatalogue, tables
from tools.core.assets import AssetId, Field, FieldValue, MediaType, Source, Version
from tools.core.effects import Effect
from tools.core.people import Role, Viewer
from tools.core.plans import Draft, Plan, PlannedAsset
from tools.core.publications import Errand, OutboxEntry, Publication
from tools.core.receipts import Inverse, Receipt
from tools.core.records import NewAsset

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OWNER = Viewer("owner", "Owner", frozenset({Role.ADMIN}), local_owner=True)


def later(minutes):
    return NOON + timedelta(minutes=minutes)


def viewer(name, *roles):
    return Viewer(name, name.title(), frozenset(roles))


def version(asset_id, number=1, **changes):
    facts = {
        "sha256": f"{asset_id}-{number}".ljust(64, "0"),
        "bytes": 1000,
        "mime": "image/jpeg",
        "added_at": NOON,
        "blob": f"aa/bb/{asset_id}",
        "width": 1600,
        "height": 900,
    }
    return Version(asset_id=AssetId(asset_id), number=number, **(facts | changes))


def new_asset(asset_id, media_type=MediaType.IMAGE, file=None, **changes):
    facts = {"file_name": f"{asset_id}.jpg", "title": asset_id.title(), "owner": "jane"}
    made = version(asset_id, **(file or {}))
    return NewAsset(id=AssetId(asset_id), media_type=media_type, version=made, **(facts | changes))


def add(catalogue, *assets):
    with catalogue.writing() as records:
        return [records.assets.add(asset) for asset in assets]


def value(asset_id, text, field=Field.TAG, source=Source.PERSON, by="jane", at=NOON, sure=1.0):
    return FieldValue(AssetId(asset_id), field, text, source, by, at, sure)


def plan(plan_id, assets=("a1",), created=NOON, **changes):
    planned = tuple(
        PlannedAsset(AssetId(one), 1, one.title(), f"{one}.jpg", "f" * 32, "allowed", "By law.")
        for one in assets
    )
    draft = Draft(
        tool="publish_assets",
        arguments='{"channel":"website"}',
        effect=Effect.PUBLISH,
        summary="Publish Größe 一 'quoted'",
        assets=planned,
        target="website",
        excluded=(("a9", "legal hold"),),
    )
    facts = {
        "requester": "jane",
        "requester_name": "Jane",
        "thread": "t1",
        "approvers": ("publisher", "admin"),
        "quorum": 1,
        "created_at": created,
        "expires_at": created + timedelta(days=1),
        "policy_version": "v1",
        "digest": "d" * 64,
    }
    return Plan(id=plan_id, draft=draft, **(facts | changes))


def receipt(receipt_id, at=NOON, **changes):
    facts = {
        "tool": "tag_assets",
        "actor": "jane",
        "thread": "t1",
        "summary": "Tagged two",
        "inverse": Inverse.FIELDS,
        "details": '{"assets":["a1"]}',
        "at": at,
        "undo_until": at + timedelta(days=7),
    }
    return Receipt(id=receipt_id, **(facts | changes))


def publication(key, asset_id="a1", at=NOON):
    return Publication(key, AssetId(asset_id), 1, "website", f"/site/{key}", "p1", at)


def errand(key, at=NOON, **changes):
    facts = {"errand": Errand.DELIVER, "channel": "website", "asset_id": AssetId("a1")}
    return OutboxEntry(key=key, plan_id="p1", payload='{"x":1}', created_at=at, **(facts | changes))


def emptied(url):
    """Open a database, with nothing left in it."""
    opened = SqlCatalogue(url)
    with opened._engine.begin() as connection:
        for name in ("search_text", "search_letters", "alembic_version"):
            connection.execute(sa.text(f"DROP TABLE {name}"))
        tables.metadata.drop_all(connection)
    return opened
