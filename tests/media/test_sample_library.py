import csv
import tomllib
from pathlib import Path

import pytest

from tools.adapters.probe.content import ContentProbe
from tools.core.channels import parse_channels
from tools.core.rights.actions import Action, Purpose
from tools.core.rights.licences import open_licence

ROOT = Path(__file__).parent.parent.parent
RULE = {"kind", "clause", "actions", "channels", "territories", "purposes", "edits"} | {
    "starts",
    "ends",
    "credit",
}


@pytest.fixture(scope="module")
def assets() -> list[dict]:
    return tomllib.loads((ROOT / "samples/library.toml").read_text(encoding="utf-8"))["asset"]


def test_every_sample_file_is_listed_once_and_exists(assets) -> None:
    listed = [asset["file"] for asset in assets]
    there = [
        f"{folder}/{path.name}"
        for folder in ("photos", "documents", "own")
        for path in (ROOT / "samples" / folder).iterdir()
        if path.name != "credits.csv"
    ]
    assert sorted(listed) == sorted(there)
    assert len({asset["title"] for asset in assets}) == len(assets)
    assert all(
        set(a) - {"rule"} == {"file", "title", "author", "licence", "source"} for a in assets
    )


def test_every_sample_is_sound(assets) -> None:
    for asset in assets:
        facts = ContentProbe().identify(ROOT / "samples" / asset["file"])
        assert facts.warnings == (), asset["file"]
        assert facts.media_type != "other"


def test_works_of_others_keep_their_credits_and_get_no_rules(assets) -> None:
    with (ROOT / "samples/photos/credits.csv").open(encoding="utf-8") as file:
        credits = {f"photos/{row['file']}": row for row in csv.DictReader(file)}
    photos = [asset for asset in assets if asset["file"].startswith("photos/")]
    assert len(photos) == 28
    for photo in photos:
        row = credits[photo["file"]]
        assert "rule" not in photo
        assert [photo["author"], photo["licence"], photo["source"]] == [
            row["author"],
            row["licence"],
            row["source"],
        ]
        assert open_licence(photo["licence"], photo["author"]).terms


def test_our_pictures_carry_rules_in_the_words_of_the_rights_engine(assets) -> None:
    channels = parse_channels((ROOT / "tools/core/channels.toml").read_text()).names()
    own = [asset for asset in assets if asset["file"].startswith("own/")]
    assert len(own) == 5
    for asset in own:
        assert asset["licence"] == "all-rights-reserved"
        assert asset["rule"]
        for rule in asset["rule"]:
            assert set(rule) <= RULE
            assert rule["kind"] in {"permission", "prohibition", "duty"}
            assert rule["clause"].endswith(".")
            assert set(rule.get("channels", ())) <= set(channels)
            assert all(Action(name) for name in rule.get("actions", ()))
            assert all(Action(name) for name in rule.get("edits", ()))
            assert all(Purpose(name) for name in rule.get("purposes", ()))
            for moment in (rule.get("starts"), rule.get("ends")):
                assert moment is None or (moment.tzinfo and moment.year >= 2027)
