"""What marking a recipe step needs: one table, with its legal source and date."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Marking:
    """What a step is: none, edited, composite or generated, and the term that says so, or ""."""

    kind: str
    source_type: str

    @property
    def generated(self) -> bool:
        """Tell whether the step made content up, which the law wants marked."""
        return self.kind == "generated"


def marking(step: str) -> Marking:
    """Give the marking of a recipe step; KeyError for a step that the table does not hold."""
    kind = _table()["steps"][step]
    return Marking(kind, _table()["source_types"][kind])


def source_type(step: str, parent: str) -> str:
    """Give the digital source type of what a step makes of something with a type of its own.

    A term without AI never replaces one with it, and "" stands for nothing to be said.
    """
    term = str(parent).rsplit("/", 1)[-1]
    own = marking(step)
    if not own.source_type or (term in _table()["ai"]["types"] and not own.generated):
        return parent
    return own.source_type


def steps() -> Mapping[str, str]:
    """List every step with the kind of its marking."""
    return dict(_table()["steps"])


def law() -> Mapping[str, str]:
    """Give the legal source, the day from which it applies and the day it was read."""
    return {name: str(value) for name, value in _table()["law"].items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("provenance.toml").read_text(encoding="utf-8"))
