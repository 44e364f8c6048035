"""Who is let in, and how failures are written."""

import json
import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.fakes.app_served import ServedApp
from ui import api

TOKEN = "a-token-of-the-tests"
AUTH = {"Authorization": f"Bearer {TOKEN}"}


def client(fake: ServedApp, host: str = "127.0.0.1:7860", peer: str = "127.0.0.1") -> TestClient:
    site = FastAPI()
    site.include_router(api.router(fake, TOKEN))
    return TestClient(site, base_url=f"http://{host}", client=(peer, 4000))


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer no"}, {"Authorization": TOKEN}, {"Authorization": ""}]
)
def test_without_the_token_nobody_is_let_in(fake: ServedApp, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/api/hello"), ("POST", "/api/ask"), ("GET", "/api/person")):
        answer = client(fake).request(method, path, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"] == "unwelcome"
    assert fake.talk.asked == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example"])
def test_a_name_that_only_points_here_is_turned_away(fake: ServedApp, host: str) -> None:
    answer = client(fake, host).get("/api/hello", headers=AUTH)
    assert answer.status_code == 401


def test_a_name_that_is_none_is_turned_away_too(fake: ServedApp) -> None:
    answer = client(fake).get("/api/hello", headers={**AUTH, "host": "[::1"})
    assert answer.status_code == 401


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:7860"])
def test_this_machines_names_are_let_in(fake: ServedApp, host: str) -> None:
    assert client(fake, host).get("/api/hello", headers=AUTH).status_code == 200


def test_another_machine_is_turned_away(fake: ServedApp) -> None:
    assert client(fake, peer="192.0.2.7").get("/api/hello", headers=AUTH).status_code == 401


def test_no_other_site_may_read(fake: ServedApp) -> None:
    answer = client(fake).get("/api/hello", headers={**AUTH, "Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_every_route_wants_the_token(fake: ServedApp) -> None:
    table = api.router(fake, TOKEN).routes
    paths = [(next(iter(r.methods)), r.path) for r in table]  # type: ignore[attr-defined]
    assert len(paths) > 25
    for method, path in paths:
        assert client(fake).request(method, path).status_code == 401, path


def test_a_correctable_request_is_422(fake: ServedApp) -> None:
    answer = client(fake).get("/api/assets/zz", headers=AUTH)
    assert answer.status_code == 422
    assert answer.json() == {
        "error": "fixable",
        "text": "No asset 'zz'. Search first, then use an id from there.",
        "id": "",
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/search", None),
        ("GET", "/api/search?query=a&limit=many", None),
        ("POST", "/api/ask", b"{"),
        ("POST", "/api/ask", b"[]"),
        ("POST", "/api/ingest", b"nonsense"),
        ("POST", "/api/forget", b"[1]"),
    ],
)
def test_a_request_that_does_not_fit_is_422(
    fake: ServedApp, method: str, path: str, body: bytes | None
) -> None:
    answer = client(fake).request(method, path, headers=AUTH, content=body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "fixable"


def test_an_unknown_person_is_422_and_does_nothing(fake: ServedApp) -> None:
    answer = client(fake).post(
        "/api/ask", headers={**AUTH, "X-Dalm-As": "nobody"}, json={"text": "hi"}
    )
    assert answer.status_code == 422
    assert "Known: ines, tom" in answer.json()["text"]
    assert fake.talk.asked == []


def test_a_bug_is_500_with_an_id_and_no_detail(
    fake: ServedApp, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "dalm.api"):
        answer = client(fake).get("/api/search?query=bug", headers=AUTH)
    found = answer.json()
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert found["id"] in found["text"]
    assert [r.message for r in caplog.records if r.name == "dalm.api"] == [f"bug {found['id']}"]


def test_a_failure_before_the_first_line_has_its_status(fake: ServedApp) -> None:
    answer = client(fake).post("/api/approvals/plan-0/approve", headers=AUTH)
    assert answer.status_code == 200  # the fake says Started first; what follows is a line
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines[0]["event"] == "started"
    assert lines[-1]["error"] == "fixable"
    other = client(fake).post("/api/ask", headers=AUTH, json={"text": "x", "thread": "t-none"})
    assert other.status_code == 200
    tom = {**AUTH, "X-Dalm-As": "tom"}
    foreign = client(fake).post("/api/ask", headers=tom, json={"text": "x", "thread": "t-none"})
    assert foreign.status_code == 422


def test_events_come_as_json_lines(fake: ServedApp) -> None:
    answer = client(fake).post("/api/ask", headers=AUTH, json={"text": "show me animals"})
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    events = [json.loads(line)["event"] for line in answer.text.splitlines()]
    assert events == ["started", "progress", "tool", "text", "assets", "finished"]
