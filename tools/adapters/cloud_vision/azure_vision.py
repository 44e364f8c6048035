"""Azure AI Vision (image analysis 4.0) through its client library."""

from collections.abc import Iterator
from typing import Any

from tools.adapters.cloud_vision import places
from tools.core.errors import Fixable
from tools.core.perception import Box, Remark
from tools.core.ports import Busy, CloudStanding, Unanswered, Unusable

NOWHERE = "https://the-resource.cognitiveservices.azure.com"


class AzureVision:
    """Implements ports.CloudVision; the endpoint and the key are those of a resource.

    This version of the service judges no sensitive content, so it is not asked for.
    """

    name = "azure"
    title = "Azure AI Vision"
    calls: tuple[tuple[str, ...], ...] = (("labels", "objects", "text"),)

    def __init__(self, endpoint: str | None = None, key: str = "") -> None:
        self._endpoint = endpoint or NOWHERE
        self._key = key
        self._client: Any = None

    def standing(self) -> CloudStanding:
        """Tell whether it could be used here, without asking the network."""
        there = places.installed("azure.ai.vision.imageanalysis")
        how = "found (key)" if self._key else ""
        missing = "" if there else places.INSTALL
        if there and (not self._key or self._endpoint == NOWHERE):
            missing = "give DALM_AZURE_VISION_ENDPOINT and DALM_AZURE_VISION_KEY of your resource"
        return CloudStanding(places.host_of(self._endpoint), "", there, how, missing)

    def look(self, jpeg: bytes, features: tuple[str, ...]) -> tuple[Remark, ...]:
        """Send a picture once for all features."""
        from azure.ai.vision.imageanalysis.models import VisualFeatures  # noqa: PLC0415
        from azure.core import exceptions as trouble  # noqa: PLC0415

        names = {"labels": "TAGS", "objects": "OBJECTS", "text": "READ"}
        asked = [VisualFeatures[names[one]] for one in features]
        try:
            answer = self._ready().analyze(image_data=jpeg, visual_features=asked)
        except trouble.HttpResponseError as error:
            raise _worded(error) from error
        except trouble.ServiceRequestError as error:
            raise Fixable(f"{self.title} cannot be reached: no connection.") from error
        except trouble.ServiceResponseError as error:
            raise Unanswered(f"{self.title} gave no answer to a picture.") from error
        return tuple(_remarks(answer))

    def _ready(self) -> Any:
        from azure.ai.vision.imageanalysis import ImageAnalysisClient  # noqa: PLC0415
        from azure.core.credentials import AzureKeyCredential  # noqa: PLC0415

        if self._client is None:
            self._client = ImageAnalysisClient(
                self._endpoint,
                AzureKeyCredential(self._key),
                retry_total=0,
                permit_redirects=False,
                connection_timeout=places.CONNECT_SECONDS,
                read_timeout=places.ANSWER_SECONDS,
            )
        return self._client


def _remarks(answer: Any) -> Iterator[Remark]:
    by = f"Azure AI Vision {answer.model_version}"
    width, height = answer.metadata.width, answer.metadata.height
    for tag in answer.tags.list if answer.tags else ():
        yield Remark("label", tag.name, tag.confidence, by)
    for thing in answer.objects.list if answer.objects else ():
        at, best = thing.bounding_box, thing.tags[0]
        box = Box(
            at.x / width, at.y / height, (at.x + at.width) / width, (at.y + at.height) / height
        )
        yield Remark("object", best.name, best.confidence, by, box)
    for block in answer.read.blocks if answer.read else ():
        for line in block.lines:
            sure = min((word.confidence for word in line.words), default=0.0)
            across = [point.x / width for point in line.bounding_polygon]
            down = [point.y / height for point in line.bounding_polygon]
            box = Box(min(across), min(down), max(across), max(down))
            yield Remark("text", line.text, sure, by, box)


def _worded(error: Any) -> Fixable:
    title, status = AzureVision.title, int(error.status_code or 0)
    if status in places.TROUBLED:
        headers = error.response.headers if error.response is not None else {}
        wait = places.seconds_of(headers.get("Retry-After"))
        return Busy(f"{title} is busy or its quota is used up ({status}).", wait)
    if status in {401, 403}:
        return Fixable(f"{title} refuses the key, or it lacks permission ({status}).")
    if status == 504:
        return Unanswered(f"{title} gave no answer to a picture.")
    if status in {400, 413, 415}:
        return Unusable(f"{title} cannot read it ({status})")
    return Fixable(f"{title} refuses it: {status} {error.reason or ''}"[:300])
