"""Each service, the fake one among them, keeps the same promises; the real ones over the wire."""

import socket

import pytest

from tests.cloud.conftest import real
from tests.cloud.server import cloud_server
from tools.core.errors import Fixable
from tools.core.ports import Busy, Unanswered, Unusable

# What each service answers when it is busy, and when the credentials are wrong.
BUSY = {
    "rekognition": (400, {"__type": "ThrottlingException", "message": "slow down"}),
    "google": (
        429,
        {"error": {"code": 429, "message": "slow down", "status": "RESOURCE_EXHAUSTED"}},
    ),
    "azure": (429, {"error": {"code": "429", "message": "slow down"}}),
}
DENIED = {
    "rekognition": (400, {"__type": "UnrecognizedClientException", "message": "who are you"}),
    "google": (403, {"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED"}}),
    "azure": (401, {"error": {"code": "401", "message": "no"}}),
}
BROKEN = {
    "rekognition": (400, {"__type": "InvalidImageFormatException", "message": "no picture"}),
    "google": (200, {"responses": [{"error": {"code": 3, "message": "Bad image data."}}]}),
    "azure": (400, {"error": {"code": "InvalidImageFormat", "message": "no picture"}}),
}


def look(service, jpeg):
    return [one for call in service.calls for one in service.look(jpeg, call)]


def test_a_service_says_what_it_sees_with_its_name_and_how_sure_it_is(service, jpeg):
    remarks = look(service, jpeg)
    labels = {one.text.lower(): one for one in remarks if one.kind == "label"}
    assert labels.keys() >= {"dog", "meadow", "fence"}
    assert 0.97 < labels["dog"].score < 0.99
    assert all(one.by.startswith(service.title) for one in remarks)
    (text,) = [one for one in remarks if one.kind == "text"]
    assert (text.text, round(text.score, 2)) == ("Winter Sale", 0.99)
    (thing,) = [one for one in remarks if one.kind == "object"]
    assert thing.box is not None
    sides = (thing.box.left, thing.box.top, thing.box.right, thing.box.bottom)
    assert [round(side, 4) for side in sides] == [0.25, 0.1, 0.75, 0.9]
    delicate = [one.text.lower() for one in remarks if one.kind == "moderation"]
    asked = {one for call in service.calls for one in call}
    assert len(delicate) == ("moderation" in asked)


def test_a_service_says_where_it_is_without_being_asked_over_the_wire(service, server):
    place = service.standing()
    assert place.installed
    assert place.credentials
    assert place.host
    assert not place.missing
    assert not server.sent


def test_the_picture_is_all_that_is_sent(over_the_wire, server, jpeg):
    look(over_the_wire, jpeg)
    assert len(server.sent) == len(over_the_wire.calls)
    assert all(one.jpeg == jpeg for one in server.sent)
    # Beside the picture a body holds only what is asked for.
    assert all(len(one.body) < 1.4 * len(jpeg) + 400 for one in server.sent)


@pytest.mark.cloud
@pytest.mark.parametrize("status", [302, 307, 308])
def test_a_picture_follows_no_redirect_to_another_host(over_the_wire, server, jpeg, status):
    with cloud_server() as elsewhere:
        paths = {"google": "/v1/images:annotate", "azure": "/computervision/imageanalysis:analyze"}
        to = elsewhere.url + paths.get(over_the_wire.name, "/")
        server.first = [(status, {"Location": to}, {})]
        with pytest.raises(Fixable) as told:
            over_the_wire.look(jpeg, over_the_wire.calls[0])
        assert type(told.value) is Fixable
        assert over_the_wire.title in str(told.value)
        assert len(server.sent) == 1
        assert not elsewhere.sent


def test_busy_says_how_long_to_wait(over_the_wire, server, jpeg):
    status, body = BUSY[over_the_wire.name]
    server.first.append((status, {"Retry-After": "7"}, body))
    with pytest.raises(Busy) as told:
        over_the_wire.look(jpeg, over_the_wire.calls[0])
    assert told.value.seconds == 7
    assert len(server.sent) == 1, "a client library tried again behind our back"


def test_trouble_of_the_service_is_busy_too(over_the_wire, server, jpeg):
    server.first.append((503, {}, {"error": {"code": "503", "message": "later"}}))
    with pytest.raises(Busy):
        over_the_wire.look(jpeg, over_the_wire.calls[0])
    assert len(server.sent) == 1


def test_wrong_credentials_are_said_in_one_line(over_the_wire, server, jpeg):
    status, body = DENIED[over_the_wire.name]
    server.first.append((status, {}, body))
    with pytest.raises(Fixable, match=r"refuses the (credentials|key)") as told:
        over_the_wire.look(jpeg, over_the_wire.calls[0])
    assert not isinstance(told.value, Busy | Unusable | Unanswered)
    assert "\n" not in str(told.value)


def test_a_picture_that_it_cannot_read_is_told_apart(over_the_wire, server, jpeg):
    status, body = BROKEN[over_the_wire.name]
    server.first.append((status, {}, body))
    with pytest.raises(Unusable):
        over_the_wire.look(jpeg, over_the_wire.calls[0])


def test_a_connection_that_breaks_after_the_picture_left_is_told_apart(over_the_wire, server, jpeg):
    server.hang_up = 1
    with pytest.raises(Unanswered):
        over_the_wire.look(jpeg, over_the_wire.calls[0])
    assert len(server.sent) == 1


@pytest.mark.cloud
@pytest.mark.parametrize("name", ["rekognition", "google", "azure"])
def test_nobody_there_means_nothing_left(name, account, jpeg):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    service = real(name, f"http://127.0.0.1:{port}")
    with pytest.raises(Fixable, match="cannot be reached") as told:
        service.look(jpeg, service.calls[0])
    assert not isinstance(told.value, Unanswered)


def test_pictures_go_nowhere_without_encryption():
    from tools.adapters.cloud_vision.places import host_of  # noqa: PLC0415

    with pytest.raises(Fixable, match="https"):
        host_of("http://vision.example")
    assert host_of("https://vision.example/x") == "vision.example"
    assert host_of("http://127.0.0.1:8000") == "127.0.0.1:8000"
