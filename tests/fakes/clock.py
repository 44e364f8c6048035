"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class FixedClock:
    """Implements ports.Clock; `move` is the only thing that makes time pass."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move(self, **amount: float) -> datetime:
        """Let time pass, in the words of timedelta (days=1, seconds=5)."""
        self._now += timedelta(**amount)
        return self._now
