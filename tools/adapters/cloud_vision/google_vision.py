"""Google Cloud Vision through its client library, over REST."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.adapters.cloud_vision import places
from tools.core.errors import Fixable
from tools.core.perception import Box, Remark
from tools.core.ports import Busy, CloudStanding, Unanswered, Unusable

MOST = 30
SCOPE = "https://www.googleapis.com/auth/cloud-vision"
# The service tells how likely in five words; the models bear no other version than this.
LIKELY = {"VERY_UNLIKELY": 0.05, "UNLIKELY": 0.25, "POSSIBLE": 0.5, "LIKELY": 0.75,
          "VERY_LIKELY": 0.95}  # fmt: skip
MODERATED = ("adult", "violence", "racy", "medical")
BY = "Google Cloud Vision {} builtin/stable"
ASKED = {"labels": "LABEL_DETECTION", "objects": "OBJECT_LOCALIZATION", "text": "TEXT_DETECTION",
         "moderation": "SAFE_SEARCH_DETECTION"}  # fmt: skip
# google.rpc.Code
INVALID, DENIED, USED_UP, UNKNOWN_WHO = 3, 7, 8, 16


class GoogleVision:
    """Implements ports.CloudVision; `credentials` is the key file of a service account."""

    name = "google"
    title = "Google Cloud Vision"
    calls: tuple[tuple[str, ...], ...] = (("labels", "objects", "text", "moderation"),)

    def __init__(self, endpoint: str, credentials: Path | None = None) -> None:
        self._endpoint = endpoint
        self._credentials = credentials
        self._client: Any = None

    def standing(self) -> CloudStanding:
        """Tell whether it could be used here, without asking the network."""
        there = places.installed("google.cloud.vision")
        key = self._credentials if self._credentials and self._credentials.is_file() else None
        how = f"found ({key.name})" if key else ""
        if places.here(self._endpoint):
            how = "none needed"
        missing = "" if there else places.INSTALL
        if there and not how:
            missing = "name the key file of a service account: DALM_GOOGLE_VISION_CREDENTIALS"
        return CloudStanding(places.host_of(self._endpoint), "", there, how, missing)

    def look(self, jpeg: bytes, features: tuple[str, ...]) -> tuple[Remark, ...]:
        """Send a picture once for all features."""
        import requests  # noqa: PLC0415  (comes with the client library)
        from google.api_core import exceptions as trouble  # noqa: PLC0415
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415
        from google.cloud import vision  # noqa: PLC0415  (a large library, seldom needed)

        kinds = [vision.Feature.Type[ASKED[one]] for one in features]
        request = vision.AnnotateImageRequest(
            image=vision.Image(content=jpeg),
            features=[vision.Feature(type_=kind, max_results=MOST) for kind in kinds],
        )
        try:
            answer = self._ready().batch_annotate_images(
                requests=[request], retry=None, timeout=places.ANSWER_SECONDS
            )
        except trouble.GatewayTimeout as error:
            raise Unanswered(f"{self.title} gave no answer to a picture.") from error
        except trouble.GoogleAPICallError as error:
            raise _worded(error) from error
        except GoogleAuthError as error:
            raise Fixable(f"{self.title} refuses the credentials.") from error
        except requests.exceptions.TooManyRedirects as error:
            raise Fixable(f"{self.title} sends pictures on elsewhere, so none goes.") from error
        except requests.exceptions.ReadTimeout as error:
            raise Unanswered(f"{self.title} gave no answer to a picture.") from error
        except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise Fixable(f"{self.title} cannot be reached: no connection.") from error
        except requests.exceptions.ConnectionError as error:
            raise _unconnected(error) from error
        return tuple(_remarks(answer.responses[0]))

    def _ready(self) -> Any:
        from google.auth.credentials import AnonymousCredentials  # noqa: PLC0415
        from google.cloud import vision  # noqa: PLC0415
        from google.cloud.vision_v1.services.image_annotator.transports.rest import (  # noqa: PLC0415
            ImageAnnotatorRestTransport,
        )
        from google.oauth2.service_account import Credentials  # noqa: PLC0415

        if self._client is None:
            if places.here(self._endpoint):
                who: Any = AnonymousCredentials()
            else:
                try:
                    who = Credentials.from_service_account_file(self._credentials, scopes=[SCOPE])
                except (OSError, ValueError, TypeError) as error:
                    raise Fixable(f"{self.title}: the key file cannot be used.") from error
            way = ImageAnnotatorRestTransport(
                host=places.host_of(self._endpoint),
                url_scheme=self._endpoint.partition(":")[0],
                credentials=who,
            )
            # A redirect would carry the picture to a host that nobody agreed to.
            way._session.max_redirects = 0  # noqa: SLF001  (there is no other way to it)
            self._client = vision.ImageAnnotatorClient(transport=way)
        return self._client


def _remarks(answer: Any) -> Iterator[Remark]:
    if answer.error.code:
        raise _of_code(answer.error.code, answer.error.message)
    for label in answer.label_annotations:
        yield Remark("label", label.description, label.score, BY.format("labels"))
    for thing in answer.localized_object_annotations:
        corners = thing.bounding_poly.normalized_vertices
        across, down = [one.x for one in corners], [one.y for one in corners]
        box = Box(min(across), min(down), max(across), max(down)) if corners else None
        yield Remark("object", thing.name, thing.score, BY.format("objects"), box)
    blocks = [block for page in answer.full_text_annotation.pages for block in page.blocks]
    sure = sum(block.confidence for block in blocks) / len(blocks) if blocks else 0.0
    for line in answer.full_text_annotation.text.splitlines():
        if line.strip():
            yield Remark("text", line.strip(), sure, BY.format("text"))
    for name in MODERATED:
        likely = LIKELY.get(getattr(answer.safe_search_annotation, name).name, 0.0)
        if likely >= LIKELY["POSSIBLE"]:
            yield Remark("moderation", name, likely, BY.format("safe search"))


def _worded(error: Any) -> Fixable:
    response = getattr(error, "response", None)
    wait = places.seconds_of(response.headers.get("Retry-After") if response is not None else None)
    status, title = int(error.code or 0), GoogleVision.title
    if status in places.TROUBLED:
        return Busy(f"{title} is busy or its quota is used up ({status}).", wait)
    if status in {401, 403}:
        return Fixable(f"{title} refuses the credentials or they lack permission ({status}).")
    if status == 400:
        return Unusable(f"{title} cannot read it ({status})")
    return Fixable(f"{title} refuses it: {status} {error.message}"[:300])


def _of_code(code: int, message: str) -> Fixable:
    """Say what is wrong with one picture of an answer."""
    title = GoogleVision.title
    if code in {DENIED, UNKNOWN_WHO}:
        return Fixable(f"{title} refuses the credentials or they lack permission.")
    if code == USED_UP:
        return Busy(f"{title} is busy or its quota is used up.")
    return Unusable(f"{title} cannot read it ({message[:120]})")


def _unconnected(error: Exception) -> Fixable:
    """Tell a connection that was never made from one that broke after the picture left."""
    if "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error):
        return Fixable(f"{GoogleVision.title} cannot be reached: no connection.")
    return Unanswered(f"{GoogleVision.title} gave no answer to a picture.")
