"""Amazon Rekognition through boto3."""

from collections.abc import Mapping
from typing import Any

from tools.adapters.cloud_vision import places
from tools.core.errors import Fixable
from tools.core.perception import Box, Remark
from tools.core.ports import Busy, CloudStanding, Unanswered, Unusable

LEAST_SURE = 50.0
MOST_LABELS = 30
THROTTLED = frozenset(
    {"ThrottlingException", "ProvisionedThroughputExceededException", "LimitExceededException"}
)
UNREADABLE = frozenset(
    {"InvalidImageFormatException", "ImageTooLargeException", "InvalidParameterException"}
)
DENIED = frozenset(
    {
        "AccessDeniedException",
        "UnrecognizedClientException",
        "InvalidSignatureException",
        "InvalidClientTokenId",
        "ExpiredTokenException",
        "MissingAuthenticationToken",
    }
)


class Rekognition:
    """Implements ports.CloudVision; credentials are found as boto3 does, asking no host."""

    name = "rekognition"
    title = "Amazon Rekognition"
    calls: tuple[tuple[str, ...], ...] = (("labels",), ("text",), ("moderation",))

    def __init__(self, region: str, endpoint: str | None = None) -> None:
        self._region = region
        self._endpoint = endpoint or f"https://rekognition.{region}.amazonaws.com"
        self._client: Any = None

    def standing(self) -> CloudStanding:
        """Tell whether it could be used here, without asking the network."""
        there = places.installed("boto3")
        found = self._session().get_credentials() if there else None
        how = f"found ({found.method})" if found else ""
        missing = "" if there else places.INSTALL
        if there and not found:
            missing = "give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile of ~/.aws"
        return CloudStanding(places.host_of(self._endpoint), self._region, there, how, missing)

    def look(self, jpeg: bytes, features: tuple[str, ...]) -> tuple[Remark, ...]:
        """Send a picture for one feature."""
        import botocore.exceptions as trouble  # noqa: PLC0415  (a large library, seldom needed)

        image = {"Bytes": jpeg}
        try:
            match features:
                case ("labels",):
                    return _labels(
                        self._ready().detect_labels(
                            Image=image, MaxLabels=MOST_LABELS, MinConfidence=LEAST_SURE
                        )
                    )
                case ("text",):
                    return _texts(self._ready().detect_text(Image=image))
                case _:
                    return _moderation(
                        self._ready().detect_moderation_labels(
                            Image=image, MinConfidence=LEAST_SURE
                        )
                    )
        except trouble.ClientError as error:
            raise _worded(error.response) from error
        except (trouble.NoCredentialsError, trouble.PartialCredentialsError) as error:
            raise Fixable(f"{self.title}: no complete credentials were found.") from error
        except (trouble.EndpointConnectionError, trouble.ConnectTimeoutError) as error:
            raise Fixable(f"{self.title} cannot be reached: no connection.") from error
        except trouble.HTTPClientError as error:
            raise Unanswered(f"{self.title} gave no answer to a picture.") from error

    def _session(self) -> Any:
        import botocore.session  # noqa: PLC0415  (a large library, seldom needed)

        session = botocore.session.get_session()
        # It would ask a host of the network what machine this is.
        session.get_component("credential_provider").remove("iam-role")
        return session

    def _ready(self) -> Any:
        import boto3  # noqa: PLC0415  (a large library, seldom needed)
        from botocore.config import Config  # noqa: PLC0415

        if self._client is None:
            once = Config(
                retries={"total_max_attempts": 1},
                connect_timeout=places.CONNECT_SECONDS,
                read_timeout=places.ANSWER_SECONDS,
            )
            session = boto3.Session(botocore_session=self._session(), region_name=self._region)
            self._client = session.client("rekognition", endpoint_url=self._endpoint, config=once)
        return self._client


def _labels(answer: Mapping[str, Any]) -> tuple[Remark, ...]:
    by = f"Amazon Rekognition labels {answer.get('LabelModelVersion', '')}".strip()
    found = []
    for label in answer.get("Labels", ()):
        name, sure = str(label["Name"]), float(label["Confidence"]) / 100
        found.append(Remark("label", name, sure, by))
        for one in label.get("Instances", ()):
            box = _box(one["BoundingBox"])
            found.append(Remark("object", name, float(one["Confidence"]) / 100, by, box))
    return tuple(found)


def _texts(answer: Mapping[str, Any]) -> tuple[Remark, ...]:
    by = f"Amazon Rekognition text {answer.get('TextModelVersion', '')}".strip()
    return tuple(
        Remark(
            "text",
            str(one["DetectedText"]),
            float(one["Confidence"]) / 100,
            by,
            _box(one["Geometry"]["BoundingBox"]),
        )
        for one in answer.get("TextDetections", ())
        if one["Type"] == "LINE"
    )


def _moderation(answer: Mapping[str, Any]) -> tuple[Remark, ...]:
    by = f"Amazon Rekognition moderation {answer.get('ModerationModelVersion', '')}".strip()
    return tuple(
        Remark("moderation", str(one["Name"]), float(one["Confidence"]) / 100, by)
        for one in answer.get("ModerationLabels", ())
    )


def _box(sides: Mapping[str, float]) -> Box:
    left, top = float(sides["Left"]), float(sides["Top"])
    return Box(left, top, left + float(sides["Width"]), top + float(sides["Height"]))


def _worded(response: Mapping[str, Any]) -> Fixable:
    """Say in one line what the service said no to."""
    title, code = Rekognition.title, str(response["Error"].get("Code", ""))
    facts = response.get("ResponseMetadata", {})
    status, headers = facts.get("HTTPStatusCode"), facts.get("HTTPHeaders", {})
    if code in UNREADABLE:
        return Unusable(f"{title} cannot read it ({code})")
    if code in DENIED:
        return Fixable(f"{title} refuses the credentials or they lack permission ({code}).")
    if code in THROTTLED or status in places.TROUBLED:
        wait = places.seconds_of(headers.get("retry-after"))
        return Busy(f"{title} is busy or its quota is used up ({code}).", wait)
    return Fixable(f"{title} refuses it: {code} {response['Error'].get('Message', '')}"[:300])
