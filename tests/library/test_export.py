"""Export: copies with tags, texts and rights inside or beside them, and who may have them."""

import json
from contextlib import contextmanager

import pytest
from PIL import Image

from tests.library.world import CHANNELS
from tests.media.making import HTML, dng
from tools.adapters.imaging.xmp import write_xmp
from tools.adapters.metadata.exiftool import ExifTool
from tools.adapters.metadata.writing import MetadataFiles
from tools.adapters.probe.content import ContentProbe
from tools.core.approvals import Approvals
from tools.core.assets import AssetState, Field
from tools.core.channels import parse_channels
from tools.core.effects import Effect
from tools.core.errors import Fixable, Refused
from tools.core.exporting.broken_off import BrokenOff
from tools.core.exporting.copying import Copying
from tools.core.exporting.outcomes import Carried, ExportOrder
from tools.core.exporting.scratch import Scratch
from tools.core.exporting.service import Exporting
from tools.core.exporting.writing_back import WritingBack
from tools.core.originals import Originals
from tools.core.people import Authority, Role, Viewer
from tools.core.plans import PlanState
from tools.core.policy import parse_policy

FOUND = {
    "title": "Old title",
    "description": "First line.\nSecond line.",
    "creator": "Ana Silva",
    "usage_terms": "Any use.",
    "keywords": "New York\nold word",
    "keyword_paths": "Places|New York\nPlaces|old word",
    "colour_label": "Rot",
}


class Forgetful(MetadataFiles):
    """A writer that says it wrote everything and leaves the title out."""

    def sidecar(self, fields):
        return super().sidecar({name: text for name, text in fields.items() if name != "title"})


class Door:
    """Exports from a world into a folder, with or without exiftool."""

    def __init__(self, world, folder, writer):
        self.world, self.out, self.writer = world, folder / "out", writer
        policy = parse_policy((CHANNELS.parent / "policy.toml").read_text())
        parts = {"catalogue": world.catalogue, "clock": world.clock, "policy": policy}
        self.approvals = Approvals(**parts)
        copying = Copying(
            originals=Originals(catalogue=world.catalogue, blobs=world.blobs),
            probe=ContentProbe(),
            writer=writer,
            scratch=Scratch(folder / "home" / "scratch"),
        )
        self.writing_back = WritingBack(copying=copying, approvals=self.approvals, **parts)
        self.exporting = Exporting(
            copying=copying,
            approvals=self.approvals,
            rights=world.rights,
            channels=parse_channels(CHANNELS.read_text()),
            guarded=[folder / "home"],
            **parts,
        )

    def order(self, *assets, **more):
        return ExportOrder(tuple(a.id for a in assets), str(self.out), **more)

    def __call__(self, *assets, **more):
        return self.exporting.export(self.order(*assets, **more), self.world.me).files

    def names(self):
        return sorted(one.name for one in self.out.iterdir())


@pytest.fixture
def door(world, tmp_path):
    return Door(world, tmp_path, MetadataFiles(ExifTool("no-such-exiftool")))


@pytest.fixture
def inside(world, tmp_path):
    """A door with the real program."""
    made = Door(world, tmp_path, MetadataFiles(ExifTool()))
    yield made
    made.writer.close()


@pytest.fixture
def photo(world, tmp_path):
    path = tmp_path / "pier.jpg"
    Image.new("RGB", (60, 40), (9, 90, 90)).save(path, xmp=write_xmp(FOUND))
    world.take(path)
    asset = world.named("pier.jpg")
    world.tagging.tag([asset.id], ["boats"], ["old word"], world.me)
    world.tagging.describe(asset.id, "A new <title> & more", None, "A pier", world.me)
    return world.library.asset(asset.id, world.owner)


LEFT = {
    "title": "A new <title> & more",
    "description": "First line.\nSecond line.",
    "alt_text": "A pier",
    "creator": "Ana Silva",
    "usage_terms": "Any use.",
    "keywords": "New York\nplaces\nboats",
    "keyword_paths": "Places|New York",
    "colour_label": "Rot",
}


def test_without_exiftool_a_sidecar_lies_beside_the_copy_and_says_why(door, photo):
    (made,) = door(photo)
    assert (made.carried, made.file) == (Carried.BESIDE, "pier.jpg")
    assert "exiftool is not installed" in made.reason
    assert door.names() == ["pier.jpg", "pier.jpg.xmp"]
    assert ContentProbe().sidecar(door.out / "pier.jpg.xmp") == LEFT
    assert (door.out / "pier.jpg").read_bytes() == (door.out.parent / "pier.jpg").read_bytes()


@pytest.mark.services
def test_what_is_known_is_written_into_the_copy_and_the_original_is_not_touched(inside, photo):
    original = (inside.out.parent / "pier.jpg").read_bytes()
    (made,) = inside(photo)
    assert (made.carried, set(made.fields)) == (Carried.INSIDE, set(LEFT))
    assert inside.names() == ["pier.jpg"]
    assert ContentProbe().identify(inside.out / "pier.jpg").embedded == LEFT
    assert (inside.out.parent / "pier.jpg").read_bytes() == original


@pytest.mark.services
def test_an_exported_copy_comes_back_with_the_same_values(inside, photo, world):
    inside(photo)
    world.take(inside.out)
    back = next(asset for asset in world.all() if asset.id != photo.id)
    for field in (Field.TITLE, Field.DESCRIPTION, Field.ALT_TEXT, Field.CREATOR, Field.TAG):
        before = sorted(value.value for value in world.values(photo, field))
        assert sorted(value.value for value in world.values(back, field)) == before


@pytest.mark.services
def test_a_copy_in_place_stays_untouched_too(inside, world, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    path = folder / "pier.jpg"
    Image.new("RGB", (60, 40), (9, 90, 90)).save(path, xmp=write_xmp(FOUND))
    before = path.stat(), path.read_bytes()
    world.take(folder, in_place=True)
    inside(world.named("pier.jpg"))
    assert (path.stat(), path.read_bytes()) == before
    assert [one.name for one in folder.iterdir()] == ["pier.jpg"]


def test_what_cannot_be_read_back_the_same_is_a_failed_write(world, tmp_path, photo):
    door = Door(world, tmp_path, Forgetful(ExifTool("no-such-exiftool")))
    with pytest.raises(Refused, match=r"could not be read back the same: title"):
        door(photo)


def test_one_that_fails_does_not_stop_the_others(door, photo, world, tmp_path):
    path = tmp_path / "gone.png"
    Image.new("RGB", (20, 20), (1, 2, 3)).save(path)
    world.take(path, in_place=True)
    path.unlink()
    exported = door.exporting.export(door.order(world.named("gone.png"), photo), world.me)
    assert [one.carried for one in exported.files] == [Carried.FAILED, Carried.BESIDE]
    assert "is not there any more" in exported.failed[0].line
    assert "gone.png" not in " ".join(exported.done.notes)


def test_nothing_is_overwritten_and_the_same_copy_is_not_made_twice(door, photo):
    door.out.mkdir()
    (door.out / "pier.jpg").write_text("mine")
    assert [one.file for one in door(photo)] == ["pier-2.jpg"]
    assert [one.file for one in door(photo)] == ["pier-2.jpg"]
    assert (door.out / "pier.jpg").read_text() == "mine"
    assert door.names() == ["pier-2.jpg", "pier-2.jpg.xmp", "pier.jpg"]


def test_guesses_of_models_and_names_of_files_stay_at_home(door, world, tmp_path):
    Image.new("RGB", (20, 20), (200, 2, 3)).save(tmp_path / "red_thing.png")
    world.take(tmp_path / "red_thing.png")
    asset = world.named("red_thing.png")
    assert world.values(asset, Field.COLOUR)
    assert [one.carried for one in door(asset)] == [Carried.NOTHING]
    assert door.names() == ["red_thing.png"]


def test_records_of_rights_leave_as_licence_holder_and_data_mining(door, photo, world):
    world.rights.licence(
        photo.id, "CC-BY-NC-4.0", "Ana Silva", "contract.pdf", Authority(world.owner)
    )
    door(photo)
    said = ContentProbe().sidecar(door.out / "pier.jpg.xmp")
    assert said["usage_terms"] == "CC BY-NC 4.0"
    assert said["web_statement"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert said["credit"] == "Ana Silva, CC BY-NC 4.0"
    assert said["rights_holder"] == "Ana Silva"
    assert "contract" not in json.dumps(said)


def test_only_sidecars(door, photo):
    (made,) = door(photo, sidecars_only=True)
    assert (made.carried, door.names()) == (Carried.BESIDE, ["pier.jpg.xmp"])


@pytest.mark.parametrize(("name", "content"), [("page.html", HTML), ("raw.dng", dng())])
def test_other_formats_get_a_sidecar(inside, world, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    world.take(tmp_path / name)
    asset = world.named(name)
    world.tagging.tag([asset.id], ["extra"], [], world.me)
    (made,) = inside(asset)
    assert made.carried is Carried.BESIDE
    assert ContentProbe().sidecar(inside.out / f"{name}.xmp")["keywords"].endswith("extra")


@pytest.mark.parametrize("name", ["", "relative/folder", "/tmp/a\nb"])
def test_a_folder_is_named_whole(door, photo, name):
    with pytest.raises(Fixable, match="folder"):
        door.exporting.export(ExportOrder((photo.id,), name), door.world.me)


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x", "circle/x", "a" * 300])
def test_a_folder_that_cannot_be_is_said_in_one_line(door, photo, tmp_path, name):
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    named = name if name.startswith("~") else str(tmp_path / name)
    with pytest.raises(Fixable, match=r"leads nowhere|cannot be made"):
        door.exporting.export(ExportOrder((photo.id,), named), door.world.me)


def test_folders_of_the_library_are_no_place_for_copies(door, photo, tmp_path):
    (tmp_path / "home" / "channels").mkdir(parents=True)
    (tmp_path / "alias").symlink_to(tmp_path / "home")
    for place in ("home", "home/channels/website", "alias/channels"):
        with pytest.raises(Refused, match="belongs to the library"):
            door.exporting.plan(ExportOrder((photo.id,), str(tmp_path / place)), door.world.owner)


def test_who_is_not_at_this_machine_is_refused(door, photo):
    guest = Viewer("con", "Con", frozenset({Role.LIBRARIAN}))
    with pytest.raises(Refused, match="who sits at it"):
        door.exporting.export(door.order(photo), Authority(guest))


def test_within_the_team_the_copy_is_made_and_the_warning_told(door, photo):
    assert door.exporting.plan(door.order(photo), door.world.owner).effect is Effect.WRITE
    exported = door.exporting.export(door.order(photo), door.world.me)
    assert "not cleared to go public" in exported.done.notes[-1]


def test_beyond_the_team_it_takes_rights_and_an_approval_of_just_this(door, photo, world):
    order = door.order(photo, channel="instagram")
    with pytest.raises(Refused, match="may be shared is unknown"):
        door.exporting.plan(order, world.owner)
    world.rights.own_work([photo.id], "Ana Silva", Authority(world.owner))
    draft = door.exporting.plan(order, world.owner)
    assert draft.effect is Effect.PUBLISH
    with pytest.raises(Refused, match="needs an approval"):
        door.exporting.export(order, world.me)
    assert not door.out.exists()
    plan = door.approvals.propose(draft, world.me)
    door.approvals.decide(plan.id, world.owner, approved=True)
    approved = Authority(world.owner, "t1", plan.id)
    elsewhere = ExportOrder((photo.id,), f"{door.out}-2", channel="instagram")
    with pytest.raises(Refused, match="something else"):
        door.exporting.export(elsewhere, approved)
    (made,) = door.exporting.export(order, approved).files
    assert made.file == "pier.jpg"
    assert door.approvals.get(plan.id).state is PlanState.SPENT
    with pytest.raises(Refused, match="used already"):
        door.exporting.export(order, approved)


def test_what_lies_in_the_trash_does_not_leave(door, photo, world):
    with world.catalogue.writing() as records:
        records.assets.set_state(photo.id, AssetState.TRASHED, world.clock.now())
    with pytest.raises(Refused, match="trashed"):
        door(photo)


def test_the_audit_says_what_left_and_where_to(door, photo, world):
    door(photo)
    with world.catalogue.reading() as records:
        events = records.audit.rows(photo.id)
    assert events[-1].action == "asset.exported"
    assert json.loads(events[-1].payload)["file"] == str(door.out / "pier.jpg")


@pytest.fixture
def shot(world, tmp_path):
    """A picture with its RAW and a sidecar that another program keeps its settings in."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    Image.new("RGB", (60, 40), (9, 90, 90)).save(folder / "IMG_1.jpg")
    (folder / "IMG_1.dng").write_bytes(dng())
    settings = b' xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.5"'
    mark = b'<rdf:Description rdf:about=""'
    said = write_xmp({"title": "Old", "keywords": "Dusk"}).replace(mark, mark + settings)
    (folder / "IMG_1.xmp").write_bytes(said)
    world.take(folder)
    asset = world.named("IMG_1.jpg")
    world.tagging.tag([asset.id], ["boats"], [], world.me)
    return asset


@pytest.mark.services
def test_companions_go_along_and_their_sidecar_keeps_what_others_wrote(inside, shot):
    inside.out.mkdir()
    (inside.out / "IMG_1.jpg").write_text("mine")
    (made,) = inside(shot)
    assert (made.file, made.carried) == ("IMG_1-2.jpg", Carried.INSIDE)
    assert made.beside == ("IMG_1-2.dng", "IMG_1-2.xmp")
    assert "; with IMG_1-2.dng, IMG_1-2.xmp" in made.line
    assert (inside.out / "IMG_1-2.dng").read_bytes() == dng()
    said = ContentProbe().sidecar(inside.out / "IMG_1-2.xmp")
    assert (said["title"], said["keywords"]) == ("Old", "Dusk\nboats")
    assert b"Exposure2012" in (inside.out / "IMG_1-2.xmp").read_bytes()


def test_without_exiftool_companions_go_as_they_are(door, shot):
    (made,) = door(shot)
    assert made.beside == ("IMG_1.dng", "IMG_1.xmp")
    assert ContentProbe().sidecar(door.out / "IMG_1.xmp")["keywords"] == "Dusk"
    assert ContentProbe().sidecar(door.out / "IMG_1.jpg.xmp")["keywords"] == "Dusk\nboats"


def approved(door, draft):
    plan = door.approvals.propose(draft, door.world.me)
    door.approvals.decide(plan.id, door.world.owner, approved=True)
    return Authority(door.world.owner, "t1", plan.id)


@pytest.fixture
def lying(world, tmp_path):
    """A picture and a RAW with a sidecar, left where they lie."""
    folder = tmp_path / "mine"
    folder.mkdir()
    Image.new("RGB", (60, 40), (9, 90, 90)).save(folder / "pier.jpg")
    (folder / "IMG_1.dng").write_bytes(dng())
    mark = b'<rdf:Description rdf:about=""'
    settings = b' xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.5"'
    said = write_xmp({"title": "Old", "rating": "2"}).replace(mark, mark + settings)
    (folder / "IMG_1.xmp").write_bytes(said)
    world.take(folder, in_place=True)
    for asset in world.all():
        world.tagging.tag([asset.id], ["boats"], [], world.me)
    return folder


@pytest.mark.services
def test_sidecars_are_written_beside_originals_only_once_that_was_approved(inside, lying, world):
    ids = [asset.id for asset in world.all()]
    before = {path.name: path.read_bytes() for path in lying.iterdir()}
    draft = inside.writing_back.plan(ids, world.owner)
    assert draft.effect is Effect.DESTRUCTIVE
    clauses = sorted(asset.clause for asset in draft.assets)
    assert clauses == [f"changes {lying / 'IMG_1.xmp'}", f"makes {lying / 'pier.jpg.xmp'}"]
    with pytest.raises(Refused, match="needs an approval"):
        inside.writing_back.write(ids, world.me)
    assert {path.name: path.read_bytes() for path in lying.iterdir()} == before
    inside.writing_back.write(ids, approved(inside, draft))
    assert ContentProbe().sidecar(lying / "pier.jpg.xmp") == {"keywords": "boats"}
    said = ContentProbe().sidecar(lying / "IMG_1.xmp")
    assert (said["title"], said["rating"], said["keywords"]) == ("Old", "2", "boats")
    assert b"Exposure2012" in (lying / "IMG_1.xmp").read_bytes()
    after = {path.name: path.read_bytes() for path in lying.iterdir()}
    assert {name: after[name] for name in ("pier.jpg", "IMG_1.dng")} == {
        name: before[name] for name in ("pier.jpg", "IMG_1.dng")
    }
    assert sorted(after) == ["IMG_1.dng", "IMG_1.xmp", "pier.jpg", "pier.jpg.xmp"]


@pytest.mark.services
def test_what_was_written_back_is_read_again_and_changes_nothing(inside, lying, world):
    ids = [asset.id for asset in world.all()]
    inside.writing_back.write(ids, approved(inside, inside.writing_back.plan(ids, world.owner)))
    before = [(value.field, value.value) for one in ids for value in world.library.fields(one)]
    world.take(lying, in_place=True)
    after = [(value.field, value.value) for one in ids for value in world.library.fields(one)]
    assert after == before
    assert len(world.all()) == 2


def test_without_exiftool_a_sidecar_that_is_there_is_left_alone(door, lying, world):
    asset = world.named("IMG_1.dng")
    before = (lying / "IMG_1.xmp").read_bytes()
    authority = approved(door, door.writing_back.plan([asset.id], world.owner))
    with pytest.raises(Refused, match="there already, and to change it exiftool is not installed"):
        door.writing_back.write([asset.id], authority)
    assert (lying / "IMG_1.xmp").read_bytes() == before


def test_a_sidecar_that_changed_since_drops_out(door, lying, world):
    asset = world.named("pier.jpg")
    authority = approved(door, door.writing_back.plan([asset.id], world.owner))
    (lying / "pier.jpg.xmp").write_bytes(write_xmp({"title": "Mine"}))
    with pytest.raises(Refused, match="changed after the approval"):
        door.writing_back.write([asset.id], authority)


def test_what_lies_in_the_library_has_no_sidecar_beside_it(door, photo, world):
    with pytest.raises(Refused, match="export it instead"):
        door.writing_back.plan([photo.id], world.owner)


class Killed(BaseException):
    """Stands for the end of the process."""


def killed_at(door, monkeypatch, number):
    """Let the program end while a file of this number, from 1, is being placed."""
    rooms, made = door.writing_back._copying.room, []

    @contextmanager
    def room(folder):
        made.append(folder)
        if len(made) < number:
            with rooms(folder) as path:
                yield path
            return
        lent = rooms(folder)
        path = lent.__enter__()
        (path / "half").write_bytes(b"half")
        # A killed program cleans nothing up, so what would do that is kept alive.
        made.append(lent)
        raise Killed

    monkeypatch.setattr(door.writing_back._copying, "room", room)


def test_what_broke_off_says_how_far_it_came_and_how_to_have_the_rest(
    door, world, tmp_path, monkeypatch
):
    folder = tmp_path / "mine"
    folder.mkdir()
    for number in (1, 2, 3):
        Image.new("RGB", (60, 40), (number * 70, 90, 90)).save(folder / f"pier-{number}.jpg")
    world.take(folder, in_place=True)
    ids = [asset.id for asset in world.all()]
    world.tagging.tag(ids, ["boats"], [], world.me)
    authority = approved(door, door.writing_back.plan(ids, world.owner))
    killed_at(door, monkeypatch, 2)
    with pytest.raises(Killed):
        door.writing_back.write(ids, authority)
    told = BrokenOff(catalogue=world.catalogue).told(door.approvals.get(authority.approval))
    first, *rest = door.approvals.get(authority.approval).draft.assets
    assert not told.done
    assert "1 of 3 were written, these were not:" in told.text
    assert f"dalm write-sidecars {rest[0].id} {rest[1].id}" in told.text
    assert first.id not in told.text
    assert len(list(folder.glob(".dalm-*"))) == 1
    scratch = Scratch(tmp_path / "home" / "scratch")
    (folder / ".dalm-mine").mkdir()
    assert len(scratch.sweep()) == 1
    assert sorted(p.name for p in folder.glob(".dalm-*")) == [".dalm-mine"]
    assert scratch.sweep() == []


def test_a_whole_export_is_told_as_whole(door, photo, world):
    world.rights.own_work([photo.id], "Ana Silva", Authority(world.owner))
    order = door.order(photo, channel="instagram")
    authority = approved(door, door.exporting.plan(order, world.owner))
    door.exporting.export(order, authority)
    told = BrokenOff(catalogue=world.catalogue).told(door.approvals.get(authority.approval))
    assert (told.done, told.text) == (True, "All 1 were written.")
    assert list((door.out.parent / "home" / "scratch").iterdir()) == []


def test_what_is_on_a_drive_that_is_away_stays_noted(tmp_path):
    scratch, away = Scratch(tmp_path / "notes"), tmp_path / "drive"
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "n1").write_text(str(away / ".dalm-1"))
    (tmp_path / "notes" / "n2").write_text(str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    assert scratch.sweep() == []
    (away / ".dalm-1").mkdir(parents=True)
    assert scratch.sweep() == [away / ".dalm-1"]
    assert (tmp_path / "elsewhere").is_dir()


def test_sidecars_beside_originals_take_the_command_that_asks_first(door, lying, world):
    asset = world.named("pier.jpg")
    before = sorted(lying.iterdir())
    order = ExportOrder((asset.id,), str(lying), sidecars_only=True)
    for attempt in (door.exporting.plan, door.exporting.export):
        with pytest.raises(Refused, match=f"dalm write-sidecars {asset.id}"):
            attempt(order, world.owner if attempt == door.exporting.plan else world.me)
    assert sorted(lying.iterdir()) == before


def test_a_folder_that_was_made_for_nothing_is_removed_again(door, photo, world):
    door.out.parent.joinpath("there").mkdir()
    for folder in ("there/a/b", "there"):
        order = ExportOrder((photo.id,), str(door.out.parent / folder), channel="instagram")
        with pytest.raises(Refused):
            door.exporting.export(order, world.me)
    assert list(door.out.parent.joinpath("there").iterdir()) == []
