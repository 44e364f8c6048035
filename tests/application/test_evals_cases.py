"""Cases and requests as files: what cannot be used is an error, and those that are here can be."""

from pathlib import Path

import pytest
import yaml

from agent.bootstrap import SAMPLES
from evals.case import Case, load
from evals.rows import FOLDS, identity, kept_rows, split
from prompts.examples import ORDER, bank, read_requests
from prompts.library import PromptError

PEOPLE = {"owner", "ana", "pat", "lea", "con", "vic"}
LANGUAGES = {"en", "de", "fr", "es", "pt", "it", "nl", "ja"}
PLAIN = {"id": "one", "kind": "talk", "turns": [{"say": "hello"}], "end": {"tool": "reply"}}


def written(folder: Path, split: str, *entries: dict[str, object]) -> Path:
    """Write cases of a split."""
    (folder / split).mkdir(exist_ok=True)
    (folder / split / "some.yaml").write_text(yaml.safe_dump(list(entries)))
    return folder


def test_a_case_knows_its_split_from_its_folder(tmp_path):
    written(tmp_path, "train", PLAIN)
    written(tmp_path, "test", PLAIN | {"id": "two", "template": "other"})
    found = {case.id: (case.split, case.group) for case in load(tmp_path)}
    assert found == {"one": ("train", "one"), "two": ("test", "other")}


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (PLAIN, "called one"),
        (PLAIN | {"id": "two", "template": "one"}, "template one"),
        (PLAIN | {"id": "two", "split": "train"}, "folder alone"),
        (PLAIN | {"id": "two", "knid": "talk"}, "case two"),
        (PLAIN | {"id": "two", "kind": "gossip"}, "case two"),
        (PLAIN | {"id": "two", "turns": []}, "case two"),
        ("two", "folder alone"),
    ],
)
def test_what_cannot_be_used_is_an_error(tmp_path, entry, why):
    written(tmp_path, "train", PLAIN)
    written(tmp_path, "test", entry)
    with pytest.raises(ValueError, match=why):
        load(tmp_path)


def test_the_cases_here_name_what_exists():
    samples = {path.name for path in SAMPLES.rglob("*") if path.is_file()}
    for case in load():
        assert case.language in LANGUAGES, case.id
        known = samples | set(case.adds) | {name for turn in case.turns for name in turn.upload}
        assert set(_files(case)) <= known, case.id
        assert {case.end.tool, *case.end.tools, *case.end.not_tools} <= {*ORDER, ""}, case.id
        people = {name for t in case.turns for name in (t.user, t.approve, t.reject)}
        assert people <= PEOPLE | {""}, case.id


def test_requests_are_read_with_their_tools(tmp_path):
    path = tmp_path / "some.md"
    path.write_text(
        '# undo\n\n## a\n\n- en: take it back\n\n## b\n\nTool: reply\n\n`{"about": "thanks"}`\n\n'
        "- de: danke\n"
    )
    found = [(row.tool, row.language, row.request, row.group) for row in read_requests(path)]
    assert found == [("undo", "en", "take it back", "undo/a"), ("reply", "de", "danke", "reply/b")]
    path.write_text("# undoing\n\n## a\n\n- en: take it back\n")
    with pytest.raises(PromptError, match="undoing"):
        read_requests(path)


def test_no_request_of_the_test_split_stands_in_the_bank(tmp_path):
    assert len({identity(row) for row in kept_rows()}) == len(kept_rows())
    row = bank()[0]
    text = f"# {row.tool}\n\n## of its own\n\n- {row.language}: {row.request.upper()}!\n"
    (tmp_path / "a.md").write_text(text)
    with pytest.raises(ValueError, match=row.tool):
        kept_rows(tmp_path)


def test_folds_share_no_template_and_hold_every_row():
    kept = []
    for fold in range(FOLDS):
        train, test = split(bank(), fold)
        assert not {row.group for row in train} & {row.group for row in test}
        kept += test
    assert sorted(map(identity, kept)) == sorted(map(identity, bank()))


def _files(case: Case) -> list[str]:
    end = case.end
    listed = (end.results, end.none_of, end.published, end.flagged, end.untouched)
    mapped = (
        end.tags,
        end.without_tags,
        end.collections,
        end.states,
        end.titles,
        end.verdicts,
        end.descriptions,
    )
    return [
        *(name for turn in case.turns for name in turn.select),
        *(name for names in listed for name in names),
        *(name for names in mapped for name in names),
        *(made.of for made in end.made),
    ]
