"""Whole turns against a scripted endpoint: the real client, real tools, a real catalogue."""

import json
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from agent.brain_room import BrainRoom
from agent.brains.assembly import writer_of
from agent.brains.offering import offered
from agent.brains.openai import Endpoint, build_openai_brain
from agent.events import Error, NeedsApproval, Progress, RefusedCall, Text, ToolUsed, Used
from agent.graph import Brain
from prompts import library
from tests.application.talking import Talking, about
from tests.application.world import CON, VIC, World
from tests.fakes.openai_server import Answer, serve
from tools.core.directory import OWNER
from tools.core.errors import Fixable

RIGHTS = ("check_rights", {"asset_ids": ["fig"]})
PUBLISH = ("publish_assets", {"asset_ids": ["fig"], "channel": "website"})
BUSY = Answer(status=429, error={"message": "busy"})


@contextmanager
def talking(folder, *answers, **options):
    """Lend a conversation whose brain is the real client of an endpoint with a script."""
    with serve(*answers) as endpoint:
        model = build_openai_brain(model="m", key="k", base_url=endpoint.url, **options)
        remote = Endpoint("m", endpoint.url, jitter=lambda: 0.0)
        brain = Brain(model, offered(), about, system=library.system(), remote=remote)
        world = World(folder)
        world.asset("fig")
        talk = Talking(folder, world, brain)
        talk.endpoint = endpoint
        try:
            yield talk
        finally:
            talk.close()


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def said(events):
    return "".join(event.text for event in of(Text, events))


def test_a_busy_endpoint_is_asked_again_and_the_person_sees_why(tmp_path):
    wait = Answer(status=429, error={"message": "busy"}, headers={"Retry-After": "2"})
    with talking(tmp_path, BUSY, wait, Answer("Hello.")) as talk:
        events = talk.ask("hello", viewer=OWNER)
        assert len(talk.endpoint.requests) == 3
        bodies = [json.dumps(request) for request in talk.endpoint.requests]
    assert said(events).strip() == "Hello."
    assert not of(Error, events)
    assert [event.text for event in of(Progress, events)] == [
        "The chat endpoint is busy; trying again in 1 s",
        "The chat endpoint is busy; trying again",
        "The chat endpoint is busy; trying again in 2 s",
        "The chat endpoint is busy; trying again in 1 s",
        "The chat endpoint is busy; trying again",
    ]
    assert len(set(bodies)) == 1


@pytest.mark.parametrize(
    "failed",
    [
        Answer(status=500, error={"message": "boom"}),
        Answer(status=503, error={"message": "boom"}),
        Answer(hangs_up=True),
    ],
)
def test_what_passes_by_itself_passes(tmp_path, failed):
    with talking(tmp_path, failed, failed, Answer("Hello.")) as talk:
        events = talk.ask("hello", viewer=OWNER)
    assert said(events).strip() == "Hello."


@pytest.mark.parametrize("ends", ["closed", "reset", "error"])
def test_an_answer_that_breaks_off_is_asked_for_again_and_marked(tmp_path, ends):
    with talking(tmp_path, Answer("Good day", ends=ends), Answer("Hello.")) as talk:
        events = talk.ask("hello", viewer=OWNER)
        talk.ask("and now?", viewer=OWNER)
        heard = talk.endpoint.requests[-1]["messages"]
    assert said(events) == "Good \n\nThe answer broke off; once more:\n\nHello. "
    # What was half said is no part of the conversation, but it is counted.
    assert [m["content"] for m in heard if m["role"] == "assistant"] == ["Hello. "]
    (used,) = of(Used, events)
    assert used.calls == 2
    assert used.estimated


def test_a_call_is_carried_out_once_however_often_it_was_asked_for(tmp_path):
    half = Answer("I publish", calls=[PUBLISH], ends="reset")
    answers = (Answer(calls=[PUBLISH]), BUSY, half, Answer("It waits."))
    with talking(tmp_path, half, *answers) as talk:
        events = talk.ask("publish the fig", viewer=OWNER)
        assert len(talk.deciding.pending(OWNER)) == 1
    assert [e.outcome for e in of(ToolUsed, events)] == ["pending"]


def test_a_failure_that_stays_ends_in_one_line_and_the_conversation_lives(tmp_path):
    with talking(tmp_path, *[BUSY] * 4, Answer("Hello.")) as talk:
        events = talk.ask("hello", viewer=OWNER)
        assert [e.text for e in of(Error, events)] == [
            "The chat endpoint is too busy. Wait a minute and ask again."
        ]
        assert len(talk.endpoint.requests) == 4
        assert said(talk.ask("hello", viewer=OWNER)).strip() == "Hello."


def test_a_timeout_is_tried_once_more(tmp_path):
    gate = threading.Event()
    with talking(tmp_path, Answer("late", delay=gate), seconds=0.3) as talk:
        events = talk.ask("hello", viewer=OWNER)
        gate.set()
        assert len(talk.endpoint.requests) == 2
    assert "in time" in of(Error, events)[0].text


def test_a_person_who_stops_does_not_wait_for_the_endpoint(tmp_path):
    later = Answer(status=429, error={"message": "busy"}, headers={"Retry-After": "60"})
    with talking(tmp_path, later, Answer("Hello.")) as talk:
        running = talk.talk.ask("hello", OWNER, "t-1")
        talk.turns._wait = threading.Event.wait
        for event in running:
            if isinstance(event, Progress):
                break
        running.close()
        assert len(talk.endpoint.requests) == 1
        assert said(talk.ask("hello", viewer=OWNER)).strip() == "Hello."


def test_parallel_calls_are_carried_out_in_order_and_a_card_holds_nothing_up(tmp_path):
    calls = [RIGHTS, PUBLISH, ("find_similar", {"asset_id": "nothing"}), RIGHTS]
    with talking(tmp_path, Answer(calls=calls), Answer("Done.")) as talk:
        events = talk.ask("check and publish", viewer=OWNER)
        heard = talk.endpoint.requests[-1]["messages"]
    used = [(e.name, e.outcome) for e in of(ToolUsed, events)]
    assert [name for name, _ in used] == [name for name, _ in calls]
    assert [outcome for _, outcome in used] == ["done", "pending", "fixable", "done"]
    assert len(of(NeedsApproval, events)) == 1
    asked = next(m for m in heard if m.get("tool_calls"))["tool_calls"]
    replies = [m for m in heard if m["role"] == "tool"]
    assert [m["tool_call_id"] for m in replies] == [call["id"] for call in asked]
    assert "waits for approval" in replies[1]["content"]


def test_a_refusal_stops_the_rest_and_says_what_was_not_done(tmp_path):
    calls = [RIGHTS, PUBLISH, RIGHTS, ("delete_assets", {"asset_ids": ["fig"]})]
    with talking(tmp_path, Answer(calls=calls)) as talk:
        events = talk.ask("publish it", viewer=VIC)
        assert len(talk.endpoint.requests) == 1
        talk.ask("hello", viewer=VIC)
        heard = talk.endpoint.requests[1]["messages"]
    assert [e.outcome for e in of(ToolUsed, events)] == ["done", "refused"]
    assert len(of(RefusedCall, events)) == 1
    assert said(events).endswith("Not done: check_rights, delete_assets.\n")
    replies = [m["content"] for m in heard if m["role"] == "tool"]
    assert [reply.startswith("Not done") for reply in replies] == [False, False, True, True]


def test_cut_off_arguments_are_never_completed_but_corrected(tmp_path):
    cut = ("publish_assets", '{"channel": "website", "asset_ids": ["fig", "fi')
    with talking(
        tmp_path, Answer(calls=[cut, RIGHTS]), Answer(calls=[PUBLISH]), Answer("It waits.")
    ) as talk:
        events = talk.ask("publish the fig", viewer=OWNER)
        heard = talk.endpoint.requests[1]["messages"]
    assert [e.outcome for e in of(ToolUsed, events)] == ["pending"]
    replies = [m["content"] for m in heard if m["role"] == "tool"]
    assert "no whole JSON" in replies[0]
    assert "earlier call could not be read" in replies[1]
    # Endpoints reject a conversation that holds arguments which are no JSON.
    asked = next(m for m in heard if m.get("tool_calls"))["tool_calls"]
    assert json.loads(asked[0]["function"]["arguments"]) == {}


@pytest.mark.parametrize(
    "call", [("publish_assets", '{"channel": '), ("send_email", {"to": "x"}), ("undo", "[1]")]
)
def test_a_model_that_does_not_correct_itself_is_stopped(tmp_path, call):
    with talking(tmp_path, Answer(calls=[call])) as talk:
        events = talk.ask("go", viewer=OWNER)
        assert len(talk.endpoint.requests) == 3
    assert not of(ToolUsed, events)
    assert f"called '{call[0]}' in a way" in said(events)


def test_an_unknown_tool_is_named_to_the_model_with_those_there_are(tmp_path):
    with talking(tmp_path, Answer(calls=[("find", {})]), Answer("Sorry.")) as talk:
        talk.ask("go", viewer=OWNER)
        reply = talk.endpoint.requests[1]["messages"][-1]["content"]
    assert "no such tool" in reply
    assert "search_assets" in reply


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ([Answer("")], "empty answer, twice"),
        ([Answer("", finish="content_filter")], "content filter"),
        ([Answer(page="<html>")], "no chat endpoint"),
    ],
)
def test_an_answer_that_is_none_is_explained(tmp_path, answers, line):
    with talking(tmp_path, *answers) as talk:
        events = talk.ask("hello", viewer=OWNER)
    assert line in of(Error, events)[0].text


def test_an_empty_answer_may_be_followed_by_a_good_one(tmp_path):
    with talking(tmp_path, Answer(""), Answer("Hello.")) as talk:
        assert said(talk.ask("hello", viewer=OWNER)).strip() == "Hello."


def test_after_a_tool_nothing_more_need_be_said(tmp_path):
    with talking(tmp_path, Answer(calls=[RIGHTS]), Answer("")) as talk:
        events = talk.ask("may we use it?", viewer=OWNER)
    assert not of(Error, events)


def test_a_conversation_that_is_too_long_is_asked_again_without_its_past(tmp_path):
    over = Answer(status=400, error={"message": "", "code": "context_length_exceeded"})
    with talking(tmp_path, Answer("One."), over, Answer("Two.")) as talk:
        talk.ask("first", viewer=OWNER)
        events = talk.ask("second", viewer=OWNER)
        roles = [[m["role"] for m in r["messages"]] for r in talk.endpoint.requests]
    assert said(events).strip() == "Two."
    assert roles[1:] == [["system", "user", "assistant", "user"], ["system", "user"]]
    assert "Leaving older messages out" in of(Progress, events)[0].text


def test_a_request_that_is_too_long_by_itself_is_explained(tmp_path):
    over = Answer(status=400, error={"message": "", "code": "context_length_exceeded"})
    with talking(tmp_path, over) as talk:
        events = talk.ask("first", viewer=OWNER)
        assert len(talk.endpoint.requests) == 1
    assert "too long for the model" in of(Error, events)[0].text


def test_what_the_model_is_told_first_stays_as_it_is(tmp_path):
    answers = (Answer(calls=[RIGHTS]), Answer("Yes."), Answer("Bye."), Answer("Bye."))
    with talking(tmp_path, *answers) as talk:
        talk.ask("may we use the fig?", viewer=OWNER)
        talk.ask("thanks", viewer=OWNER)
        talk.world.clock.move(days=1)
        talk.ask("hello", viewer=VIC, thread="t-2")
        requests = talk.endpoint.requests
    first = requests[0]
    for request in requests:
        assert json.dumps(request["tools"]) == json.dumps(first["tools"])
        assert request["messages"][0] == first["messages"][0]
    assert "Vic" not in str(requests[3]["messages"][0])
    assert "You serve Vic." in requests[3]["messages"][1]["content"]
    # Within a turn what was told is never told otherwise; it only grows.
    assert requests[1]["messages"][:2] == first["messages"]


def test_the_prefix_is_the_same_in_every_process():
    code = (
        "import json; from agent.brains.offering import offered; from prompts import library; "
        "print(json.dumps([library.system(), offered()]))"
    )
    told = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(told) == 1


def test_prompt_and_tools_stay_under_four_thousand_tokens(tmp_path):
    with talking(tmp_path, Answer("Hello.")) as talk:
        talk.ask("hello", viewer=OWNER)
        request = talk.endpoint.requests[0]
    told = [request["messages"][0]["content"], request["tools"]]
    size = len(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    # Real tokenizers give such text 4.2 bytes a token or more; the encodings need a download.
    assert size / 3.5 < 4000


def test_a_long_conversation_is_cut_rarely_and_at_a_request(tmp_path):
    long = "word " * 1400
    with talking(tmp_path, Answer("Yes.")) as talk:
        for number in range(24):
            talk.ask(f"{number} {long}", viewer=OWNER)
        told = [request["messages"][1:] for request in talk.endpoint.requests]
    sizes = [len(json.dumps(messages)) for messages in told]
    assert max(sizes) / 3.5 < 13_000
    assert all(messages[0]["role"] == "user" for messages in told)
    firsts = [messages[0]["content"].split()[0] for messages in told]
    assert len(set(firsts)) <= 12
    assert "23 word" in told[-1][-1]["content"]


def test_a_turn_says_what_it_used(tmp_path):
    answers = (Answer(calls=[RIGHTS]), Answer("Yes.", cached=8))
    with talking(tmp_path, *answers) as talk:
        events = talk.ask("may we?", viewer=OWNER)
        again = talk.ask("/usage", viewer=OWNER)
    (used,) = of(Used, events)
    assert (used.model, used.calls, used.input, used.output, used.cached) == ("m", 2, 22, 10, 8)
    assert used.cost is None
    assert not used.estimated
    assert "22 tokens in (8 of them from the cache), 10 out, price not known" in said(again)
    assert not of(Used, again)


def test_use_that_an_endpoint_does_not_tell_is_estimated_from_above(tmp_path):
    with talking(tmp_path, Answer("Yes.", silent=True)) as talk:
        (used,) = of(Used, talk.ask("hello", viewer=OWNER))
    assert used.estimated
    assert 3000 < used.input < 4500


def test_a_text_that_a_tool_lets_the_model_word_is_charged_to_who_asked(tmp_path):
    with talking(tmp_path, BUSY, Answer("Bonjour.", cached=3)) as talk:
        talk.ask('/check_rights asset_ids=["fig"]', viewer=CON)
        writer = writer_of(BrainRoom(lambda _report: talk.brain), talk.meter, talk._wait)
        assert writer.translate(["Hello."], "en", "fr") == ["Bonjour."]
        (row,) = talk.meter.days(1)
    assert row.person == CON.id
    assert (row.use.calls, row.use.input, row.use.cached) == (1, 11, 3)
    assert row.held.tokens == 0


def test_a_tool_that_lets_a_failing_endpoint_word_a_text_says_what_is_wrong(tmp_path):
    with talking(tmp_path, Answer(status=401, error={"message": "bad"})) as talk:
        writer = writer_of(BrainRoom(lambda _report: talk.brain), talk.meter, talk._wait)
        with pytest.raises(Fixable, match="refused the key"):
            writer.translate(["Hello."], "en", "fr")
