"""A library of made-up assets, for measuring what a large one costs."""

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from agent.bootstrap.house import House
from agent.brain_room import BrainRoom
from agent.settings import Settings
from tools.core.assets import AssetId, Field, FieldValue, MediaType, Source, Version
from tools.core.ingest.evidence import Evidence
from tools.core.ports import Report
from tools.core.records import NewAsset

BATCH = 1000
# So many different things are said; a text for each asset would take a quarter of an hour.
SAYINGS = 600
NOISE = 0.02
KINDS = ("spring", "autumn", "archive", "press", "product", "event", "portrait", "office")
PLACES = ("Lisbon", "Porto", "Berlin", "Lyon", "Osaka", "Madrid", "Milan", "Utrecht")
_FIRST = datetime(2018, 1, 1, tzinfo=UTC)


def stock(settings: Settings, count: int, report: Report) -> None:
    """Fill the new library in `settings.home` with pictures that have no files.

    They have titles, tags, dates, sizes and labels, and vectors near those of real sentences. The
    same count gives the same library. Raises Fixable when the file of the label names is missing.
    """
    house = House(settings, BrainRoom(None))
    try:
        chance = random.Random(7)  # noqa: S311 - a library, not a secret
        names = [name.split(",")[0] for name in house.vision.label_names]
        said = np.asarray(house.embedder.passages(list(_sayings(chance, names))))
        noise = np.random.default_rng(7)
        for start in range(0, count, BATCH):
            made = [_made(chance, number, names) for number in range(start, start + BATCH)]
            with house.catalogue.writing() as records:
                keys = [records.assets.add(asset).key for asset, _, _ in made]
                records.fields.put([value for _, values, _ in made for value in values])
                house.indexing.words(records, [asset.id for asset, _, _ in made])
            rows = said[noise.integers(0, len(said), len(keys))]
            rows = rows + NOISE * noise.normal(size=rows.shape).astype(np.float32)
            house.index.put(keys, rows / np.linalg.norm(rows, axis=1, keepdims=True))
            house.labels.put({key: one for key, (_, _, one) in zip(keys, made, strict=True)})
            report(start + len(keys), count, "assets made up")
    finally:
        house.close()


def _sayings(chance: random.Random, names: list[str]) -> Iterator[str]:
    for _ in range(SAYINGS):
        yield f"{chance.choice(KINDS)} {chance.choice(names)} in {chance.choice(PLACES)}"


def _made(
    chance: random.Random, number: int, names: list[str]
) -> tuple[NewAsset, list[FieldValue], Evidence]:
    asset_id = AssetId(f"a{number:010x}")
    index, kind, place = chance.randrange(len(names)), chance.choice(KINDS), chance.choice(PLACES)
    added = _FIRST + timedelta(minutes=40 * number)
    sides = chance.choice(((6000, 4000), (4000, 6000), (2000, 2000)))
    digest = hashlib.sha256(asset_id.encode()).hexdigest()
    name = f"{kind}_{number:06d}.jpg"
    version = Version(
        asset_id,
        1,
        digest,
        4_000_000,
        "image/jpeg",
        added,
        None,
        f"/nowhere/{kind}/{name}",
        width=sides[0],
        height=sides[1],
    )
    title = f"{kind} {place} {number}"
    asset = NewAsset(asset_id, MediaType.IMAGE, name, title, "jane", version, folder=kind)
    evidence = Evidence(classes=((index, 0.7), (chance.randrange(len(names)), 0.1)))
    taken = added - timedelta(days=chance.randrange(400))
    by = "efficientnet"
    values = [
        FieldValue(asset_id, Field.LABEL, names[index], Source.MODEL, by, added, 0.7),
        FieldValue(asset_id, Field.TAG, kind, Source.PERSON, "jane", added),
        FieldValue(asset_id, Field.CAPTURED_AT, taken.isoformat(), Source.FILE, "EXIF", added),
        FieldValue(asset_id, Field.EVIDENCE, evidence.to_json(), Source.MODEL, by, added),
    ]
    return asset, values, evidence
