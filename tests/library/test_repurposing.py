"""Renditions: right size, faces inside, parents linked, never twice, rights first."""

import json
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from tests.library.models import LowerWriter
from tests.library.world import World
from tools.core.assets import AssetState, Field, MediaType, Recipe
from tools.core.errors import Fixable, Refused
from tools.core.perception import Box
from tools.core.receipts import Inverse
from tools.core.repurposing.checks import losses
from tools.core.repurposing.languages import language_code, language_name
from tools.core.rights.actions import Action
from tools.core.rights.rules import Rule, RuleKind, RuleStatus, ScopeKind


@pytest.fixture
def full(world: World, tmp_path: Path) -> World:
    folder = tmp_path / "in"
    folder.mkdir()
    Image.new("RGB", (1600, 900), "red").save(folder / "two_dogs.jpg")
    (folder / "text.txt").write_text(
        "The jug holds 24 litres and costs 19.50 euros. See https://example.org for more."
    )
    (folder / "notes.md").write_text("# Jug\n\nThe **jug** holds 24 litres of water. It is blue.\n")
    document = Document()
    document.add_heading("Product sheet", 1)
    document.add_paragraph("The jug is made of steel and holds 24 litres of water.")
    document.save(folder / "product-sheet.docx")
    world.take(folder)
    return world


def forbid(world: World, asset_id: str, action: Action, clause: str) -> None:
    now = world.clock.now()
    rule = Rule(
        id="r1",
        scope=(ScopeKind.ASSET, asset_id),
        status=RuleStatus.CONFIRMED,
        kind=RuleKind.PROHIBITION,
        clause=clause,
        recorded_by="jane",
        recorded_at=now,
        edits=(action,),
        confirmed_by="jane",
        confirmed_at=now,
    )
    with world.catalogue.writing() as records:
        records.rights.put(rule)


def test_slots_and_ratios_become_linked_renditions(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    made = full.reframer.reframe([dog.id], ["instagram story", "1:1"], full.me)
    story, square = made.assets
    assert (story.version.width, story.version.height) == (1080, 1920)
    assert (square.version.width, square.version.height) == (1080, 1080)
    assert story.title == "Two dogs — instagram-story"
    assert (story.parent_id, story.version.parent_version, story.origin) == (
        dog.id,
        1,
        "rendition",
    )
    assert story.version.recipe is not None
    assert json.loads(story.version.recipe.arguments)["target"] == "instagram-story"
    assert made.receipt is not None
    assert made.receipt.inverse is Inverse.MADE
    assert json.loads(made.receipt.details)["asset_ids"] == [story.id, square.id]
    assert [c.id for c in full.library.details(dog.id, full.owner).children] == [
        story.id,
        square.id,
    ]
    face = Box(0.65, 0.2, 0.75, 0.4)
    crop = Box(*json.loads(story.version.recipe.arguments)["crop"])
    assert crop.left <= face.left
    assert crop.right >= face.right


def test_what_is_not_what_it_says_is_not_registered(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    with full.library.open_file(dog) as path:
        content = path.read_bytes()
    recipe = Recipe("reframe", "{}", "test 1")
    with pytest.raises(Fixable, match="image/jpeg, not image/png"):
        full.ingest.add_rendition(dog, content, "image/png", "x.png", "X", recipe, full.me)
    assert len(full.all()) == 4


def test_nothing_is_made_of_what_is_in_the_trash(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    with full.catalogue.writing() as records:
        records.assets.set_state(dog.id, AssetState.TRASHED, full.clock.now())
    with pytest.raises(Fixable, match="in the trash"):
        full.reframer.reframe([dog.id], ["1:1"], full.me)


def test_the_same_recipe_is_not_made_twice(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    first = full.reframer.reframe([dog.id], ["9:16"], full.me).assets
    again = full.reframer.reframe([dog.id], ["9:16", "9:16"], full.me)
    assert again.assets == first
    assert again.receipt is None
    assert any("already" in note for note in again.notes)


def test_what_cannot_be_reframed_is_told_while_the_rest_goes_on(full: World) -> None:
    dog, text = full.named("two_dogs.jpg"), full.named("text.txt")
    made = full.reframer.reframe([text.id, dog.id], ["1:1"], full.me)
    assert len(made.assets) == 1
    assert "is a document" in made.notes[0]
    with pytest.raises(Fixable, match="is a document"):
        full.reframer.reframe([text.id], ["1:1"], full.me)
    for targets, says in ((["50:1"], "cannot be made"), (["nowhere"], "No target"), ([], "slot")):
        with pytest.raises(Fixable, match=says):
            full.reframer.reframe([dog.id], targets, full.me)


def test_rights_that_forbid_crops_refuse_before_any_work(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    forbid(full, dog.id, Action.CROP, "No cropping of this picture.")
    with pytest.raises(Refused, match="No cropping of this picture"):
        full.reframer.reframe([dog.id], ["1:1"], full.me)
    assert len(full.all()) == 4


def test_a_rendition_is_searched_and_seen_like_its_parent(full: World) -> None:
    dog = full.named("two_dogs.jpg")
    with full.catalogue.writing() as records:
        records.assets.set_state(dog.id, dog.state, full.clock.now())
    made = full.reframer.reframe([dog.id], ["4:5"], full.me).assets[0]
    assert made.audience == dog.audience
    assert made.media_type is MediaType.IMAGE
    assert not full.indexing.without_vector([made.key])


def test_a_document_is_translated_once_and_marked(full: World) -> None:
    sheet = full.named("product-sheet.docx")
    made = full.translation.translate(sheet.id, "Portuguese", full.me)
    (copy,) = made.assets
    assert copy.file_name == "product-sheet.pt.docx"
    assert copy.title.endswith("Portuguese (machine draft)")
    assert copy.version.recipe is not None
    assert copy.version.recipe.engine == "upper 1"
    assert full.first(copy, Field.LANGUAGE) == "pt"
    assert full.first(copy, Field.TAG) == "machine draft"
    assert any("not read by a person" in v.value for v in full.values(copy, Field.WARNING))
    with full.library.open_file(copy) as path:
        texts = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    assert "THE JUG IS MADE OF STEEL AND HOLDS 24 LITRES OF WATER." in texts
    again = full.translation.translate(sheet.id, "pt", full.me)
    assert (again.assets, again.receipt) == ((copy,), None)


@pytest.mark.parametrize("name", ["text.txt", "notes.md"])
def test_plain_formats_keep_their_kind(full: World, name: str) -> None:
    source = full.named(name)
    (copy,) = full.translation.translate(source.id, "português", full.me).assets
    assert copy.version.mime == source.version.mime
    assert copy.parent_id == source.id
    with full.library.open_file(copy) as path:
        assert "HOLDS 24 LITRES" in path.read_text()


def test_a_lossy_engine_is_told_on(full: World) -> None:
    text = full.named("text.txt")
    with pytest.raises(Fixable, match="dalm models fetch"):
        full.translation.translate(text.id, "de", full.me)
    full.writer.available = True
    made = full.translation.translate(text.id, "Deutsch", full.me)
    assert any("a number changed" in note for note in made.notes)
    warnings = [v.value for v in full.values(made.assets[0], Field.WARNING)]
    checks = [warning for warning in warnings if warning.startswith("Check this: ")]
    assert made.notes[1] == f"{len(checks)} to review, side by side in its warnings."
    assert "holds 24 litres and costs 19.50 euros" in checks[0]
    assert "” became “the jug holds litres" in checks[0]
    assert isinstance(full.writer, LowerWriter)


def test_what_cannot_be_translated_says_why(full: World) -> None:
    text, dog = full.named("text.txt"), full.named("two_dogs.jpg")
    cases = (
        (text.id, "Klingon", "No language"),
        (text.id, "anglais", "already"),
        (dog.id, "pt", "can be translated"),
    )
    for asset_id, language, says in cases:
        with pytest.raises(Fixable, match=says):
            full.translation.translate(asset_id, language, full.me)
    forbid(full, text.id, Action.TRANSLATE, "No translations.")
    with pytest.raises(Refused, match="No translations"):
        full.translation.translate(text.id, "pt", full.me)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("German", "de"),
        ("deutsch", "de"),
        ("alemán", "de"),
        ("ドイツ語", "de"),
        ("Italiano", "it"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("português do Brasil", "pt-BR"),
        ("Niederländisch", "nl"),
    ],
)
def test_languages_are_known_by_many_names(text: str, code: str) -> None:
    assert language_code(text) == code


def test_unknown_languages_offer_near_ones() -> None:
    with pytest.raises(Fixable, match="German"):
        language_code("Germann")
    assert language_name("pt-BR") == "Brazilian Portuguese"
    assert language_name("de-AT") == "Austrian German"
    assert language_name("de-LU") == "German (de-LU)"


@pytest.mark.parametrize(
    ("source", "target", "what"),
    [
        ("It costs 1,299.50 euros", "Kostet 1.299,50 Euro", None),
        ("It costs 12 euros", "Kostet 13 Euro", "a number changed"),
        ("See www.example.org.", "Siehe www.example.org.", None),
        ("See https://a.example/x", "Siehe https://a.example/y", "an address changed"),
        ("Hello {name}, %s", "Hallo {name}, %s", None),
        ("Hello {name}", "Hallo {Name}", "a placeholder changed"),
        ("Hello", "  ", "nothing came back"),
        ("24 litres", "２４リットル", None),
        ("before 2 pm", "antes das 14:00", None),
        ("at 9:30 a.m. or 12 am", "um 9:30 oder 0:00", None),
        ("before 2 pm", "antes das 15:00", "a number changed"),
    ],
)
def test_losses_are_found(source: str, target: str, what: str | None) -> None:
    assert [loss.what for loss in losses([source], [target])] == ([what] if what else [])


def test_more_pictures_than_may_be_made_at_once_are_not_begun(full: World) -> None:
    full.reframer._most = 3
    before = len(full.all())
    with pytest.raises(Fixable, match="would make 4 pictures; at most 3"):
        full.reframer.reframe(
            [full.named("two_dogs.jpg").id], ["1:1", "9:16", "4:5", "16:9"], full.me
        )
    assert len(full.all()) == before
