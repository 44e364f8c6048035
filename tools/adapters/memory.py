"""How much memory is free, so that a model too large for it is not loaded unawares."""

from pathlib import Path

MEMINFO = Path("/proc/meminfo")


def available(meminfo: Path = MEMINFO) -> int | None:
    """Give how many bytes programs can still get without swapping; None where nobody tells."""
    try:
        lines = meminfo.read_text(encoding="utf-8").splitlines()
        told = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(told.split()[1]) * 1024
    except (OSError, StopIteration, ValueError, IndexError):
        return None
