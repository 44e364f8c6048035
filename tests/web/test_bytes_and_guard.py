"""Over real HTTP: bytes behind rights, and requests that other sites must not make."""

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import httpx
import pytest
from PIL import Image

from agent.views import Fixable, Refused
from ui.web import serve
from ui.web.guard import loopback


@pytest.fixture(scope="module")
def http(shared_door):
    with httpx.Client(base_url=shared_door.address, trust_env=False) as client:
        yield client


@pytest.fixture
def shelf(shared_door):
    return shared_door.app.shelf


def png(side=8):
    content = io.BytesIO()
    Image.new("RGB", (side, side), "#804020").save(content, "PNG")
    return content.getvalue()


def test_a_thumbnail_is_webp_private_and_revalidated(http):
    first = http.get("/assets/a4/thumbnail?side=240")
    assert first.headers["content-type"] == "image/webp"
    assert "private" in first.headers["cache-control"]
    assert max(Image.open(io.BytesIO(first.content)).size) == 240
    again = http.get(
        "/assets/a4/thumbnail?side=240", headers={"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_file_is_only_ever_saved(http):
    answer = http.get("/assets/a4/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.content == (http.get("/assets/a4/file?version=1").content)


def test_what_a_person_may_not_see_is_not_found(http, shelf, monkeypatch):
    def hidden(asset_id, viewer, *rest):
        raise Fixable("No asset 'a4'. Search first, then use an id from the results.")

    monkeypatch.setattr(shelf, "thumbnail", hidden)
    monkeypatch.setattr(shelf, "cards", lambda ids, viewer: [])
    answer = http.get("/assets/a4/thumbnail")
    assert (answer.status_code, answer.text[:13]) == (404, "No asset 'a4'")
    assert http.get("/assets/nothing/file").status_code == 404


def test_what_has_no_picture_is_shown_by_a_symbol_of_its_kind(http, shelf, monkeypatch):
    def none(asset_id, viewer, side=480, page=1):
        raise Fixable(f"There is no picture of '{asset_id}'.")

    card = replace(shelf.all["a4"], media_type="audio")
    monkeypatch.setattr(shelf, "thumbnail", none)
    monkeypatch.setitem(shelf.all, "a4", card)
    answer = http.get("/assets/a4/thumbnail")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert ET.fromstring(answer.text).tag.endswith("svg")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert http.get("/assets/a4/thumbnail?page=9").status_code == 404
    assert http.get("/assets/nothing/thumbnail").status_code == 404


def test_an_upload_goes_to_the_library(http, shelf):
    answer = http.post("/uploads?name=..%2F..%2Fnew%20shoes.png", content=png())
    assert answer.json()["status"] == "added"
    card = shelf.all[answer.json()["id"]]
    assert (card.file, card.width) == ("new shoes.png", 8)


def test_an_empty_upload_says_why_it_failed(http):
    answer = http.post("/uploads?name=empty.png", content=b"")
    assert answer.json() == {
        "id": None, "file": "empty.png", "status": "failed", "reason": "empty.png is empty."
    }  # fmt: skip


def test_an_upload_over_the_limit_stops_early(http):
    def endless():
        for _ in range(400):
            yield b"0" * 1_000_000

    answer = http.post("/uploads?name=big.bin", content=endless(), timeout=20)
    assert answer.status_code == 413
    assert "larger than 20.0 MB" in answer.json()["reason"]


def test_another_host_name_is_not_served(http):
    assert http.get("/", headers={"host": "evil.example"}).status_code == 421
    assert (
        http.get("/assets/a4/thumbnail", headers={"host": "evil.example:7860"}).status_code == 421
    )


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_another_site_cannot_post(http, headers):
    assert http.post("/uploads?name=x.png", content=png(), headers=headers).status_code == 403
    assert http.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/file=/etc/hostname", "/gradio_api/info", "/monitoring",
     "/gradio_api/proxy=http://x", "/openapi.json", "/ui/..%2fserver.py", "/docs"],
)  # fmt: skip
def test_parts_that_know_nothing_of_rights_are_closed(http, path):
    assert http.get(path).status_code == 404


def test_names_that_are_none_are_turned_away_like_others(http):
    assert http.get("/", headers={"host": "[::1"}).status_code == 421
    assert http.post("/", headers={"origin": "http://[::1"}).status_code == 403


def test_every_answer_forbids_other_hosts(http):
    for path in ("/", "/config", "/ui/dalm.css", "/assets/a4/thumbnail", "/nothing"):
        headers = http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"], path
    page = http.get("/").text
    assert "fonts.googleapis" not in page


def test_a_stranger_is_turned_away(door):
    def nobody(request):
        raise Refused("Sign in first.")

    door.stop()
    door.person = nobody
    door.start()
    for path in ("/", "/config", "/assets/a4/thumbnail", "/ui/dalm.js"):
        answer = httpx.get(door.address + path, trust_env=False)
        assert (answer.status_code, answer.text) == (401, "Sign in first.")


def test_it_does_not_listen_elsewhere_without_sign_in(fake):
    with pytest.raises(Refused, match=r"Not listening on 0\.0\.0\.0: without sign-in"):
        serve(fake, host="0.0.0.0", port=1)


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.8.8.8", True),
     ("0.0.0.0", False), ("192.168.1.4", False), ("localhost.evil.example", False), ("", False)],
)  # fmt: skip
def test_loopback_is_this_machine_only(host, local):
    assert loopback(host) is local
