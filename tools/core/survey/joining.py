"""Which surveyed files an ingest would join to others: RAW, sidecars, Live Photos."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from tools.core.ingest.attaching import differ
from tools.core.ingest.grouping import grouped, role_of
from tools.core.ingest.live import is_live
from tools.core.ingest.walk import Found
from tools.core.perception import FileFacts


@dataclass(frozen=True, slots=True)
class Looked:
    """A file with its size, what it says of itself, and the folder it was found under."""

    path: Path
    root: Path
    bytes: int
    facts: FileFacts | None
    trouble: str = ""

    @property
    def below(self) -> PurePath:
        """Give its folder, from the surveyed one on."""
        return PurePath(os.path.relpath(self.path.parent, self.root))


def followers(looked: Sequence[Looked]) -> set[Path]:
    """Give the files that are kept with another one, and sidecars that wait for theirs."""
    known = {one.path: one for one in looked}
    led: set[Path] = set()
    for group in grouped(Found(one.path) for one in looked):
        leader = known[group.found.path]
        if group.found.status is not None:
            led.add(leader.path)
        led |= {path for path in group.companions if _joins(leader, known[path])}
    return led


def _joins(leader: Looked, other: Looked) -> bool:
    role = role_of(other.path)
    if role == "sidecar":
        return True
    if leader.facts is None or other.facts is None:
        return False
    if role == "motion":
        return is_live(leader.facts, other.facts)
    one, moment = (facts.embedded.get("captured_at", "") for facts in (leader.facts, other.facts))
    return not differ(one, moment)
