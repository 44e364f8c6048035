"""What App does it does through the API as well: one contract, two ways."""

import time
from pathlib import Path

import pytest

from agent.app import App
from agent.events import (
    Assets,
    Finished,
    NeedsApproval,
    Progress,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
)
from agent.views import ExampleView, Fixable
from tests.fakes.app import OWNER
from tests.fakes.app_served import ServedApp


def test_a_turn_begins_shows_and_ends(app: App, fake: ServedApp) -> None:
    events = list(app.conversation.ask("show me animals", OWNER))
    assert [type(event) for event in events] == [
        Started, Progress, ToolUsed, Text, Assets, Finished,
    ]  # fmt: skip
    shown = events[4]
    assert isinstance(shown, Assets)
    assert len(shown.assets) > 5
    assert shown.assets[0].title == fake.shelf.all[shown.assets[0].id].title


def test_selection_and_uploads_arrive(app: App, fake: ServedApp) -> None:
    list(app.conversation.ask("tag these", OWNER, None, ["a1"], ["a2"]))
    assert fake.talk.asked == [
        {"text": "tag these", "selection": ["a1"], "uploads": ["a2"], "by": "owner"}
    ]


def test_a_tool_runs_without_a_model(app: App) -> None:
    events = list(app.conversation.run("undo", {}, OWNER))
    assert any(isinstance(e, ToolUsed) and e.name == "undo" for e in events)
    refused = list(app.conversation.run("fly", {"asset_ids": ["a1"], "n": 2}, OWNER))
    assert any(isinstance(e, RefusedCall) for e in refused)


def test_a_conversation_is_listed_and_read_again(app: App) -> None:
    shown = list(app.conversation.ask("show me animals", OWNER, None))
    thread = shown[-1].thread
    assert [t.title for t in app.conversation.threads(OWNER)] == ["show me animals"]
    turns = app.conversation.turns(thread, OWNER)
    assert [t.event for t in turns] == [e for e in shown if not isinstance(e, Progress)]
    assert app.conversation.turns(thread, OWNER, turns[-1].number) == []


def test_nobody_reads_or_continues_anothers_conversation(app: App) -> None:
    thread = list(app.conversation.ask("hello", OWNER))[-1].thread
    tom = app.admin.person("tom")
    with pytest.raises(Fixable, match="no such conversation of yours"):
        app.conversation.turns(thread, tom)
    with pytest.raises(Fixable, match="no such conversation of yours"):
        list(app.conversation.ask("more", tom, thread))


def test_closing_the_answer_stops_the_turn(app: App, fake: ServedApp) -> None:
    fake.talk.latency = 0.02
    answer = app.conversation.ask("slow", OWNER)
    for _ in range(3):
        next(answer)
    answer.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 5
    while not fake.talk.stopped and time.monotonic() < deadline:
        time.sleep(0.01)
    assert fake.talk.stopped == 1


def test_a_plan_waits_is_decided_and_works_once(app: App) -> None:
    waiting = [e for e in app.conversation.ask("publish it", OWNER) if isinstance(e, NeedsApproval)]
    assert app.approvals.pending(OWNER) == [waiting[0].plan]
    assert app.approvals.get(waiting[0].approval, OWNER) == waiting[0].plan
    done = list(app.approvals.approve(waiting[0].approval, app.admin.person("ines")))
    assert any(isinstance(e, ReceiptGiven) for e in done)
    again = list(app.approvals.approve(waiting[0].approval, OWNER))
    assert any(isinstance(e, RefusedCall) for e in again)
    assert app.approvals.pending(OWNER) == []


def test_a_rejection_carries_its_reason(app: App, fake: ServedApp) -> None:
    list(app.conversation.ask("publish it", OWNER))
    plan = app.approvals.pending(OWNER)[0]
    list(app.approvals.reject(plan.id, OWNER, "wrong picture: “cat”"))
    assert "wrong picture: “cat”" in fake.approvals.get(plan.id, OWNER).outcome


def test_who_may_not_decide_is_refused(app: App) -> None:
    list(app.conversation.ask("publish it", OWNER))
    plan = app.approvals.pending(OWNER)[0]
    events = list(app.approvals.approve(plan.id, app.admin.person("tom")))
    assert any(isinstance(e, RefusedCall) and "Tom" in e.text for e in events)


def test_an_unknown_approval_says_so(app: App) -> None:
    for name in ("plan-0", "..", "a/b", "a b", "é"):
        with pytest.raises(Fixable):
            app.approvals.get(name, OWNER)
    with pytest.raises(Fixable, match="No approval 'plan-0' waits"):
        list(app.approvals.approve("plan-0", OWNER))


def test_duplicates_are_told_alike(app: App, fake: ServedApp) -> None:
    found = app.library.duplicates(OWNER)
    assert found == fake.shelf.duplicates(OWNER)
    assert found.groups[0].spares[0].notes


def test_an_example_is_told_alike(app: App, fake: ServedApp) -> None:
    wanted = ExampleView("a1", part="0,0,0.5,1", plus=("night", "snow"), minus=("people",))
    found = app.library.like(wanted, OWNER, "image", limit=2, weak=True)
    assert found == fake.shelf.like(wanted, OWNER, "image", limit=2, weak=True)
    assert found.hits[0].why == "like a1; night snow no people"
    with pytest.raises(Fixable, match="no part"):
        app.library.like(ExampleView("a1", part="all"), OWNER)


def test_search_and_browse(app: App, fake: ServedApp) -> None:
    found = app.library.search("cat", OWNER, "image", 3, weak=True)
    assert found == fake.shelf.search("cat", OWNER, "image", 3, weak=True)
    assert app.library.search("zebra & co?", OWNER).hits == ()
    left = app.library.search("zebra", OWNER, "image", without=["type: image", "no people"])
    assert left.filters == ()
    assert app.library.search("zebra", OWNER, "image").relaxations[0].count == 2
    page = app.library.browse(OWNER, {"orientation": "portrait"}, 5, 2)
    assert page == fake.shelf.browse(OWNER, {"orientation": "portrait"}, 5, 2)
    assert page.total == 3


def test_an_asset_its_card_and_its_bytes(app: App, fake: ServedApp) -> None:
    assert app.library.asset("a4", OWNER) == fake.shelf.asset("a4", OWNER)
    assert [c.id for c in app.library.cards(["a2", "nothing", "a1"], OWNER)] == ["a2", "a1"]
    assert app.library.thumbnail("a1", OWNER, 100) == fake.shelf.thumbnail("a1", OWNER, 100)
    with app.library.file("a1", OWNER) as lent:
        assert lent.path.read_bytes() == fake.shelf.paths["a1"].read_bytes()
        assert lent.mime.startswith("image/")
        assert lent.name == fake.shelf.all["a1"].file


@pytest.mark.parametrize("asset_id", ["zz", "../a1", "a1/file", "a?b#c", "", "ü\n", ".."])
def test_an_unknown_asset_says_what_to_do(app: App, asset_id: str) -> None:
    with pytest.raises(Fixable):
        app.library.asset(asset_id, OWNER)
    with pytest.raises(Fixable), app.library.file(asset_id, OWNER):
        pytest.fail("there is no such file")


HOSTILE = [
    "a\r\nSet-Cookie: x=1.jpg",
    "\u202egpj.exe.jpg",
    "../../up.jpg",
    "猫 🐈.jpg",
    '"; rm.jpg',
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_were(app: App, photos: Path, name: str) -> None:
    outcome = app.library.upload(name, photos / "cat.png", OWNER)
    assert outcome.status == "added"
    assert outcome.id
    with app.library.file(outcome.id, OWNER) as lent:
        assert lent.name == name


def test_files_are_taken_in_one_by_one(
    app: App, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ok.png").write_bytes((photos / "cat.png").read_bytes())
    (tmp_path / "empty.png").touch()
    monkeypatch.chdir(tmp_path)
    outcomes = list(app.library.ingest([Path("ok.png"), Path("empty.png")], OWNER))
    assert [(o.file, o.status) for o in outcomes] == [("ok.png", "added"), ("empty.png", "failed")]
    assert app.library.forget([str(outcomes[0].id)], OWNER).assets == 1


def test_long_work_reports(app: App, fake: ServedApp) -> None:
    seen: list[tuple[int, int, str]] = []
    number = app.library.reindex(OWNER, lambda *step: seen.append(step))
    assert number == len(fake.shelf.all)
    assert seen == [(number, number, "done")]
    app.library.reindex(OWNER, lambda *step: seen.append(step), anew=True)
    assert seen[-1] == (number, number, "looked anew")
    app.admin.fetch_models(["brain-1.5b"], lambda *step: seen.append(step))
    assert seen[-1] == (1, 1, "nothing to fetch")
    came = app.admin.switch_model("team/clip", OWNER, lambda *step: seen.append(step), anyway=True)
    assert (came.model, came.took_over) == ("team/clip", True)
    assert seen[-1] == (12, 24, "placed 12 of 24 pictures")
    assert not app.admin.switch_model("team/clip", OWNER, lambda *_: None).took_over
    with pytest.raises(Fixable, match="no model nobody/knows"):
        app.admin.switch_model("nobody/knows", OWNER, lambda *_: None)
    assert [o.status for o in app.admin.load_samples(OWNER)] == ["added", "unchanged"]


def test_the_system_about_itself(app: App, fake: ServedApp) -> None:
    assert app.admin.audit(OWNER, "a1", 5) == fake.admin.audit(OWNER, "a1", 5)
    assert app.admin.verify().intact
    assert app.admin.doctor() == fake.admin.doctor()
    assert app.admin.models() == fake.admin.models()
    assert app.admin.usage(OWNER, 3) == fake.admin.usage(OWNER, 3)
    assert app.admin.usage(OWNER, everybody=True) == fake.admin.usage(OWNER, everybody=True)
    assert app.admin.readiness() == fake.admin.readiness()
    assert app.jobs.recent(OWNER, 1) == fake.jobs.recent(OWNER, 1)
    for act in (app.jobs.cancel, app.jobs.resume):
        with pytest.raises(Fixable, match="no job 'x"):
            act("x/y", OWNER)


def test_people(app: App) -> None:
    assert app.admin.person() == OWNER
    assert app.admin.person("ines").acting_for == "owner"
    with pytest.raises(Fixable, match=r"No user 'nobody ü'\. Known: ines, tom"):
        app.admin.person("nobody ü")
