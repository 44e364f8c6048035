"""What a survey says of a folder, and that it changes nothing."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from PIL.ExifTags import Base

from agent.bootstrap import DEFAULTS
from agent.settings import Settings
from tools.adapters.probe.content import ContentProbe
from tools.core.assets import MediaType
from tools.core.conventions import parse_conventions
from tools.core.errors import Fixable
from tools.core.survey.findings import SameBytes, Survey
from tools.core.survey.names import pattern_of, proposal
from tools.core.survey.service import Surveyor
from ui.cli.house import House
from ui.main import Ways, dalm

DEFAULT = (DEFAULTS / "conventions.toml").read_text(encoding="utf-8")


def picture(path: Path, colour: str, creator: str = "", **said: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if creator:
        exif[Base.Artist], exif[Base.Copyright] = creator, f"(c) {creator}"
    for name, text in said.items():
        exif[Base[name]] = text.encode("utf-16-le") if name.startswith("XP") else text
    Image.new("RGB", (40, 30), colour).save(path, exif=exif)
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    root = tmp_path / "shots"
    picture(root / "Agency/Harbour/IMG_0001.jpg", "red", XPKeywords="boat;pier")
    picture(root / "Agency/Harbour/harbour-at-dawn.jpg", "blue", XPKeywords="boat;dawn")
    shutil.copy(root / "Agency/Harbour/IMG_0001.jpg", root / "Agency/Harbour/boat copy.jpg")
    picture(root / "Own/Mountains/ridge-in-snow.jpg", "white", "Jane Doe", XPTitle="Ridge")
    (root / "Own/notes.txt").write_text("Call the harbour master.")
    (root / "Own/broken.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    (root / "Own/.hidden").write_text("x")
    return root


def surveyed(*paths: Path, conventions: str = DEFAULT) -> Survey:
    surveyor = Surveyor(
        probe=ContentProbe(),
        conventions=parse_conventions(conventions),
        conventions_text=DEFAULT,
    )
    return surveyor.survey(paths)


def state(root: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_formats_sizes_and_what_cannot_be_read(folder) -> None:
    found = surveyed(folder)
    assert [(f.media_type, f.mime, f.files) for f in found.formats] == [
        ("image", "image/jpeg", 4),
        ("document", "text/plain", 1),
    ]
    assert found.files == 6
    assert found.bytes == sum(size for _, size, content in state(folder).values()) - 1
    assert [Path(one.file).name for one in found.unreadable] == ["broken.png"]
    assert "not a picture" in found.unreadable[0].reason
    assert found.passed_over == 1


def test_nothing_is_changed(folder) -> None:
    before = state(folder)
    surveyed(folder)
    assert state(folder) == before


def test_names_are_judged_and_better_ones_proposed(folder) -> None:
    found = surveyed(folder)
    assert found.good_names == 4
    faults = {one.fault: one for one in found.bad_names}
    assert set(faults) == {"camera number", "version in words"}
    assert faults["camera number"].proposal == "harbour-img-0001.jpg"
    assert faults["version in words"].proposal == "boat.jpg"


@pytest.mark.parametrize(
    ("name", "day", "better"),
    [
        ("Sommer Größe #1 final FINAL.JPG", "", "sommer-grosse-1.jpg"),
        ("DSC00012.ARW", "2024-05-06", "2024-05-06_shoot-dsc00012.arw"),
        ("2023-01-02 Party.png", "2024-05-06", "2023-01-02-party.png"),
        ("港の朝.jpg", "", "港の朝.jpg"),
        ("???.jpg", "", "shoot-file.jpg"),
    ],
)
def test_proposed_names(name, day, better) -> None:
    assert proposal(name, "Shoot", day) in {better, better.replace("shoot-file", "file")}


def test_required_fields_by_kind(folder) -> None:
    missing = {(m.media_type, m.field): (m.files, m.of) for m in surveyed(folder).missing}
    assert missing == {
        ("image", "title"): (3, 4),
        ("image", "creator"): (3, 4),
        ("image", "copyright"): (3, 4),
        ("document", "title"): (1, 1),
    }
    none = surveyed(folder, conventions="[required]\nimage = []\n")
    assert none.missing == ()


def test_duplicates_and_unknown_rights_by_source(folder) -> None:
    found = surveyed(folder)
    (same,) = found.duplicates
    assert isinstance(same, SameBytes)
    assert {Path(name).name for name in same.files} == {"IMG_0001.jpg", "boat copy.jpg"}
    assert [(r.source, r.files, r.unknown) for r in found.rights] == [
        ("Agency", 3, 3),
        ("Own", 2, 1),
    ]


def test_a_taxonomy_is_proposed_from_folders_and_keywords(folder) -> None:
    found = surveyed(folder)
    terms = {term.name: (term.broader, term.files, term.origin) for term in found.taxonomy}
    assert terms["Harbour"] == ("Agency", 3, "folder")
    assert terms["boat"] == ("", 3, "keyword")
    assert "dawn" not in terms
    concepts = json.loads(found.taxonomy_file)["concepts"]
    assert {"id": "harbour", "broader": ["agency"]}.items() <= next(
        c for c in concepts if c["id"] == "harbour"
    ).items()


def test_proposed_conventions_can_be_used_and_fit_the_names(tmp_path) -> None:
    for number in range(8):
        picture(tmp_path / f"harbour-in-winter-{number}.png", "red")
    picture(tmp_path / "Odd One.png", "red")
    proposed = surveyed(tmp_path).conventions_file
    assert tomllib.loads(proposed)["required"]["image"] == ["title", "creator", "copyright"]
    again = surveyed(tmp_path, conventions=proposed)
    assert [(b.fault, b.files) for b in again.bad_names] == [("other pattern", 1)]
    assert again.good_names == 8


def test_no_pattern_is_made_up() -> None:
    assert pattern_of(["a1", "Bc D", "x"])[0] == ""
    assert pattern_of(["Foo Bar", "x_y", "a-b", "C.d", "e f_g", "H-i j"])[0] == ""


def test_the_estimate_grows_with_the_files(folder) -> None:
    whole, part = surveyed(folder).estimate, surveyed(folder / "Own").estimate
    assert whole.added > part.added > 0
    assert whole.copied == sum(f.bytes for f in surveyed(folder).formats)
    assert whole.seconds >= part.seconds >= 1


def test_a_file_named_twice_is_counted_once_and_a_wrong_path_is_said(folder) -> None:
    assert surveyed(folder, folder / "Own", folder / "Own/notes.txt").files == 6
    with pytest.raises(Fixable, match="nothing at"):
        surveyed(folder / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "[required]\nimage = ['size']",
        "[naming]\npattern = '('\n[required]",
        "naming",
        "[required]\nx=[]",
    ],
)
def test_bad_conventions_are_said_in_one_line(text) -> None:
    with pytest.raises(Fixable, match=r"conventions\.toml cannot be read"):
        parse_conventions(text)


def test_the_default_conventions_are_sound() -> None:
    conventions = parse_conventions(DEFAULT)
    assert conventions.required[MediaType.IMAGE]
    assert conventions.faults_of("harbour-at-dawn.jpg") == []
    assert [f.name for f in conventions.faults_of("Untitled 3.psd")] == ["nothing said"]
    assert [f.name for f in conventions.faults_of("logo_final_v2.ai")] == ["version in words"]
    assert [f.name for f in conventions.faults_of("x" * 120 + ".jpg")] == ["too long"]


class Placed(Ways):
    """The real ways, with a data folder of the test."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def settings(self) -> Settings:
        return Settings(home=self.home, models=self.home / "models", brain="none")


def test_the_command_prints_json_or_tables_and_opens_no_library(folder, tmp_path) -> None:
    home = tmp_path / "home"
    runner, house = CliRunner(), House(Placed(home))
    told = runner.invoke(dalm, ["survey", str(folder), "--json"], obj=house)
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["files"] == 6
    said = runner.invoke(dalm, ["survey", str(folder)], obj=house).stdout
    for words in ("6 files", "image/jpeg", "camera number", "3 of 4", "Agency", "--in-place"):
        assert words in said
    assert not (home / "catalogue.db").exists()
    assert not list(home.rglob("*.db"))


def test_proposals_are_written_where_named_and_never_over_a_file(folder, tmp_path) -> None:
    runner, house = CliRunner(), House(Placed(tmp_path / "home"))
    target = tmp_path / "proposed"
    arguments = ["survey", str(folder), "--write", str(target)]
    assert runner.invoke(dalm, arguments, obj=house).exit_code == 0
    assert sorted(path.name for path in target.iterdir()) == ["conventions.toml", "taxonomy.json"]
    parse_conventions((target / "conventions.toml").read_text(encoding="utf-8"))
    again = runner.invoke(dalm, arguments, obj=house)
    assert again.exit_code == 1
    assert "there already" in again.output
