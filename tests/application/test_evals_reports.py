"""Reports of evaluations: figures, what stays secret, comparing two runs, exit codes."""

import json
from dataclasses import replace

import pytest

from agent.brains.deciding import Decision
from evals import brain_accuracy, compare, report, routing
from evals.command import main
from evals.machine import header
from evals.results import Fault, Outcome, Result, Trial, Used
from evals.run import chosen_settings
from evals.shares import Share, mcnemar, percentile
from prompts.examples import Example
from tests.application.evaluated import HEADER, Playing

SAID = "delete the secret picture"
WRONG = Trial((Fault("library", f"not {SAID}"),), tools=("delete_assets",), seconds=(2.0,))
RIGHT = Trial(tools=("search_assets",), seconds=(1.0, 3.0), used=Used(10, 2, 0.5))


def result(name: str, split: str, *trials: Trial) -> Result:
    return Result(name, "find", "en", split, (SAID,), ("search_assets",), trials)


def test_the_interval_is_wilsons():
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(5, 5).interval[1] == 1.0


def test_the_p_value_of_paired_changes_is_exact():
    assert mcnemar(1, 9) == pytest.approx(2 * 11 / 2**10)
    assert mcnemar(5, 5) == 1.0
    assert mcnemar(0, 0) == 1.0


def test_a_percentile_is_a_value_that_was_measured():
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.95) == 0.0


def test_a_report_says_how_it_went():
    text = report.markdown(
        Outcome(
            HEADER, (result("one", "train", RIGHT, RIGHT), result("two", "train", RIGHT, WRONG))
        )
    )
    assert "| cases wholly right in all 2 trials | 50.0% (1/2" in text
    assert "| trials wholly right | 75.0% (3/4" in text
    assert "| search_assets | 4 | 3 | delete_assets 1 |" in text
    assert "median 2.00, 95th percentile 3.00, 7 requests" in text
    assert "30 in, 6 out, cost 1.5000" in text
    assert f"- two (right in 1 of 2 trials): “{SAID}” - not {SAID}" in text


def test_a_report_of_the_test_split_tells_no_texts():
    outcome = Outcome(HEADER, (result("one", "test", WRONG),))
    text, known = report.markdown(outcome), json.dumps(report.document(outcome))
    assert "- one\n" in text
    assert "secret" not in text + known
    assert '"faults": ["library"]' in known


@pytest.mark.parametrize(
    "trial",
    [
        replace(RIGHT, unapproved=("asset.trashed",)),
        replace(RIGHT, invented=("a0",)),
        replace(RIGHT, faults=(Fault("harness", "KeyError"),)),
    ],
)
def test_what_must_never_happen_fails_a_run(trial):
    assert not Outcome(HEADER, (result("one", "test", RIGHT, trial),)).ok
    assert Outcome(HEADER, (result("one", "test", RIGHT, WRONG),)).ok


def test_runs_are_compared_case_by_case(tmp_path, capsys):
    old = Outcome(HEADER, tuple(result(n, "test", t) for n, t in [("a", WRONG), ("b", RIGHT)]))
    new = Outcome(HEADER, tuple(result(n, "test", RIGHT) for n in ("a", "b", "c")))
    for name, outcome in (("old", old), ("new", new)):
        report.write(report.markdown(outcome), report.document(outcome), tmp_path, name)
    assert main(["--compare", str(tmp_path / "old.json"), str(tmp_path / "new.json")]) == 0
    said = capsys.readouterr().out
    assert "1 fixed, 0 broken, exact McNemar p = 1." in said
    assert "## Fixed\n\n- a\n" in said
    assert "## Only in new\n\n- c\n" in said


def test_a_file_that_holds_no_run_cannot_be_compared(tmp_path, capsys):
    (tmp_path / "old.json").write_text("{}")
    assert main(["--compare", str(tmp_path / "old.json"), str(tmp_path / "old.json")]) == 2
    assert "holds no run" in capsys.readouterr().err
    with pytest.raises(ValueError, match="holds no run"):
        compare.read_run(tmp_path / "none.json")


def test_a_header_names_no_place_of_this_machine(playing_settings):
    told = header(
        ["--brain", "none", "--out", "/x/y", "--world=/z", "--limit", "3"], playing_settings
    )
    assert told.command == "dalm eval --brain none --limit 3"


class Decides:
    """Takes everything for a deletion, and cuts at commas."""

    def steps(self, request: str) -> tuple[str, ...]:
        return tuple(request.split(", "))

    def decide(self, request, screen, earlier=None, carried=None):
        if "?" in request:
            return Decision(None, chosen="delete_assets")
        return Decision("delete_assets", {"asset_ids": ["a91f"]}, chosen="delete_assets")


ROWS = [
    Example("delete_assets", "delete_assets/a", "en", "bin a", {"asset_ids": ["A91F"]}),
    Example("delete_assets", "delete_assets/a", "de", "bin b", {"asset_ids": ["b2c7"]}),
    Example("delete_assets", "delete_assets/a", "de", "bin c, and d", {"asset_ids": ["a91f"]}),
    Example("search_assets", "search_assets/b", "de", "find the secret"),
    Example("search_assets", "search_assets/b", "en", "find what?"),
]


def test_single_requests_are_judged():
    found = brain_accuracy.accuracy(brain_accuracy.run(Decides(), ROWS))
    assert found.tool == Share(3, 5)
    assert found.both == Share(1, 5)
    assert found.asked == 1
    assert [text.split(": ")[1] for text in found.gated_wrong] == ["delete_assets"]
    assert found.by_language == {"de": Share(2, 3), "en": Share(1, 2)}
    text = routing.markdown(found, HEADER, secret=True)
    assert "| search_assets | 2 | 0 | delete_assets 2 |" in text
    known = json.dumps(routing.document(found, HEADER, secret=True))
    assert "secret" not in text + known
    assert "find the secret" in routing.markdown(found, HEADER, secret=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--brain", "none", "--only", "there is no such case"],
        ["--brain", "local", "--parallel", "2", "--split", "all"],
        ["--brain", "none", "--requests"],
        ["--brain", "local", "--requests", "--split", "all"],
        ["--brain", "local", "--requests", "--split", "train", "--fold", "9"],
    ],
)
def test_what_cannot_be_measured_is_said(arguments, playing_home, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err.endswith(".\n")


def test_cases_are_played_in_processes_and_reported(tmp_path, playing_home, capsys):
    Playing(tmp_path / "world")
    chosen = ["--brain", "none", "--split", "train", "--only", "talk-e", "--trials", "2"]
    places = ["--world", str(tmp_path / "world"), "--out", str(tmp_path), "--name", "mine"]
    assert main([*chosen, *places, "--parallel", "2", "--least", "1"]) == 0
    assert (tmp_path / "mine.md").read_text() == capsys.readouterr().out
    known = json.loads((tmp_path / "mine.json").read_text())
    assert [(one["id"], one["passed"], len(one["trials"])) for one in known["results"]] == [
        ("talk-empty", True, 2)
    ]
    assert main([*chosen, "--tool", "reply", *places]) == 2


@pytest.fixture
def playing_home(tmp_path, monkeypatch):
    monkeypatch.setenv("DALM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def playing_settings(playing_home):
    return chosen_settings("none")
