"""A vision service in memory; passes the contract of tests/cloud/test_services.py."""

from tools.core.errors import Fixable
from tools.core.perception import Box, Remark
from tools.core.ports import CloudStanding

BY = "Fake Vision 1"
BOX = Box(0.25, 0.1, 0.75, 0.9)
SEEN = {
    "labels": (
        Remark("label", "Dog", 0.98, BY),
        Remark("label", "Meadow", 0.93, BY),
        Remark("label", "Fence", 0.75, BY),
        Remark("label", "Cow", 0.55, BY),
        Remark("object", "Dog", 0.96, BY, BOX),
    ),
    "text": (Remark("text", "Winter Sale", 0.99, BY, BOX),),
    "moderation": (Remark("moderation", "Alcohol", 0.95, BY),),
}


class FakeCloud:
    """Implements ports.CloudVision; `trouble` holds failures that come before the next answers."""

    def __init__(self, name: str = "rekognition") -> None:
        self.name = name
        self.title = "Fake Vision"
        self.calls: tuple[tuple[str, ...], ...] = (("labels",), ("text",), ("moderation",))
        self.host, self.region, self.missing = "vision.example", "us-east-1", ""
        self.sent: list[tuple[bytes, tuple[str, ...]]] = []
        self.trouble: list[Fixable | None] = []

    def standing(self) -> CloudStanding:
        return CloudStanding(self.host, self.region, True, "found", self.missing)

    def look(self, jpeg: bytes, features: tuple[str, ...]) -> tuple[Remark, ...]:
        self.sent.append((jpeg, features))
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble:
            raise trouble
        return tuple(remark for one in features for remark in SEEN.get(one, ()))
