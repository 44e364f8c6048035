"""A channel in memory; passes the contract of tests/storage/test_publisher.py."""

from pathlib import Path

from tools.core.ports import Delivery, PublicCopy


class FakePublisher:
    """Implements ports.Publisher and remembers what it was given."""

    def __init__(self) -> None:
        self.public: dict[str, tuple[Delivery, bytes]] = {}

    def deliver(self, delivery: Delivery, source: Path) -> PublicCopy:
        if delivery.key not in self.public:
            self.public[delivery.key] = (delivery, source.read_bytes())
        return PublicCopy(delivery.key, f"memory://{delivery.key}")

    def withdraw(self, key: str) -> bool:
        return self.public.pop(key, None) is not None

    def find(self, key: str) -> PublicCopy | None:
        return PublicCopy(key, f"memory://{key}") if key in self.public else None
