"""A loopback server, and each service as it would be used, the fake one among them."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from tests.cloud.server import CloudServer, cloud_server
from tests.fakes.cloud import FakeCloud
from tools.core.ports import CloudVision

REAL = ("rekognition", "google", "azure")


@pytest.fixture
def server() -> Iterator[CloudServer]:
    with cloud_server() as running:
        yield running


def real(name: str, url: str) -> CloudVision:
    """Give a real adapter that talks to an address."""
    from tools.adapters.cloud_vision.azure_vision import AzureVision  # noqa: PLC0415
    from tools.adapters.cloud_vision.google_vision import GoogleVision  # noqa: PLC0415
    from tools.adapters.cloud_vision.rekognition import Rekognition  # noqa: PLC0415

    match name:
        case "rekognition":
            return Rekognition("us-east-1", url)
        case "google":
            return GoogleVision(url)
        case _:
            return AzureVision(url, "a-key")


@pytest.fixture(params=["fake", *(pytest.param(one, marks=pytest.mark.cloud) for one in REAL)])
def service(request, server: CloudServer, account) -> CloudVision:
    return FakeCloud() if request.param == "fake" else real(request.param, server.url)


@pytest.fixture(params=[pytest.param(one, marks=pytest.mark.cloud) for one in REAL])
def over_the_wire(request, server: CloudServer, account) -> CloudVision:
    return real(request.param, server.url)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """Give credentials of nobody, and no others of this machine."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")


@pytest.fixture
def jpeg() -> bytes:
    target = BytesIO()
    Image.new("RGB", (200, 100), (90, 160, 90)).save(target, "JPEG")
    return target.getvalue()
