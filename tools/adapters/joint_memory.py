"""The choice of a picture model in one JSON file."""

import json
import threading
from dataclasses import asdict
from pathlib import Path

from tools.core.ports import Collection, JointState

PLACES = ("active", "before", "coming")


class JointFile:
    """Implements ports.JointMemory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def read(self) -> JointState:
        """Give what was written last; nothing is chosen when nothing was, or it is damaged."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            for name in PLACES:
                found[name] = Collection(**found[name]) if found[name] else None
            return JointState(**found)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return JointState()

    def write(self, state: JointState) -> None:
        """Keep a choice, whole or not at all; OSError when it cannot be kept."""
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(state), indent=1), encoding="utf-8")
            fresh.replace(self._path)
