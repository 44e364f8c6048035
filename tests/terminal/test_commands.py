"""The stable command line: what it prints, for people and for programs, and how it ends."""

import json
import os
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

from agent.views import FileOutcomeView, ForgottenView, Refused
from tests.fakes.app_served import ServedApp
from tests.terminal.conftest import Terminal
from tools.core.assets import MediaType
from ui.cli.library import MEDIA_TYPES
from ui.cli.talk import read_arguments
from ui.main import COMMANDS, LATER, dalm

ROOT = Path(__file__).parent.parent.parent


def test_every_listed_command_exists_and_says_the_same_of_itself() -> None:
    for name in COMMANDS:
        command = dalm.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.name == name


def test_the_kinds_are_those_of_the_library() -> None:
    assert set(MEDIA_TYPES) == {kind.value for kind in MediaType}


def test_duplicates_are_proposed_and_never_deleted(terminal: Terminal) -> None:
    told = terminal("duplicates").stdout
    assert "keep" in told
    assert "spare" in told
    assert "exchange it there first" in told
    assert "Nothing was deleted." in told
    (line,) = terminal("duplicates", "--json").stdout.splitlines()
    group = json.loads(line)
    assert group["sameness"] == "same picture"
    assert group["spares"][0]["notes"] == ["public on website: exchange it there first"]
    assert group["copies"] == ["/a.jpg"]


@pytest.mark.parametrize("name", LATER)
def test_what_is_not_built_says_so_and_is_not_listed(terminal: Terminal, name: str) -> None:
    result = terminal(name, "--port", "1", "x")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "not built yet" in result.stderr
    assert f"\n  {name} " not in terminal("--help").stdout


def test_the_version(terminal: Terminal) -> None:
    result = terminal("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("dalm")


def test_what_is_measured_elsewhere_is_handed_on(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    module = types.ModuleType("evals.bench.command")
    module.main = lambda words: given.append(words) or 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "evals.bench.command", module)
    assert terminal("bench", "--help", "x", "-n", "3").exit_code == 1
    assert given == [["--help", "x", "-n", "3"]]
    monkeypatch.setitem(sys.modules, "evals.bench.command", None)
    result = terminal("bench")
    assert (result.exit_code, result.stdout) == (2, "")


def test_help_brings_in_nothing_slow() -> None:
    code = (
        "import sys; from ui.main import dalm; dalm(['--help'], standalone_mode=False); "
        "print([m for m in ('pydantic', 'rich', 'httpx', 'fastapi', 'agent.app') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert "approve" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["ask"],
        ["search"],
        ["search", "x", "--type", "smell"],
        ["search", "x", "--limit", "0"],
        ["ingest"],
        ["run", "undo", "novalue"],
        ["approve"],
        ["export", "a1"],
        ["export", "--to", "out"],
        ["export", "a1", "--to", "~nobody-of-that-name/out"],
        ["export", "a1", "--query", "cats", "--to", "out"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_is_2(terminal: Terminal, words: list[str]) -> None:
    result = terminal(*words)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_search_gives_a_line_a_hit(terminal: Terminal) -> None:
    lines = terminal.lines("search", "cat", "--json")
    assert lines == [
        {
            "query": "cat",
            "id": "a1",
            "file": "cat.png",
            "score": 0.8,
            "band": "strong",
            "why": "title says cat",
        }
    ]


def test_an_example_is_an_asset_or_a_file(terminal: Terminal, tmp_path: Path) -> None:
    words = ("--plus", "night", "--minus", "people", "--limit", "1", "--json")
    (line,) = terminal.lines("like", "a1", *words)
    assert line["why"] == "like a1; night no people"
    picture = tmp_path / "mood.png"
    picture.write_bytes(b"")
    (line,) = terminal.lines("like", str(picture), "--limit", "1", "--json")
    assert line["why"] == f"like {picture}; "


def test_no_hits_is_an_answer(terminal: Terminal) -> None:
    assert terminal.lines("search", "zebra", "--json") == [{"query": "zebra", "hits": 0}]
    shown = terminal("search", "zebra")
    assert shown.exit_code == 0
    assert "Nothing good found" in shown.stdout


def test_filters_are_told_and_one_can_be_left_out(terminal: Terminal) -> None:
    shown = terminal("search", "zebra", "--type", "image").stdout
    assert "Filters: type: image. --without leaves one out." in shown
    (line,) = terminal.lines("search", "zebra", "--type", "image", "--json")
    assert line["filters"] == ["type: image"]
    assert line["relaxations"] == [{"without": ["type: image"], "hits": 2}]
    (line,) = terminal.lines(
        "search", "zebra", "--type", "image", "--without", "type: image", "--json"
    )
    assert line == {"query": "zebra", "hits": 0}


def test_one_bad_line_of_many_is_told_and_the_others_are_answered(terminal: Terminal) -> None:
    lines = terminal.lines("search", "-", "--json", given="cat 31 February\ncat", code=1)
    assert [line["query"] for line in lines] == ["cat"]
    assert terminal("search", "cat 31 February").exit_code == 1


def test_queries_come_one_a_line(terminal: Terminal) -> None:
    lines = terminal.lines("search", "-", "--json", given="cat\n\n  zebra\nfish")
    assert [(line["query"], line.get("id")) for line in lines] == [
        ("cat", "a1"),
        ("zebra", None),
        ("fish", "a3"),
    ]


def test_search_for_people_numbers_the_hits(terminal: Terminal) -> None:
    out = terminal("search", "cat").stdout
    assert "cat on a lawn" in out
    assert "Cleared" in out
    assert "3 weak matches left out; --all shows them." in out


def test_ingest_says_once_what_it_says_of_each_added_file(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = "Not examined yet: the model is missing."
    outcomes = [FileOutcomeView(f"a{n}", f"{n}.jpg", "added", missing) for n in range(3)]
    monkeypatch.setattr(fake.library, "ingest", lambda *_, **__: iter(outcomes))
    assert terminal("ingest", "x").stdout.count(missing) == 1
    assert [line["reason"] for line in terminal.lines("ingest", "x", "--json")] == [missing] * 3


def test_ingest_says_what_became_of_each_file(
    terminal: Terminal, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "none.png").touch()
    lines = terminal.lines(
        "ingest", str(photos / "cat.png"), str(tmp_path / "none.png"), "--json", code=1
    )
    assert [set(line) for line in lines] == [{"id", "file", "status", "reason"}] * 2
    assert [line["status"] for line in lines] == ["added", "failed"]
    good = terminal("ingest", str(photos / "fish.png"))
    assert good.exit_code == 0
    assert "1 added" in good.stdout


def test_the_owners_name_and_place_arrive(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def ingest(paths, viewer, *, in_place=False, own_work=""):  # type: ignore[no-untyped-def]
        seen.append((paths, viewer.id, in_place, own_work))
        yield FileOutcomeView("a", "x.jpg", "unchanged")

    monkeypatch.setattr(fake.library, "ingest", ingest)
    words = ("ingest", "x", "y", "--in-place", "--own-work", "Jane Doe", "--as", "tom")
    assert terminal(*words).exit_code == 0
    assert seen == [((Path("x"), Path("y")), "tom", True, "Jane Doe")]


def test_ask_gives_events(terminal: Terminal) -> None:
    lines = terminal.lines("ask", "publish it", "--json")
    assert [line["event"] for line in lines] == [
        "started", "tool", "text", "needs_approval", "finished",
    ]  # fmt: skip
    plan = lines[3]["plan"]
    wanted = {"tool", "arguments", "assets", "effect", "verdict", "approvers", "expires"}
    assert wanted <= set(plan)
    assert lines[3]["approval"] == plan["id"]


def test_a_plan_waits_and_works_once(terminal: Terminal) -> None:
    assert terminal.lines("pending", "--json") == []
    assert "Nothing waits" in terminal("pending").stdout
    plan = terminal.lines("ask", "publish it", "--json")[3]["approval"]
    assert [one["id"] for one in terminal.lines("pending", "--json")] == [plan]
    assert f"dalm approve {plan}" in terminal("pending").stdout
    refused = terminal("approve", plan, "--as", "tom")
    assert refused.exit_code == 1
    assert "Refused: Tom Okafor may not approve this" in refused.stdout
    done = terminal("approve", plan, "--as", "ines")
    assert done.exit_code == 0
    assert "next: withdraw it from the website" in done.stdout
    again = terminal.lines("approve", plan, "--json", code=1)
    assert [line["event"] for line in again] == ["started", "refused", "finished"]


def test_a_plan_is_rejected_with_a_reason(terminal: Terminal, fake: ServedApp) -> None:
    plan = terminal.lines("ask", "delete it", "--json")[-2]["approval"]
    result = terminal("reject", plan, "--because", "wrong one")
    assert result.exit_code == 0
    assert "Nothing has happened" in result.stdout
    assert "wrong one" in fake.plans.get(plan, fake.admin.person()).outcome


def test_a_receipt_says_how_to_take_it_back(terminal: Terminal) -> None:
    assert "dalm run undo receipt=r-tag" in terminal("ask", "tag these").stdout


def test_an_unknown_plan_is_1_and_stays_json(terminal: Terminal) -> None:
    lines = terminal.lines("approve", "plan-0", "--json", code=1)
    assert lines[-1]["event"] == "error"
    assert "No approval 'plan-0' waits" in lines[-1]["text"]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("show me animals", 0),
        ("find unicorns", 0),
        ("publish it", 0),
        ("put everything public that is on hold", 1),
        ("break it", 1),
        ("crash", 1),
    ],
)
def test_the_exit_code_of_a_turn(terminal: Terminal, request_: str, code: int) -> None:
    assert terminal("ask", request_).exit_code == code
    assert terminal("ask", request_, "--json").exit_code == code


def test_run_reads_its_arguments(terminal: Terminal, fake: ServedApp) -> None:
    assert terminal("run", "undo").exit_code == 0
    assert terminal.lines("run", "fly", "a=1", "--json", code=1)[1]["event"] == "refused"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (("query=dogs, cats",), {"query": "dogs, cats"}),
        (("asset_ids=a", "asset_ids=b,c"), {"asset_ids": ["a", "b", "c"]}),
        (('add=["x, y", "z"]', "add=w"), {"add": ["x, y", "z", "w"]}),
        (("a=[not json",), {"a": "[not json"}),
        (('name="3"', "days=30"), {"name": "3", "days": "30"}),
        (("q=a=b",), {"q": "a=b"}),
        (("q=",), {"q": ""}),
    ],
)
def test_arguments(given: tuple[str, ...], read: dict[str, object]) -> None:
    assert read_arguments(given) == read


def test_as_somebody_unknown(terminal: Terminal) -> None:
    result = terminal("ask", "hi", "--as", "nobody", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Known: ines, tom" in result.stderr


def test_audit(terminal: Terminal) -> None:
    assert terminal.lines("audit", "a1", "--json")[0]["subject"] == "a1"
    assert "ingested" in terminal("audit").stdout
    assert terminal.lines("audit", "verify", "--json") == [{"rows": 1, "intact": True, "why": ""}]
    assert "intact" in terminal("audit", "verify").stdout


def test_usage_is_a_table_or_json_lines(terminal: Terminal, fake: ServedApp) -> None:
    (line,) = terminal.lines("usage", "--days", "3", "--json")
    assert line["cost"] is None
    assert (line["calls"], line["input"], line["output"], line["cached"]) == (3, 11, 5, 3)
    shown = terminal("usage", "--everybody").stdout
    assert "ana  m at models.example: 7 calls, 11 tokens in (3 cached), 5 out, cost not" in shown
    assert terminal("usage", "--days", "0").exit_code == 2


def test_models_doctor_reindex_forget(terminal: Terminal, fake: ServedApp) -> None:
    assert terminal.lines("models", "--json")[0]["name"] == "brain-1.5b"
    assert "Apache-2.0" in terminal("models").stdout
    assert "verified" in terminal("models", "fetch").stdout
    stays = terminal("models", "switch", "team/clip")
    assert stays.exit_code == 1
    assert "R@1 50.0%" in stays.stdout
    (came,) = terminal.lines("models", "switch", "team/clip", "--anyway", "--json")
    assert came["model"] == "team/clip"
    assert terminal.lines("doctor", "--json")[1]["fix"] == "install it"
    assert "install it" in terminal("doctor").stdout
    assert terminal.lines("reindex", "--json") == [{"assets": len(fake.shelf.all)}]
    assert terminal.lines("forget", "a1", "--json") == [{"assets": 1, "leftovers": []}]
    assert "Forgot 0 assets" in terminal("forget", "a1").stdout


def test_leftovers_are_a_failure(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake.library, "forget", lambda *_: ForgottenView(1, ("vectors: a1",)))
    result = terminal("forget", "a1")
    assert result.exit_code == 1
    assert "Still found: vectors: a1" in result.stderr


def test_a_refusal_is_1(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("The whole audit is for legal.")

    monkeypatch.setattr(fake.admin, "audit", refuse)
    result = terminal("audit", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The whole audit is for legal.\n"


def test_a_bug_shows_an_id_and_no_traceback(terminal: Terminal) -> None:
    result = terminal("search", "bug", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr
    number = result.stderr.partition("Error ")[2][:8]
    log = terminal.ways.placed.home / "log" / "dalm.log"
    assert f"error {number}" in log.read_text("utf-8")
    assert "secret detail" in log.read_text("utf-8")


def test_a_data_folder_that_cannot_be_used(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    result = terminal("doctor")
    assert result.exit_code == 1
    assert "Set DALM_HOME to another" in result.stderr


NASTY = "x\n\x1b[2J\x9b31m[red]\u202egpj.exe\x07 :boom: [/]"


@pytest.mark.parametrize(
    "words", [("search", "cat"), ("ask", "show me animals"), ("ask", "publish the cat")]
)
def test_hostile_names_do_nothing_to_a_terminal(
    terminal: Terminal, fake: ServedApp, words: tuple[str, ...]
) -> None:
    card = fake.shelf.all["a1"]
    fake.shelf.all["a1"] = replace(
        card, title=f"cat {NASTY}", file=NASTY, why=NASTY, clause=NASTY, warning=NASTY
    )
    result = terminal(*words)
    assert result.exit_code == 0, result.output
    assert "[red]" in result.stdout
    assert not set(result.stdout) & {"\x1b", "\x9b", "\u202e", "\x07"}
    for line in terminal(*words, "--json").stdout.splitlines():
        json.loads(line)
        assert line.isascii()


def test_a_name_that_is_no_text_stays_json(
    terminal: Terminal, fake: ServedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.fsdecode(b"bad\xff.jpg")
    outcomes = [FileOutcomeView(None, name, "failed", "not a picture")]
    monkeypatch.setattr(fake.library, "ingest", lambda *_, **__: iter(outcomes))
    assert terminal.lines("ingest", "x", "--json", code=1)[0]["file"] == "bad?.jpg"
    assert "bad.jpg" in terminal("ingest", "x").stdout


def test_an_export_names_its_folder_whole(terminal: Terminal) -> None:
    terminal("export", "a1", "--to", "out/copies", "--for", "print")
    app = terminal.ways.fake
    (asked,) = app.conversation.threads(app.admin.person())
    said = str(app.conversation.turns(asked.id, app.admin.person())[0].event)
    place = Path.cwd() / "out" / "copies"
    assert f'/export_assets folder="{place}" asset_ids=' in said
    assert 'channel="print"' in said
