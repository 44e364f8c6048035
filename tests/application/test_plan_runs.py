"""A plan is its own run: it waits without holding up the talk; a stored decision moves it."""

import pytest
from langgraph.types import Command

from agent.events import (
    Finished,
    NeedsApproval,
    ReceiptGiven,
    RefusedCall,
    Started,
    Text,
    ToolUsed,
)
from agent.traces import ThreadTraces
from tests.application.talking import Talking
from tests.application.world import CON, PAT, VIC, World
from tools.core.directory import OWNER
from tools.core.errors import Fixable
from tools.core.people import Authority
from tools.core.plans import PlanState

PUBLISH = ("publish_assets", {"asset_ids": ["fig"], "channel": "website"})


@pytest.fixture
def talking(tmp_path):
    talking = Talking(tmp_path)
    talking.world.asset("fig")
    yield talking
    talking.close()


def kinds(events):
    return [type(event) for event in events]


def approval(events):
    return next(event.approval for event in events if isinstance(event, NeedsApproval))


def test_a_publication_waits_and_the_conversation_goes_on(talking):
    events = talking.ask("publish the fig", PUBLISH, viewer=OWNER)
    assert kinds(events)[0] is Started
    assert kinds(events)[-1] is Finished
    assert next(e for e in events if isinstance(e, ToolUsed)).outcome == "pending"
    plan = next(e for e in events if isinstance(e, NeedsApproval)).plan
    assert (plan.target, plan.verdict, plan.assets[0].version) == ("website", "allowed", 1)
    assert talking.world.publisher.public == {}
    later = talking.ask("thanks", "You are welcome.", viewer=OWNER)
    assert "welcome" in "".join(e.text for e in later if isinstance(e, Text))


def test_approve_carries_it_out_once_and_tells_the_conversation(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    events = list(talking.deciding.approve(plan, OWNER))
    assert ReceiptGiven in kinds(events)
    assert len(talking.world.publisher.public) == 1
    again = list(talking.deciding.approve(plan, OWNER))
    assert "already" in next(e.text for e in again if isinstance(e, RefusedCall))
    assert len(talking.world.publisher.public) == 1
    logged = [turn.event for turn in talking.talk.turns("t-1", OWNER)]
    assert sum(isinstance(event, ReceiptGiven) for event in logged) == 1
    assert talking.world.approvals.get(plan).state is PlanState.DONE


def test_the_model_hears_of_it_with_the_next_request(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    list(talking.deciding.approve(plan, OWNER))
    talking.ask("and now?", "It is public.", viewer=OWNER)
    assert "Published Fig to website" in str(talking.model.heard[-1][-1].content)


def test_exact_words_in_the_chat_decide_and_other_words_do_not(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    talking.ask(f"please approve {plan}", "A button does that.", viewer=OWNER)
    talking.ask("yes, do it", "Please use the button.", viewer=OWNER)
    assert talking.world.publisher.public == {}
    talking.ask(f"approve {plan}", viewer=OWNER)
    assert len(talking.world.publisher.public) == 1


def test_reject_does_nothing_and_the_model_is_not_asked_again(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    heard = len(talking.model.heard)
    events = list(talking.deciding.reject(plan, OWNER, "not yet"))
    assert "Nothing happened" in "".join(e.text for e in events if isinstance(e, Text))
    assert talking.world.publisher.public == {}
    assert len(talking.model.heard) == heard
    assert "already" in str(list(talking.deciding.approve(plan, OWNER)))


def test_a_restart_while_it_waits_loses_nothing_and_it_works_once(talking, tmp_path):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    talking.close()
    world = World(tmp_path)
    later = Talking(tmp_path, world)
    assert [p.id for p in later.deciding.pending(OWNER)] == [plan]
    world.publisher.public = {}
    list(later.deciding.approve(plan, OWNER))
    list(later.deciding.approve(plan, OWNER))
    assert len(world.publisher.public) == 1
    later.close()


def test_a_crash_between_the_decision_and_the_act_is_finished_at_the_next_start(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    talking.world.approvals.decide(plan, OWNER, approved=True)
    talking.deciding.recover()
    assert len(talking.world.publisher.public) == 1
    assert talking.world.approvals.get(plan).state is PlanState.DONE


def test_a_crash_before_the_run_began_does_not_lose_the_plan(talking):
    draft = talking.world.publishing.plan(["fig"], "website", None, OWNER)
    plan = talking.world.approvals.propose(draft, Authority(OWNER, None)).id
    list(talking.deciding.approve(plan, OWNER))
    assert len(talking.world.publisher.public) == 1


def test_forged_resumes_and_replayed_checkpoints_publish_nothing(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    graph, config = talking.runs._graph, {"configurable": {"thread_id": plan}}
    for forged in (True, {"approved": True}, "approve"):
        graph.invoke(Command(resume=forged), config)
    graph.invoke(None, config)
    assert talking.world.publisher.public == {}
    list(talking.deciding.approve(plan, OWNER))
    assert len(talking.world.publisher.public) == 1
    talking.world.publisher.public = {}
    for snapshot in list(graph.get_state_history(config)):
        graph.invoke(None, snapshot.config)
        graph.invoke(Command(resume=True), snapshot.config)
    assert talking.world.publisher.public == {}


def test_another_persons_thread_does_not_exist_for_me(talking):
    talking.ask("hello", "Hello.", viewer=OWNER)
    with pytest.raises(Fixable, match="no such conversation"):
        talking.ask("hello", "Hello.", viewer=CON)
    with pytest.raises(Fixable, match="no such conversation"):
        talking.talk.turns("t-1", CON)
    with pytest.raises(Fixable, match="no such conversation"):
        talking.talk.turns("t-unknown", OWNER)


def test_a_viewer_may_not_even_ask_and_a_publisher_decides_for_a_contributor(talking):
    events = talking.ask("publish the fig", PUBLISH, viewer=VIC, thread="t-v")
    assert RefusedCall in kinds(events)
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=CON, thread="t-c"))
    assert RefusedCall in kinds(list(talking.deciding.approve(plan, CON)))
    assert ReceiptGiven in kinds(list(talking.deciding.approve(plan, PAT)))
    logged = [turn.event for turn in talking.talk.turns("t-c", CON)]
    assert any(isinstance(event, ReceiptGiven) for event in logged)


def test_a_hostile_model_gets_nowhere(talking):
    script = [
        [PUBLISH, PUBLISH, ("delete_assets", {"asset_ids": ["fig"]})],
        ("approve", {"id": "plan-1"}),
        ("publish_assets", {"asset_ids": ["fig"], "channel": "website", "approval": "x"}),
    ]
    events = talking.ask("go", *script, viewer=OWNER)
    assert talking.world.publisher.public == {}
    outcomes = [e.outcome for e in events if isinstance(e, ToolUsed)]
    assert outcomes == ["pending", "pending", "pending", "refused"]
    assert len(talking.deciding.pending(OWNER)) == 2


def test_a_model_that_fails_is_told_with_a_number_and_the_thread_lives_on(talking):
    events = talking.ask("hello", ZeroDivisionError("x"), viewer=OWNER)
    error = next(e for e in events if e.event == "error")
    assert error.id in error.text
    assert "ZeroDivision" not in error.text
    assert kinds(events)[-1] is Finished
    assert talking.ask("hello", "Hello.", viewer=OWNER)


def test_a_stopped_turn_leaves_no_open_call_behind(talking):
    talking.model.script.append(PUBLISH)
    running = talking.talk.ask("publish the fig", OWNER, "t-1")
    for event in running:
        if isinstance(event, ToolUsed):
            break
    running.close()
    talking.ask("hello", "Hello.", viewer=OWNER)
    messages = talking.model.heard[-1]
    calls = [c["id"] for m in messages for c in getattr(m, "tool_calls", [])]
    answers = [m.tool_call_id for m in messages if m.type == "tool"]
    assert sorted(calls) == sorted(answers)


def test_checkpoints_hold_short_text_and_stay_small(talking):
    for number in range(30):
        talking.ask(f"request {number}", f"answer {number}", viewer=OWNER)
    saved = talking.checkpoints._connection.execute(
        "SELECT count(*), max(length(checkpoint)) FROM checkpoints WHERE thread_id = 't-1'"
    ).fetchone()
    assert saved[0] <= 2
    assert saved[1] < 40_000


def test_a_run_of_a_plan_can_be_forgotten_with_its_asset(talking):
    plan = approval(talking.ask("publish the fig", PUBLISH, viewer=OWNER))
    with talking.world.catalogue.reading() as records:
        named = records.plans.naming(["fig"])
        assert records.plans.naming(["cup"]) == []
    assert named == [plan]
    told: list[str] = []
    ThreadTraces(talking.checkpoints, lambda: told.append("sentences")).erase([*named, "t-1"])
    assert told == ["sentences"]
    left = talking.checkpoints._connection.execute("SELECT count(*) FROM checkpoints").fetchone()
    assert left == (0,)


def test_half_letters_of_a_model_or_a_person_do_no_harm(talking):
    half = "\ud800"
    script = [[("get_asset", {"asset_id": half}), PUBLISH], f"done {half}"]
    events = talking.ask(f"publish {half}", *script, viewer=OWNER)
    assert NeedsApproval in kinds(events)
    assert half not in "".join(str(event) for event in events)
    logged = [type(turn.event) for turn in talking.talk.turns("t-1", OWNER)]
    assert NeedsApproval in logged
    assert talking.ask("and now?", "Well.", viewer=OWNER)
