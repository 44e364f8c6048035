"""What a person denies goes off the asset and its look-alikes, stays off, and may come back."""

from pathlib import Path

import pytest

from tests.curation.conftest import picture
from tests.library.world import World
from tools.core.assets import Field, FieldValue, Source
from tools.core.errors import Fixable
from tools.core.indexing import evidence_of
from tools.core.people import Authority, Role, Viewer
from tools.core.receipts import Receipt
from tools.core.search.answers import Band, SearchRequest

ANA = Authority(Viewer("ana", "Ana", frozenset({Role.CONTRIBUTOR})), "t1")


def said(world: World, name: str) -> set[str]:
    asset = world.named(f"{name}.png")
    seen = {Field.LABEL, Field.OBJECT, Field.TAG}
    return {v.value for v in world.library.fields(asset.id) if v.field in seen}


def rejected(world: World, name: str) -> list[tuple[str, Source]]:
    return [(v.value, v.source) for v in world.values(world.named(f"{name}.png"), Field.REJECTED)]


def found(world: World, query: str) -> set[str]:
    answer = world.search.find(SearchRequest(query), world.owner)
    return {hit.asset.title for hit in answer.hits if hit.band is Band.STRONG}


def reject(world: World, name: str, word: str, because: str = "") -> Receipt:
    return world.rejecting.reject(world.named(f"{name}.png").id, word, because, ANA)


def undo(world: World, receipt: Receipt) -> None:
    with world.catalogue.writing() as records:
        touched = world.tagging.restore(receipt.details, records, world.me)
    world.indexing.vectors(touched)


def everything(world: World) -> list[tuple[str, str, str]]:
    """Give all that is said of all assets, but for when."""
    return sorted(
        (a.title, v.field, v.value) for a in world.all() for v in world.library.fields(a.id)
    )


def test_a_rejected_value_goes_with_what_shows_it_and_search_obeys(world: World) -> None:
    assert found(world, "dog") == {"Red", "Crimson"}
    receipt = reject(world, "red", "dog", "it is a fox")
    assert receipt.summary == "Rejected 'dog' on 'Red', and on 1 that look nearly the same."
    assert said(world, "red") == said(world, "crimson") == set()
    assert rejected(world, "red") == [("dog\x1fit is a fox", Source.PERSON)]
    assert rejected(world, "crimson") == [("dog", Source.MODEL)]
    (follows,) = world.values(world.named("crimson.png"), Field.REJECTED)
    assert follows.by.startswith("looks nearly like 'Red' (")
    assert follows.by.endswith("where ana rejected it")
    assert found(world, "dog") == found(world, "animals") == set()
    assert said(world, "blue") == {"airship", "airplane"}


def test_a_narrow_word_leaves_the_wider_one(world: World) -> None:
    reject(world, "red", "golden retriever")
    assert said(world, "red") == {"dog"}
    evidence = evidence_of(world.library.fields(world.named("red.png").id))
    assert evidence is not None
    assert [index for index, _ in evidence.classes] == [208]
    assert [seen.name for seen in evidence.objects] == ["dog"]


def test_undo_gives_everything_back_as_it_was(world: World) -> None:
    before = everything(world)
    receipt = reject(world, "red", "dog")
    assert everything(world) != before
    undo(world, receipt)
    assert everything(world) == before
    assert found(world, "dog") == {"Red", "Crimson"}


def test_it_stays_off_when_everything_is_looked_at_anew(world: World) -> None:
    reject(world, "red", "dog")
    world.ingest.reindex(lambda *_: None)
    for name in ("red", "crimson"):
        asset = world.named(f"{name}.png")
        path = world.folder / "shots" / asset.file_name
        upkeep = world.ingest._upkeep
        described = upkeep._enrichment.describe(
            asset.id, path, upkeep._facts(asset, path), asset.file_name
        )
        upkeep._keep(asset, described)
        assert said(world, name) == set()
    assert rejected(world, "crimson") == [("dog", Source.MODEL)]
    world.ingest.reindex(lambda *_: None)
    assert found(world, "dog") == set()


def test_new_look_alikes_do_not_get_it_and_say_why(world: World, tmp_path: Path) -> None:
    reject(world, "red", "dog")
    world.take(picture(tmp_path, "scarlet", (244, 9, 6)))
    assert said(world, "scarlet") == set()
    assert rejected(world, "scarlet") == [("dog", Source.MODEL)]
    world.take(picture(tmp_path, "navy", (0, 0, 200)))
    assert said(world, "navy") == {"airship", "airplane"}
    (one,) = world.rejecting.rejections(world.owner)
    assert {asset.title for asset in one.alike} == {"Crimson", "Scarlet"}
    assert (one.word, one.by, one.asset.title) == ("dog", "ana", "Red")


def test_a_revoked_rejection_lets_values_come_back_everywhere(world: World, tmp_path: Path) -> None:
    before = everything(world)
    reject(world, "red", "dog", "it is a fox")
    world.take(picture(tmp_path, "scarlet", (244, 9, 6)))
    receipt = world.rejecting.revoke(world.named("red.png").id, "dog", ANA)
    assert receipt.summary == "'dog' may be said of 'Red' again."
    assert [row for row in everything(world) if row[0] != "Scarlet"] == before
    assert said(world, "scarlet") == {"golden retriever", "dog"}
    assert world.rejecting.rejections(world.owner) == []
    assert found(world, "dog") == {"Red", "Crimson", "Scarlet"}
    with pytest.raises(Fixable, match="is not rejected"):
        world.rejecting.revoke(world.named("red.png").id, "dog", ANA)


def test_of_two_rejections_one_may_be_revoked(world: World) -> None:
    reject(world, "red", "golden retriever")
    reject(world, "red", "dog")
    world.rejecting.revoke(world.named("red.png").id, "dog", ANA)
    assert said(world, "red") == {"dog"}
    assert rejected(world, "red") == [("golden retriever", Source.PERSON)]


def test_what_no_machine_said_cannot_be_rejected(world: World) -> None:
    with pytest.raises(Fixable, match="No machine says 'zebra' of 'Red'; they say"):
        reject(world, "red", "zebra")
    world.tagging.tag([world.named("red.png").id], ["rex"], [], world.me)
    with pytest.raises(Fixable, match="was said by jane"):
        reject(world, "red", "rex")
    with pytest.raises(Fixable, match="at most 300"):
        reject(world, "red", "dog", "x" * 301)
    with pytest.raises(Fixable, match="Search first"):
        world.rejecting.reject("a9", "dog", "", ANA)


def test_a_rejection_takes_the_tag_of_the_taxonomy_along(world: World, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("prefLabel@en,prefLabel@de\nDog,Hund\nAircraft,Flugzeug\n")
    world.taxonomies.propose(table, world.owner)
    world.taxonomies.accept(world.owner, lambda *_: None)
    assert "dog" in said(world, "red")
    reject(world, "red", "dog")
    assert said(world, "red") == said(world, "crimson") == set()
    world.taxonomies.tag_again(lambda *_: None)
    assert said(world, "red") == set()
    world.rejecting.revoke(world.named("red.png").id, "dog", ANA)
    tags = [v.value for v in world.values(world.named("red.png"), Field.TAG)]
    assert tags == ["dog"]


def test_rejections_are_audited_and_leave_with_their_asset(world: World) -> None:
    reject(world, "red", "dog", "it is a fox")
    with world.catalogue.reading() as records:
        rows = [row for row in records.audit.rows() if row.action == "value.rejected"]
    assert [row.actor_name for row in rows] == ["ana"]
    red = world.named("red.png")
    world.ingest.forget([red.id], world.me)
    assert world.rejecting.rejections(world.owner) == []
    (mark,) = world.values(world.named("crimson.png"), Field.REJECTED)
    assert not [name for name in (red.id, red.title, "ana") if name in mark.by]
    world.rejecting.revoke(world.named("crimson.png").id, "dog", ANA)
    assert "dog" in said(world, "crimson")


def test_removing_a_tag_that_a_machine_gave_rejects_it(world: World) -> None:
    before = everything(world)
    red = world.named("red.png")
    receipt = world.tagging.tag([red.id], ["pet"], ["Dog"], world.me)
    assert said(world, "red") == {"pet"}
    assert rejected(world, "crimson") == [("dog", Source.MODEL)]
    undo(world, receipt)
    assert everything(world) == before


def test_a_word_with_a_colon_is_rejected_and_revoked_whole(world: World) -> None:
    red = world.named("red.png")
    price = "Price: 5\nOpen: today"
    read = FieldValue(red.id, Field.OCR, price, Source.MODEL, "ocr", world.clock.now(), 0.9)
    with world.catalogue.writing() as records:
        records.fields.put([read])
    reject(world, "red", price, "no: it is a fox")
    (one,) = world.rejecting.rejections(world.owner)
    assert (one.word, one.because) == (price, "no: it is a fox")
    world.rejecting.revoke(red.id, price, ANA)
    assert world.rejecting.rejections(world.owner) == []


def test_rejections_on_what_not_everybody_sees_stay_among_those_who_do(
    world: World, tmp_path: Path
) -> None:
    (secret,) = world.take(picture(tmp_path, "secret", (245, 4, 4)), audience=("ana",))
    world.rejecting.reject(str(secret.id), "dog", "", ANA)
    world.take(picture(tmp_path, "scarlet", (244, 9, 6)))
    world.take(picture(tmp_path, "rose", (243, 8, 7)), audience=("ana",))
    assert rejected(world, "red") == rejected(world, "scarlet") == []
    assert said(world, "scarlet") == {"golden retriever", "dog"}
    assert rejected(world, "rose") == [("dog", Source.MODEL)]
    bob = Viewer("bob", "Bob", frozenset({Role.CONTRIBUTOR}))
    assert world.rejecting.rejections(bob) == []
