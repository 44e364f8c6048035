"""Amazon Rekognition against moto, which gives canned answers in Amazon's own format."""

import pytest

from tools.adapters.cloud_vision.rekognition import Rekognition


@pytest.mark.cloud
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_labels_and_text_of_moto_are_read(account, jpeg):
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    try:
        _host, port = moto.get_host_and_port()
        service = Rekognition("us-east-1", f"http://127.0.0.1:{port}")
        labels = service.look(jpeg, ("labels",))
        texts = service.look(jpeg, ("text",))
    finally:
        moto.stop()
    names = [one.text for one in labels if one.kind == "label"]
    assert names == ["Mobile Phone"]
    phones = [one for one in labels if one.kind == "object"]
    assert phones
    assert all(one.box and 0 <= one.box.left < one.box.right <= 1 for one in phones)
    assert {one.by for one in labels} == {"Amazon Rekognition labels 3.0"}
    assert texts
    assert {one.by for one in texts} == {"Amazon Rekognition text 3.0"}
