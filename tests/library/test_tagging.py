"""What people say about assets is kept above all else, and can be taken back exactly."""

from pathlib import Path

import pytest

from tests.library.world import World
from tools.core.assets import Field, Source
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.plans import Draft
from tools.core.receipts import Inverse, Receipt
from tools.core.search.answers import SearchRequest


@pytest.fixture
def full(world: World, album: Path) -> World:
    world.take(album)
    return world


def undo(world: World, receipt: Receipt) -> None:
    with world.catalogue.writing() as records:
        touched = world.tagging.restore(receipt.details, records, world.me)
    world.indexing.vectors(touched)


def found(world: World, query: str) -> list[str]:
    answer = world.search.find(SearchRequest(query), world.owner)
    return [hit.asset.file_name for hit in answer.hits]


def tags(world: World, name: str) -> set[str]:
    return {value.value for value in world.values(world.named(name), Field.TAG)}


def test_tags_are_found_at_once_and_taken_back(full: World) -> None:
    ids = [full.named("red_dog.png").id, full.named("letter.txt").id]
    receipt = full.tagging.tag(ids, ["  Spring-Campaign "], [], full.me)
    assert receipt.inverse is Inverse.FIELDS
    assert "2 assets" in receipt.summary
    assert set(found(full, "spring-campaign")) >= {"red_dog.png", "letter.txt"}
    assert tags(full, "red_dog.png") == {"spring-campaign"}
    undo(full, receipt)
    assert tags(full, "red_dog.png") == set()
    assert "red_dog.png" not in found(full, "spring-campaign")


def test_undo_gives_back_what_was_there_and_leaves_what_came_since(full: World) -> None:
    dog = full.named("red_dog.png").id
    full.tagging.tag([dog], ["kept", "gone"], [], full.me)
    full.clock.move(minutes=1)
    second = full.tagging.tag([dog], ["kept", "fresh"], ["gone"], full.me)
    assert tags(full, "red_dog.png") == {"kept", "fresh"}
    full.clock.move(minutes=1)
    full.tagging.tag([dog], ["later"], [], full.me)
    undo(full, second)
    assert tags(full, "red_dog.png") == {"kept", "gone", "later"}


def test_a_persons_title_outranks_the_file_and_undo_restores_the_old_one(full: World) -> None:
    dog = full.named("red_dog.png")
    receipt = full.tagging.describe(dog.id, "Rex  on\nthe beach", None, "A dog", full.me)
    now = full.library.asset(dog.id, full.owner)
    assert now.title == "Rex on the beach"
    assert full.values(dog, Field.TITLE)[0].source is Source.PERSON
    full.ingest.reindex(lambda *_: None)
    assert full.library.asset(dog.id, full.owner).title == "Rex on the beach"
    assert found(full, "Rex") == ["red_dog.png"]
    undo(full, receipt)
    assert full.library.asset(dog.id, full.owner).title == "Red dog"
    assert full.first(dog, Field.ALT_TEXT) == ""


def test_undo_of_a_description_leaves_a_newer_one(full: World) -> None:
    dog = full.named("red_dog.png")
    first = full.tagging.describe(dog.id, None, "one", None, full.me)
    full.clock.move(minutes=1)
    full.tagging.describe(dog.id, None, "two", None, full.me)
    undo(full, first)
    assert full.first(dog, Field.DESCRIPTION) == "two"


def test_collections_hold_and_let_go(full: World) -> None:
    ids = [full.named("red_dog.png").id, full.named("green.png").id]
    receipt = full.tagging.collect(ids[:1], "Summer", full.me)
    assert full.library.details(ids[0], full.owner).collections == ("Summer",)
    second = full.tagging.collect(ids, "Summer", full.me)
    assert "1 asset" in second.summary
    undo(full, second)
    assert full.library.details(ids[1], full.owner).collections == ()
    assert full.library.details(ids[0], full.owner).collections == ("Summer",)
    undo(full, receipt)
    assert full.library.details(ids[0], full.owner).collections == ()
    with pytest.raises(Fixable, match="None of them"):
        full.tagging.collect(ids, "Summer", full.me, remove=True)


@pytest.mark.parametrize(
    ("add", "remove", "says"),
    [
        ([], [], "which tags"),
        ([" "], [], "letter or digit"),
        (["x" * 65], [], "Shorten"),
        (["a"], ["A"], "both added and removed"),
        ([f"t{n}" for n in range(101)], [], "limit"),
    ],
)
def test_tags_that_cannot_be_kept_are_said(
    full: World, add: list[str], remove: list[str], says: str
) -> None:
    with pytest.raises(Fixable, match=says):
        full.tagging.tag([full.all()[0].id], add, remove, full.me)


def test_an_unknown_asset_says_what_to_do(full: World) -> None:
    with pytest.raises(Fixable, match="Search first"):
        full.tagging.tag(["a9"], ["x"], [], full.me)
    with pytest.raises(Fixable, match="Search first"):
        full.tagging.tag([], ["x"], [], full.me)


def test_control_characters_and_case_do_not_make_a_tag_another(full: World) -> None:
    dog = full.named("red_dog.png").id
    full.tagging.tag([dog], ["Two\u202e Words\n", "#two words"], [], full.me)
    assert tags(full, "red_dog.png") == {"two words"}


def test_a_plan_says_what_would_happen_and_changes_with_the_tags(full: World) -> None:
    ids = [asset.id for asset in full.all()]
    plan = full.tagging.plan_tag(ids, ["x"], [], full.owner)
    assert (plan.tool, plan.effect, len(plan.assets)) == ("tag_assets", Effect.WRITE, 6)
    assert tags(full, "red_dog.png") == set()
    full.tagging.tag(ids[:1], ["y"], [], full.me)
    again = full.tagging.plan_tag(ids, ["x"], [], full.owner)
    changed = [a.id for a, b in zip(plan.assets, again.assets, strict=True) if a != b]
    assert changed == ids[:1]


def test_a_refused_bulk_change_changes_nothing(full: World) -> None:
    def never(*_: object) -> None:
        raise Refused("needs an approval")

    full.tagging._bulk_check = never
    with pytest.raises(Refused):
        full.tagging.tag([full.all()[0].id], ["x"], [], full.me)
    assert tags(full, "red_dog.png") == set()


def test_suggestions_name_their_evidence_and_save_nothing(full: World) -> None:
    dog = full.named("red_dog.png")
    proposed = full.tagging.suggest([dog.id], full.owner)
    assert {"golden retriever", "dog", "animal"} <= {one.tag for one in proposed}
    assert all(one.why for one in proposed)
    assert tags(full, "red_dog.png") == set()
    full.tagging.tag([dog.id], ["dog"], [], full.me)
    assert "dog" not in {one.tag for one in full.tagging.suggest([dog.id], full.owner)}


def test_drafts_are_worded_from_evidence(full: World) -> None:
    dog = full.named("red_dog.png").id
    text = full.tagging.draft(dog, "alt text", full.owner)
    assert text.startswith("Image of dog")
    assert "1 face" in text
    with pytest.raises(Fixable, match="alt text"):
        full.tagging.draft(dog, "poem", full.owner)


def test_changes_are_in_the_audit(full: World) -> None:
    dog = full.named("red_dog.png").id
    full.tagging.tag([dog], ["x"], [], full.me)
    with full.catalogue.reading() as records:
        actions = [row.action for row in records.audit.rows(dog)]
    assert actions == ["asset.ingested", "tag.done"]


def test_a_collection_is_planned_as_it_is_made(full: World) -> None:
    ids = [asset.id for asset in full.all()]
    full.tagging.collect(ids[:2], "Spring", full.me)
    plan = full.tagging.plan_collect(ids, "Spring", full.owner)
    assert (plan.tool, plan.effect, len(plan.assets)) == ("collect_assets", Effect.WRITE, 4)
    checked: list[Draft] = []
    full.tagging._bulk_check = lambda records, authority, draft: checked.append(draft)
    full.tagging.collect(ids, "Spring", full.me)
    assert checked == [plan]
