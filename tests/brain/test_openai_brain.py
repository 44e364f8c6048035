"""The real ChatOpenAI against a scripted endpoint: streaming, parallel calls, clear failures."""

import threading

import pytest
from langchain_core.messages import AIMessageChunk

from agent.brains.openai import build_openai_brain, explain
from tests.fakes.openai_server import Answer, Endpoint, serve


def brain(endpoint: Endpoint, **options):
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
        (Answer(status=403, error={"message": "no"}), "refused the key"),
        (Answer(status=404, error={"message": "model not found"}), "does not know the model"),
        (Answer(status=429, error={"message": "rate limit"}), "too busy"),
        (Answer(status=429, error={"message": "quota", "code": "x"}), "quota"),
        (Answer(status=500, error={"message": "boom"}), "failed on its side"),
        (
            Answer(status=400, error={"message": "", "code": "context_length_exceeded"}),
            "too long",
        ),
        (Answer(status=400, error={"message": "The model `z` does not exist"}), "not know the mo"),
        (Answer(status=400, error={"message": "tools[0] is odd"}), "did not accept"),
        (Answer("a b c", breaks_off=True), "broke off"),
    ],
)
def test_failures_are_explained_in_one_line(answer, said):
    with serve(answer) as endpoint, pytest.raises(Exception) as caught:  # noqa: PT011
        list(brain(endpoint).stream("hi"))
    line = explain(caught.value)
    assert line is not None
    assert said in line
    assert "\n" not in line


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
