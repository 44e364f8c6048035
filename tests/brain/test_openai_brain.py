"""The real ChatOpenAI against a scripted endpoint: streaming, parallel calls, clear failures."""

import socket
import threading

import pytest
from langchain_core.messages import AIMessageChunk

from agent.brains.openai import Endpoint, build_openai_brain, explain
from tests.fakes.openai_server import Answer, serve
from tests.fakes.openai_server import Endpoint as Served


def brain(endpoint: Served, **options):
    given = {"model": "m", "key": "k", "base_url": endpoint.url, "retries": 0, **options}
    return build_openai_brain(**given)


def test_text_arrives_in_pieces_with_its_token_use():
    with serve(Answer("one two three")) as endpoint:
        pieces = list(brain(endpoint).stream("hi"))
    assert [piece.text for piece in pieces if piece.text] == ["one ", "two ", "three "]
    assert sum(p.usage_metadata["input_tokens"] for p in pieces if p.usage_metadata) == 11
    assert endpoint.requests[0]["stream_options"] == {"include_usage": True}


def test_fragmented_parallel_calls_are_put_together():
    calls = [("search_assets", {"query": "dogs on a beach"}), ("get_asset", {"asset_id": "a-1"})]
    with serve(Answer(calls=calls)) as endpoint:
        whole = None
        for piece in brain(endpoint).stream("hi"):
            assert isinstance(piece, AIMessageChunk)
            whole = piece if whole is None else whole + piece
    assert [(call["name"], call["args"]) for call in whole.tool_calls] == calls


def test_a_server_error_is_tried_again():
    with serve(Answer(status=503, error={"message": "busy"}), Answer("fine")) as endpoint:
        assert brain(endpoint, retries=1).invoke("hi").text == "fine"
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=401, error={"message": "bad key"}), "refused the key"),
        (Answer(status=403, error={"message": "no"}), "may not use this model"),
        (Answer(status=404, error={"message": "model not found"}), "does not know the model"),
        (Answer(status=404, page="<html>"), "no chat endpoint at 127.0.0.1"),
        (Answer(status=405, page="<html>"), "no chat endpoint at 127.0.0.1"),
        (Answer(status=402, error={"message": "pay"}), "quota"),
        (Answer(status=429, error={"message": "rate limit"}), "Wait a minute"),
        (
            Answer(status=429, error={"message": "rate limit"}, headers={"Retry-After": "600"}),
            "Wait 10 minutes",
        ),
        (Answer(status=429, error={"message": "", "code": "insufficient_quota"}), "quota"),
        (
            Answer(status=429, error={"message": "quota a minute"}, headers={"Retry-After": "9"}),
            "too busy",
        ),
        (Answer(status=500, error={"message": "boom"}), "failed on its side"),
        (Answer(hangs_up=True), "cannot be reached"),
        (Answer(status=413, error={"message": "large"}), "too long"),
        (
            Answer(status=400, error={"message": "", "code": "context_length_exceeded"}),
            "too long",
        ),
        (
            Answer(status=400, error={"message": "maximum context length is 4096 tokens"}),
            "too long",
        ),
        (Answer(status=400, error={"message": "The model `z` does not exist"}), "not know the mo"),
        (Answer(status=400, error={"message": "", "code": "content_filter"}), "content filter"),
        (Answer(status=400, error={"message": "tools[0] is odd"}), "did not accept"),
        (Answer("a b c", ends="error"), "broke off"),
    ],
)
def test_failures_are_explained_in_one_line(answer, said):
    with serve(answer) as endpoint, pytest.raises(Exception) as caught:  # noqa: PT011
        list(brain(endpoint).stream("hi"))
    line = explain(caught.value)
    assert line is not None
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1:{port}/v1", "is not secure"),
        ("127.0.0.1:{port}/v1", "is no address"),
        ("http://endpoint.invalid/v1", "name of the chat endpoint, endpoint.invalid, is not known"),
    ],
)
def test_a_wrong_address_is_explained(url, said, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", _names(socket.getaddrinfo))
    with serve(Answer("x")) as endpoint:
        port = endpoint.url.split(":")[2].split("/")[0]
        wrong = brain(endpoint, base_url=url.format(port=port))
        with pytest.raises(Exception) as caught:  # noqa: PT011
            wrong.invoke("hi")
    assert said in (explain(caught.value) or "")


def _names(known):
    """Know the names of this machine only, as a machine without a network does."""

    def find(host, *rest, **more):
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)

    return find


def failure(answer):
    with serve(answer) as endpoint, pytest.raises(Exception) as caught:  # noqa: PT011
        list(brain(endpoint).stream("hi"))
    return caught.value


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_what_passes_by_itself_is_tried_three_times_ever_later(status):
    remote = Endpoint("m", jitter=lambda: 0.0)
    error = failure(Answer(status=status, error={"message": "later"}))
    pauses = [remote.pause(error, tries) for tries in (1, 2, 3, 4)]
    assert [pause and pause.seconds for pause in pauses] == [1.0, 2.0, 4.0, None]
    sooner = Endpoint("m", jitter=lambda: 1.0).pause(error, 1)
    assert sooner is not None
    assert sooner.seconds == 0.75


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After-Ms": "250"}, 0.25),
        ({"Retry-After": "nonsense"}, 1.0),
        ({"Retry-After": "3600"}, None),
    ],
)
def test_an_endpoint_says_when_to_come_back(headers, seconds):
    error = failure(Answer(status=429, error={"message": "later"}, headers=headers))
    pause = Endpoint("m", jitter=lambda: 0.0).pause(error, 1)
    assert (pause and pause.seconds) == seconds


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=401, error={"message": "bad key"}),
        Answer(status=404, error={"message": "no model"}),
        Answer(status=400, error={"message": "odd"}),
        Answer(status=429, error={"message": "", "code": "insufficient_quota"}),
    ],
)
def test_what_stays_wrong_is_not_tried_again(answer):
    assert Endpoint("m").pause(failure(answer), 1) is None


def test_a_model_that_thinks_is_given_no_temperature():
    with serve(Answer("x")) as endpoint:
        for name in ("gpt-5-mini", "gpt-6-sol", "o4-mini"):
            brain(endpoint, model=name).invoke("hi")
            assert "temperature" not in endpoint.requests[-1]
        for name in ("gpt-4.1", "gpt-5-chat-latest", "qwen3"):
            brain(endpoint, model=name).invoke("hi")
            assert endpoint.requests[-1]["temperature"] == 0


def test_a_slow_endpoint_times_out():
    gate = threading.Event()
    with serve(Answer("late", delay=gate)) as endpoint:
        with pytest.raises(Exception) as caught:  # noqa: PT011
            brain(endpoint, seconds=0.2).invoke("hi")
        gate.set()
    assert "in time" in (explain(caught.value) or "")


def test_nobody_listening_is_explained():
    with serve(Answer("x")) as endpoint:
        gone = brain(endpoint)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        gone.invoke("hi")
    assert "cannot be reached" in (explain(caught.value) or "")


def test_other_errors_are_not_explained_away():
    assert explain(ValueError("bug")) is None


def test_a_wrapped_failure_is_found():
    with serve(Answer(status=401, error={"message": "bad"})) as endpoint:
        refused = brain(endpoint)
        with pytest.raises(Exception) as caught:  # noqa: PT011
            refused.invoke("hi")
    wrapped = RuntimeError("graph failed")
    wrapped.__cause__ = caught.value
    assert "refused the key" in (explain(wrapped) or "")


def test_a_password_in_an_address_is_kept_nowhere():
    assert Endpoint("m", "https://me:secret@host.example:8443/v1").host == "host.example:8443"
    assert Endpoint("m").host == "api.openai.com"
