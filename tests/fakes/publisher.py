"""A channel in memory; passes the contract of tests/storage/test_publisher.py."""

import hashlib
from pathlib import Path

from tools.core.errors import Fixable
from tools.core.ports import Delivery, PublicCopy


class FakePublisher:
    """Implements ports.Publisher and remembers what it was given."""

    def __init__(self) -> None:
        self.public: dict[str, tuple[Delivery, bytes]] = {}

    def deliver(self, delivery: Delivery, source: Path) -> PublicCopy:
        if delivery.key not in self.public:
            if not source.is_file():
                raise Fixable("The file to publish is gone: ingest it again.")
            content = source.read_bytes()
            if hashlib.sha256(content).hexdigest() != delivery.sha256:
                raise Fixable("The file changed after it was approved: ask again.")
            self.public[delivery.key] = (delivery, content)
        return PublicCopy(delivery.key, f"memory://{delivery.key}")

    def withdraw(self, key: str) -> bool:
        return self.public.pop(key, None) is not None

    def find(self, key: str) -> PublicCopy | None:
        return PublicCopy(key, f"memory://{key}") if key in self.public else None
