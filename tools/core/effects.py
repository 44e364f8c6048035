"""What a tool call does to the world, from harmless to irreversible."""

from enum import IntEnum


class Effect(IntEnum):
    """Ordered so that the gate can take the higher of the declared and the computed effect."""

    READ = 0
    WRITE = 1
    PROTECT = 2
    OUTBOUND = 3
    PUBLISH = 4
    DESTRUCTIVE = 5

    @property
    def gated(self) -> bool:
        """Tell whether an effect of this kind always needs a plan and an approval."""
        return self >= Effect.OUTBOUND
