"""What tagging changes, and the draft that says so before it happens."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tools.core.assets import Asset, AssetId, Field, FieldValue, Source
from tools.core.changes import Change
from tools.core.effects import Effect
from tools.core.people import Viewer
from tools.core.plans import Draft, PlannedAsset, canonical, fingerprint
from tools.core.records import Records


def tag_change(
    records: Records,
    assets: Sequence[Asset],
    plus: Sequence[str],
    minus: Sequence[str],
    actor: Viewer,
    now: datetime,
) -> Change:
    """Work out which tags come to hold and which end."""
    added: list[FieldValue] = []
    ended: list[FieldValue] = []
    current = records.fields.current([asset.id for asset in assets])
    for asset in assets:
        tags = [v for v in current if v.asset_id == asset.id and v.field is Field.TAG]
        own = {v.value for v in tags if v.source is Source.PERSON}
        fresh = [tag for tag in plus if tag not in own]
        # A tag that a file or a model gave becomes the person's, and is theirs again on undo.
        ended += [v for v in tags if v.value.lower() in {*minus, *fresh}]
        added += [
            FieldValue(asset.id, Field.TAG, tag, Source.PERSON, actor.id, now) for tag in fresh
        ]
    return Change(tuple(added), tuple(ended))


def tags_of(records: Records, assets: Sequence[Asset]) -> dict[AssetId, set[str]]:
    """Give the tags of each asset."""
    tags: dict[AssetId, set[str]] = {asset.id: set() for asset in assets}
    for value in records.fields.current(list(tags)):
        if value.field is Field.TAG:
            tags[value.asset_id].add(value.value)
    return tags


def write_draft(
    tool: str,
    arguments: dict[str, object],
    summary: str,
    assets: Sequence[Asset],
    depends_on: Callable[[Asset], Sequence[str]],
) -> Draft:
    """Draft a change of descriptions, pinned to each file and to what is going to change."""
    planned = tuple(
        PlannedAsset(
            id=asset.id,
            version=asset.version.number,
            title=asset.title,
            file_name=asset.file_name,
            fingerprint=fingerprint(
                asset.version.sha256, asset.state.value, list(depends_on(asset))
            ),
        )
        for asset in assets
    )
    return Draft(tool, canonical(arguments), Effect.WRITE, summary, planned)
