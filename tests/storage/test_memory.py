"""Memory that is freed goes back to the system."""

import subprocess
import sys

from tools.adapters import memory

# Buffers as pictures leave them: freed in the middle of others that stay.
FREED = """
import sys
from tools.adapters import memory
if sys.argv[1] == "flat":
    memory.keep_flat()
kept, large = [], []
for _ in range(60):
    large.append(bytearray(b"x") * 4_000_000)
    large.pop(0) if len(large) > 3 else None
    kept.append(bytearray(b"y") * 900)
peak = [bytearray(b"z") * 20_000_000 for _ in range(8)]
del peak
held = [bytearray(b"z") * 20_000_000 for _ in range(8)]
del held[::2]
print(int(open("/proc/self/statm").read().split()[1]) * 4096 // 2**20)
"""


def _resident(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", FREED, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_large_pieces_do_not_stay_after_they_are_freed():
    assert memory.keep_flat()
    assert _resident("flat") < _resident("as it is")
