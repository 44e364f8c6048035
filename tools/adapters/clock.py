"""The system's clock; everything else takes a Clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements ports.Clock with the computer's time."""

    def now(self) -> datetime:
        """Give the present moment."""
        return datetime.now(UTC)  # noqa: TID251  (the one place that asks the computer)
