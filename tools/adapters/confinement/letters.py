"""What goes between the process that asks and the one that reads: plain JSON, and raw bytes.

Nothing is pickled, so that a reader that was taken over cannot run anything where it is asked.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

MOST_HEAD = 64_000_000
MOST_PART = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A head of plain values, and parts of raw bytes."""

    head: Mapping[str, Any]
    parts: Sequence[bytes] = ()


def send(channel: IO[bytes], letter: Letter) -> None:
    """Write a letter."""
    head = json.dumps({**letter.head, "parts": [len(part) for part in letter.parts]}).encode()
    channel.write(len(head).to_bytes(8, "big"))
    channel.write(head)
    for part in letter.parts:
        channel.write(part)
    channel.flush()


def receive(channel: IO[bytes]) -> Letter | None:
    """Read a letter; None when the other side is gone or writes nonsense."""
    length = int.from_bytes(channel.read(8), "big")
    content = channel.read(length) if 0 < length <= MOST_HEAD else b""
    if not content or len(content) < length:
        return None
    try:
        head = json.loads(content)
        sizes = [int(size) for size in head.pop("parts")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if any(not 0 <= size <= MOST_PART for size in sizes):
        return None
    parts = [channel.read(size) for size in sizes]
    whole = [len(part) for part in parts] == sizes
    return Letter(head, parts) if whole else None
