"""Files of every temper become assets, once, and can be forgotten."""

import json
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.library.world import World
from tools.core.assets import AssetState, Field, MediaType, Source
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Role, Viewer
from tools.core.search.answers import SearchRequest


def statuses(outcomes) -> dict[str, str]:
    return {Path(one.file).name: one.status.value for one in outcomes}


def test_a_folder_is_taken_in_whole_and_again_without_change(world: World, album: Path) -> None:
    first = world.take(album)
    assert set(statuses(first).values()) == {"added"}
    assert len(first) == len(world.all()) == 6
    assert set(statuses(world.take(album)).values()) == {"unchanged"}
    assert len(world.all()) == 6
    assert world.vision.looks == 3


def test_values_say_who_said_them_and_how_sure(world: World, album: Path) -> None:
    world.take(album)
    dog = world.named("red_dog.png")
    assert (dog.media_type, dog.title) == (MediaType.IMAGE, "Red dog")
    (label,) = world.values(dog, Field.LABEL)
    assert (label.value, label.source, label.by, label.confidence) == (
        "golden retriever",
        Source.MODEL,
        "rules 1",
        0.8,
    )
    assert world.first(world.named("blue sky.png"), Field.OCR) == "Summer Sale"
    assert world.first(dog, Field.COLOUR) == "red"
    assert "beach club" in world.first(world.named("letter.txt"), Field.TEXT)
    assert world.named("prices.csv").media_type is MediaType.DATASET
    assert '"count":1' in world.first(dog, Field.FACES)
    assert world.library.thumbnail(dog.id, world.owner)[8:12] == b"WEBP"


def test_a_calm_side_without_anything_on_it_is_free_space(world: World, album: Path) -> None:
    world.take(album / "red_dog.png")
    dog = world.named("red_dog.png")
    # The dog of the fake model stands on the right, from top to bottom.
    assert [one.value for one in world.values(dog, Field.SPACE)] == ["left"]
    for asked, found in (("left", 1), ("right", 0)):
        request = SearchRequest(f"photos with copy space on the {asked}")
        assert len(world.search.find(request, world.owner).hits) == found


@pytest.mark.parametrize(("score", "warned"), [(0.97, True), (0.6, False), (None, False)])
def test_nudity_is_warned_of_when_it_is_sure_enough(
    world: World, album: Path, score: float | None, *, warned: bool
) -> None:
    world.vision.sensitive = score
    world.take(album / "red_dog.png")
    dog = world.named("red_dog.png")
    found = world.values(dog, Field.SENSITIVE)
    assert [(one.value, one.confidence) for one in found] == ([("nudity", 0.97)] if warned else [])
    assert any("nudity" in one.value for one in world.values(dog, Field.WARNING)) == warned
    hits = world.search.find(SearchRequest("images without nudity"), world.owner).hits
    assert [hit.asset.id for hit in hits] == ([] if warned else [dog.id])


def test_the_same_bytes_are_one_asset(world: World, album: Path) -> None:
    shutil.copy(album / "red_dog.png", album / "deep" / "copy.png")
    outcomes = world.take(album)
    assert sorted(statuses(outcomes).values()).count("duplicate") == 1
    assert len(world.all()) == 6
    assert {one.id for one in outcomes if "dog" in one.file or "copy" in one.file} == {
        one.id for one in outcomes if one.status.value == "duplicate"
    }


def test_in_place_files_stay_and_their_changes_become_versions(world: World, album: Path) -> None:
    picture = album / "red_dog.png"
    before = picture.stat().st_mtime_ns
    world.take(album, in_place=True)
    dog = world.named("red_dog.png")
    assert (dog.version.blob, dog.version.path) == (None, str(picture))
    assert picture.stat().st_mtime_ns == before
    assert not world.blobs.stored
    Image.new("RGB", (200, 100), "blue").save(picture)
    changed = world.take(album, in_place=True)
    assert statuses(changed)["red_dog.png"] == "added"
    now = world.library.asset(dog.id, world.owner)
    assert (now.version.number, now.version.width) == (2, 200)
    assert [v.value for v in world.values(now, Field.LABEL)] == ["airship"]
    with world.library.open_file(now) as path:
        assert path == picture


def test_a_moved_file_is_noticed_by_its_bytes(world: World, album: Path) -> None:
    world.take(album, in_place=True)
    dog = world.named("red_dog.png")
    target = album / "deep" / "renamed.png"
    (album / "red_dog.png").rename(target)
    outcome = next(one for one in world.take(album, in_place=True) if "renamed" in one.file)
    assert (outcome.id, outcome.status.value) == (dog.id, "unchanged")
    assert "moved here" in outcome.reason
    now = world.library.asset(dog.id, world.owner)
    with world.library.open_file(now) as path:
        assert path == target
    assert (now.file_name, now.title) == ("renamed.png", "Renamed")
    found = world.search.find(SearchRequest("renamed"), world.owner)
    assert [hit.asset.id for hit in found.hits] == [dog.id]
    for space in (world.index, world.classes):
        assert now.key in set(space.keys())


def test_a_file_changed_behind_the_library_is_not_lent(world: World, album: Path) -> None:
    world.take(album, in_place=True)
    dog = world.named("red_dog.png")
    Image.new("RGB", (200, 100), "blue").save(album / "red_dog.png")
    with pytest.raises(Fixable, match="was changed since"), world.library.open_file(dog):
        pass
    (album / "red_dog.png").unlink()
    with pytest.raises(Fixable, match="not there any more"), world.library.open_file(dog):
        pass


def test_bad_files_have_one_line_each_and_stop_nobody(world: World, album: Path) -> None:
    (album / "empty.jpg").write_bytes(b"")
    whole = (album / "blue sky.png").read_bytes()
    (album / "cut.png").write_bytes(whole[:60])
    (album / "strange.xyz").write_bytes(bytes(range(256)) * 4)
    outcomes = world.take(album)
    told = statuses(outcomes)
    assert told["empty.jpg"] == told["cut.png"] == "failed"
    assert told["strange.xyz"] == "added"
    assert world.named("strange.xyz").media_type is MediaType.OTHER
    for one in outcomes:
        if one.status.value == "failed":
            assert one.reason
            assert "\n" not in one.reason
    assert len(world.all()) == 7
    answer = world.search.find(SearchRequest("strange"), world.owner)
    assert [hit.asset.file_name for hit in answer.hits] == ["strange.xyz"]


def test_names_are_data(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = ["two\nlines.txt", "\u202egnp.exe.txt", "🐕‍🦺 dog.txt", "a..b.txt", "<b>x.txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(f"text number {number} of this folder of names")
    outcomes = world.take(folder)
    assert {one.status.value for one in outcomes} == {"added"}
    assert all("\n" not in one.file and "\u202e" not in one.file for one in outcomes)
    stored = {asset.file_name for asset in world.all()}
    assert stored == {"two lines.txt", "gnp.exe.txt", "🐕‍🦺 dog.txt", "a..b.txt", "<b>x.txt"}
    asset = world.ingest.add_upload("../../etc/pass\nwd", folder / "a..b.txt", world.me)
    assert asset.file_name == "a..b.txt"
    fresh = tmp_path / "fresh"
    fresh.write_text("never seen before, this upload has a name to be wary of")
    assert world.ingest.add_upload("../../etc/pass\nwd", fresh, world.me).file_name == "pass wd"


def test_what_is_not_a_file_is_passed_over(world: World, album: Path) -> None:
    os.mkfifo(album / "pipe")
    (album / ".hidden").write_text("secret")
    (album / "deep" / "loop").symlink_to(album)
    (album / "broken").symlink_to(album / "nowhere")
    (album / "self").symlink_to(album / "self")
    told = statuses(world.take(album))
    skipped = {"pipe", ".hidden", "loop", "broken", "self"}
    assert {name for name, status in told.items() if status == "skipped"} == skipped
    missing = world.take(album / "no such folder")
    assert [one.status.value for one in missing] == ["failed"]


def test_the_data_folder_of_a_library_is_not_taken_in(world: World, album: Path) -> None:
    home = album / "dalm-home"
    home.mkdir()
    for name in ("catalogue.db", "checkpoints.db", "jobs.db", "note.txt"):
        (home / name).write_text("kept by the library")
    told = statuses(world.take(album))
    assert told["dalm-home"] == "skipped"
    assert not {"note.txt", "jobs.db"} & set(told)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_one_line(world: World, album: Path) -> None:
    (album / "deep").chmod(0)
    try:
        told = statuses(world.take(album))
    finally:
        (album / "deep").chmod(0o755)
    assert told["deep"] == "failed"


def test_a_name_that_is_no_text_fails_with_advice(world: World, album: Path) -> None:
    (Path(os.fsdecode(os.fsencode(album) + b"/bad\xff.txt"))).write_text("x" * 50)
    outcome = next(one for one in world.take(album) if "bad" in one.file)
    assert outcome.status.value == "failed"
    assert "Rename" in outcome.reason
    outcome.file.encode()


def test_a_full_disk_stops_the_run_and_leaves_nothing_half_written(
    world: World, album: Path
) -> None:
    put = world.blobs.put_file

    def full(path: Path, sha256: str) -> str:
        if path.name > "m":
            raise Fixable("The disk is full: free some space and do it again.")
        return put(path, sha256)

    world.blobs.put_file = full  # type: ignore[method-assign]
    with pytest.raises(Fixable, match="disk is full"):
        world.take(album)
    kept = {asset.file_name for asset in world.all()}
    assert "notes.md" not in kept
    assert len(world.blobs.stored) == len(kept)
    world.blobs.put_file = put  # type: ignore[method-assign]
    assert "added" in statuses(world.take(album)).values()
    assert len(world.all()) == 6
    assert len(world.index.keys()) == 6


def test_a_crash_before_the_vectors_is_completed(world: World, album: Path) -> None:
    world.take(album)
    keys = world.index.keys()
    world.index.drop(keys[:2])
    world.classes.drop(keys)
    world.index.put([999], world.embedder.passages(["stray"]))
    repaired = world.ingest.repair(lambda *_: None)
    assert repaired.vectors == 2
    assert world.index.keys() == keys
    assert len(world.classes.keys()) == 3
    assert world.vision.looks == 3


def test_a_missing_model_leaves_a_warning_and_is_made_up_for(world: World, album: Path) -> None:
    world.vision.missing = True
    outcomes = world.take(album)
    assert set(statuses(outcomes).values()) == {"added"}
    dog = world.named("red_dog.png")
    assert "dalm models fetch" in next(one.reason for one in outcomes if one.id == dog.id)
    assert "dalm models fetch" in world.first(dog, Field.WARNING)
    found = world.search.find(SearchRequest("red dog"), world.owner)
    assert [hit.asset.id for hit in found.hits][:1] == [dog.id]
    assert world.ingest.repair(lambda *_: None).looked_at == 0
    world.vision.missing = False
    assert world.ingest.repair(lambda *_: None).looked_at == 3
    assert world.first(dog, Field.LABEL) == "golden retriever"
    assert world.first(dog, Field.WARNING) == ""


def test_a_file_that_is_gone_holds_up_no_other(world: World, album: Path) -> None:
    world.vision.missing = True
    world.take(album, in_place=True)
    pictures = [one for one in world.all() if one.media_type is MediaType.IMAGE]
    first = min(pictures, key=lambda one: one.key)  # whichever the file system named first
    next(album.rglob(first.file_name)).unlink()
    world.vision.missing = False
    world.ingest.repair(lambda *_: None)
    assert len(world.classes.keys()) == len(pictures) - 1 == 2


def test_everything_can_be_looked_at_anew(world: World, album: Path) -> None:
    world.take(album / "red_dog.png")
    dog = world.named("red_dog.png")
    world.tagging.tag([dog.id], ["ours"], [], world.me)
    world.vision.sensitive = 0.97
    looks = world.vision.looks
    world.ingest.reindex(lambda *_: None)
    assert (world.vision.looks, world.values(dog, Field.SENSITIVE)) == (looks, [])
    world.ingest.reindex(lambda *_: None, anew=True)
    assert world.vision.looks == looks + 1
    assert world.first(dog, Field.SENSITIVE) == "nudity"
    assert world.first(dog, Field.TAG) == "ours"


def test_reindex_gives_the_same_answers(world: World, album: Path) -> None:
    world.take(album)
    queries = ["animals", "summer sale", "beach club", "airship"]

    def answers() -> list[list[tuple[str, float]]]:
        found = [world.search.find(SearchRequest(q, weak=True), world.owner) for q in queries]
        return [[(hit.asset.id, hit.score) for hit in answer.hits] for answer in found]

    before = answers()
    world.index.clear()
    world.classes.clear()
    world.thumbnails.kept.clear()
    told = []
    assert world.ingest.reindex(lambda *step: told.append(step)) == 6
    assert answers() == before
    assert told[-1][:2] == (6, 6)
    # A thumbnail that was lost is made again, which costs another look.
    assert world.thumbnails.get(world.named("red_dog.png").version.sha256, 512)


def test_own_work_is_recorded_once(world: World, album: Path) -> None:
    world.take(album, own_work="Jane Doe")
    dog = world.named("red_dog.png")
    rules = world.rights.list(dog.id, world.owner)
    assert rules
    assert any("Jane Doe" in rule.clause for rule in rules)
    world.take(album, own_work="Jane Doe")
    assert len(world.rights.list(dog.id, world.owner)) == len(rules)


def test_forget_removes_every_trace_but_the_originals(world: World, album: Path) -> None:
    world.take(album, in_place=True, own_work="Jane Doe")
    dog = world.named("red_dog.png")
    made = world.reframer.reframe([dog.id], ["1:1"], world.me).assets[0]
    world.tagging.tag([dog.id], ["spring"], [], world.me)
    with world.catalogue.writing() as records:
        records.threads.own("t1", "jane", world.clock.now())
        records.threads.shown("t1", [dog.id])
    (album / "empty.jpg").write_bytes(b"")
    world.take(album, in_place=True)
    gone = world.ingest.forget([str(album)], world.me)
    assert gone.count == 7
    assert gone.leftovers == ()
    assert world.all() == []
    assert world.index.keys() == world.classes.keys() == []
    assert world.blobs.stored == {}
    assert world.thumbnails.kept == {}
    assert world.traces.erased == ["t1"]
    assert world.jobs.recent(10) == []
    assert (album / "red_dog.png").is_file()
    with world.catalogue.reading() as records:
        assert records.files.below(str(album)) == []
        assert records.receipts.last("jane", "t1") is None
        payloads = " ".join(row.payload or "" for row in records.audit.rows())
        assert records.text.find(["dog"], 10) == []
    assert "red_dog" not in payloads
    assert dog.id not in payloads
    assert made.id not in payloads
    with pytest.raises(Fixable, match="Neither"):
        world.ingest.forget([str(album)], world.me)
    again = world.take(album, in_place=True)
    assert list(statuses(again).values()).count("added") == 6


def test_forget_takes_conversations_that_only_speak_of_an_asset(world: World, album: Path) -> None:
    world.take(album, in_place=True)
    dog = world.named("red_dog.png")
    said = {
        "id": f"/get_asset asset_id={dog.id}",
        "file": "where is red_dog.png?",
        "title": f"The file of '{dog.title}' is not there any more",
        "else": f"{dog.id}0 and infrared_dog.png are others, and a red dog is a dog",
    }
    with world.catalogue.writing() as records:
        for thread, text in said.items():
            records.threads.own(thread, "jane", world.clock.now())
            records.threads.log(thread, [json.dumps({"text": text})], world.clock.now())
    assert world.ingest.forget([dog.id], world.me).leftovers == ()
    assert world.traces.erased == ["file", "id", "title"]
    with world.catalogue.reading() as records:
        assert records.threads.of("jane") == ["else"]


def test_forgetting_one_folder_keeps_what_also_lies_elsewhere(
    world: World, album: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(album / "red_dog.png", other / "dog.png")
    world.take(album)
    world.take(other)
    assert world.ingest.forget([str(other)], world.me).count == 0
    assert world.named("red_dog.png")
    nobody = Authority(Viewer("v", "Val", frozenset({Role.CONTRIBUTOR})))
    with pytest.raises(Refused):
        world.ingest.forget([str(album)], nobody)


def test_a_killed_job_goes_on_where_it_was(world: World, album: Path) -> None:
    """The process dies after one file: the next process runs the same step and completes it."""
    take, taken = world.ingest._intake.take, []

    def dying(path: Path, *rest: object) -> object:
        if taken:
            raise KeyboardInterrupt
        taken.append(path)
        return take(path, *rest)  # type: ignore[arg-type]

    world.ingest._intake.take = dying  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        world.take(album)
    assert len(world.all()) <= 1
    world.start()
    assert len(world.all()) == 6
    assert set(statuses(world.take(album)).values()) == {"unchanged"}
    world.ingest.repair(lambda *_: None)
    assert len(world.index.keys()) == 6


def test_a_file_in_the_trash_does_not_come_back_by_itself(world: World, album: Path) -> None:
    world.take(album)
    dog = world.named("red_dog.png")
    with world.catalogue.writing() as records:
        records.assets.set_state(dog.id, AssetState.TRASHED, world.clock.now())
    assert statuses(world.take(album))["red_dog.png"] == "skipped"
