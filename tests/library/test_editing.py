"""Edits of pictures: understood, carried out, measured on the file, linked, undone."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.library.test_repurposing import forbid
from tests.library.world import World
from tools.adapters.cutout import SubjectCutter
from tools.adapters.retouching import PillowRetouch
from tools.core.assets import Asset, AssetState, Field
from tools.core.edits.service import Editor
from tools.core.errors import Fixable, Refused
from tools.core.perception import Box
from tools.core.receipts import Inverse
from tools.core.referring import Referring
from tools.core.rights.actions import Action
from tools.core.rights.uses import Outcome, Use


class BoxCutter:
    """Implements ports.Cutter: the subject is what the boxes hold, else the middle."""

    name = "boxes 1"
    advice = ""

    def subject(self, picture: Image.Image, boxes: Sequence[Box] = ()) -> Image.Image:
        mask = Image.new("L", picture.size, 0)
        for box in boxes or [Box(0.25, 0.25, 0.75, 0.75)]:
            width, height = picture.size
            corners = (box.left * width, box.top * height, box.right * width, box.bottom * height)
            ImageDraw.Draw(mask).rectangle(corners, fill=255)
        return mask

    def within(self, picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
        return self.subject(picture, boxes)


@pytest.fixture(params=[BoxCutter, SubjectCutter])
def cutter(request: pytest.FixtureRequest) -> object:
    return request.param()


def disc(size: tuple[int, int] = (400, 300)) -> Image.Image:
    picture = Image.new("RGB", size, "red")
    noise = np.random.default_rng(3).integers(-9, 9, (size[1], size[0], 3))
    pixels = np.clip(np.asarray(picture).astype(int) + noise, 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels)
    # RuleVision sees its object in this box of a red picture.
    box = [0.62 * size[0], 0.25 * size[1], 0.88 * size[0], 0.85 * size[1]]
    ImageDraw.Draw(picture).ellipse(box, fill=(30, 80, 200))
    return picture


@pytest.fixture
def full(world: World, tmp_path: Path) -> World:
    folder = tmp_path / "in"
    folder.mkdir()
    disc().save(folder / "ball.png")
    Image.new("RGBA", (200, 80), (0, 160, 90, 255)).save(folder / "green logo.png")
    (folder / "text.txt").write_text("The jug holds 24 litres.")
    world.take(folder)
    return world


def editor(world: World, cutter: object | None = None) -> Editor:
    return Editor(
        catalogue=world.catalogue,
        library=world.library,
        ingest=world.ingest,
        imaging=world.stills_imaging,
        vision=world.vision,
        cutter=cutter or BoxCutter(),
        retouch=PillowRetouch(),
        referring=Referring(catalogue=world.catalogue, search=world.search),
        rights=world.rights,
        clock=world.clock,
    )


def pixels(world: World, asset: Asset) -> Image.Image:
    with world.library.open_file(asset) as path, Image.open(path) as picture:
        picture.load()
        return picture.copy()


def test_a_background_is_replaced_and_the_subject_stays(full: World, cutter: object) -> None:
    ball = full.named("ball.png")
    before = pixels(full, ball).tobytes()
    made = editor(full, cutter).edit(ball.id, "make the background of it #00aaff", full.me)
    (new,) = made.assets
    after = pixels(full, new)
    assert after.size == (400, 300)
    assert after.getpixel((5, 5)) == (0, 170, 255)
    assert after.getpixel((300, 165)) == (30, 80, 200)
    assert new.parent_id == ball.id
    assert new.version.recipe is not None
    assert json.loads(new.version.recipe.arguments)["colours"] == ["#00aaff"]
    assert cutter.name in new.version.recipe.engine
    assert made.receipt is not None
    assert made.receipt.inverse is Inverse.MADE
    assert "unchanged" in made.notes[-1]
    assert pixels(full, full.named("ball.png")).tobytes() == before


def test_the_same_edit_is_not_made_twice(full: World) -> None:
    ball = full.named("ball.png")
    first = editor(full).edit(ball.id, "cut it out", full.me)
    again = editor(full).edit(ball.id, "stell es bitte frei", full.me)
    assert again.assets == first.assets
    assert again.receipt is None


def test_what_is_cut_out_is_transparent_around_the_subject(full: World) -> None:
    (new,) = editor(full).edit(full.named("ball.png").id, "cut it out", full.me).assets
    after = pixels(full, new)
    assert (after.mode, after.getpixel((5, 5))[3], after.getpixel((300, 165))[3]) == (
        "RGBA",
        0,
        255,
    )


def test_rights_that_forbid_edits_refuse_before_any_work(full: World) -> None:
    ball = full.named("ball.png")
    forbid(full, ball.id, Action.EDIT, "No derivatives.")
    with pytest.raises(Refused, match="No derivatives"):
        editor(full, None).edit(ball.id, "make it black and white", full.me)
    assert len(full.all()) == 3


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("remove the woman from it", "painted away"),
        ("retuschiere die Frau weg", "painted away"),
        ("make the sky a dramatic sunset", "What can be done"),
        ("make the car red", "No car was found"),
        ("upscale 9x", "up to 4 times"),
        ("another background", "Which background"),
        ("put our logo on the van", "laid flat"),
    ],
)
def test_what_cannot_be_done_says_what_can(full: World, said: str, says: str) -> None:
    with pytest.raises(Fixable, match=says):
        editor(full).edit(full.named("ball.png").id, said, full.me)
    assert len(full.all()) == 3


def test_what_is_no_picture_or_in_the_trash_is_not_edited(full: World) -> None:
    with pytest.raises(Fixable, match="is a document"):
        editor(full).edit(full.named("text.txt").id, "cut it out", full.me)
    ball = full.named("ball.png")
    with full.catalogue.writing() as records:
        records.assets.set_state(ball.id, AssetState.TRASHED, full.clock.now())
    with pytest.raises(Fixable, match="in the trash"):
        editor(full).edit(ball.id, "cut it out", full.me)


def test_grades_canvas_and_pixels(full: World) -> None:
    ball = full.named("ball.png").id
    edit = editor(full).edit
    (grey,) = edit(ball, "mach es schwarz-weiß", full.me).assets
    red, green, blue = pixels(full, grey).convert("RGB").getpixel((5, 5))
    assert red == green == blue
    (wide,) = edit(ball, "add some canvas on the left in white", full.me).assets
    assert pixels(full, wide).size == (500, 300)
    assert pixels(full, wide).getpixel((3, 3)) == (255, 255, 255)
    big = edit(ball, "upscale 2x", full.me)
    assert (big.assets[0].version.width, big.assets[0].version.height) == (800, 600)
    assert "no more detail" in big.notes[0]


def test_a_thing_takes_another_colour_and_the_rest_stays(full: World) -> None:
    ball = full.named("ball.png")
    # RuleVision calls what is in its box a dog.
    (new,) = editor(full, SubjectCutter()).edit(ball.id, "make the dog green", full.me).assets
    after = pixels(full, new).convert("RGB")
    red, green, blue = after.getpixel((300, 165))
    assert green > red + 40
    assert green > blue + 20
    assert after.getpixel((5, 5)) == pixels(full, ball).convert("RGB").getpixel((5, 5))


def test_a_logo_is_laid_into_its_corner_with_the_rights_of_both(full: World) -> None:
    ball, logo = full.named("ball.png"), full.named("green logo.png")
    (new,) = editor(full).edit(ball.id, 'put "green logo" bottom right', full.me).assets
    after = pixels(full, new).convert("RGB")
    assert after.getpixel((350, 275)) == (0, 160, 90)
    assert after.getpixel((397, 297))[0] > 200
    assert new.version.recipe is not None
    assert json.loads(new.version.recipe.arguments)["with"] == logo.id
    assert full.first(new, Field.SOURCE_TYPE) == "composite"
    forbid(full, logo.id, Action.COMPOSITE, "The logo stands alone.")
    use = Use(Action.CROP, at=full.clock.now())
    with full.catalogue.reading() as records:
        verdict = full.rights.decide_in(records, new, use, full.owner)
    assert (verdict.outcome, verdict.clause) == (Outcome.DENIED, "The logo stands alone.")
    with pytest.raises(Refused, match="stands alone"):
        editor(full).edit(ball.id, 'put "green logo" top left', full.me)


@pytest.mark.parametrize("kind", ["cmyk.jpg", "deep.png", "clear.png", "turned.jpg"])
def test_every_kind_of_picture_is_edited_upright(full: World, tmp_path: Path, kind: str) -> None:
    path, exif = tmp_path / kind, Image.Exif()
    match kind:
        case "cmyk.jpg":
            Image.new("CMYK", (400, 300), (0, 200, 200, 0)).save(path)
        case "deep.png":
            deep = np.asarray(disc().convert("L")).astype(np.uint16) * 257
            Image.fromarray(deep).save(path)
        case "clear.png":
            clear = disc().convert("RGBA")
            clear.putalpha(BoxCutter().subject(clear))
            clear.save(path)
        case _:
            exif[274] = 6
            disc().save(path, exif=exif)
    full.take(path)
    made = editor(full).edit(full.named(kind).id, "put it on white", full.me)
    after = pixels(full, made.assets[0]).convert("RGB")
    assert after.size == ((300, 400) if kind == "turned.jpg" else (400, 300))
    assert min(after.getpixel((4, 4))) >= 250
    if kind == "clear.png":
        assert made.notes[0] == "Cut out by its own transparency."


def test_a_picture_of_one_pixel_gets_a_clear_line(full: World, tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), "green").save(tmp_path / "dot.png")
    full.take(tmp_path / "dot.png")
    with pytest.raises(Fixable, match="too small"):
        editor(full).edit(full.named("dot.png").id, "cut it out", full.me)
