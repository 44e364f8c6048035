"""A family of works as the engine sees it."""

from dataclasses import dataclass

from tools.core.rights.actions import Action
from tools.core.rights.rules import Rule


@dataclass(frozen=True, slots=True)
class Layer:
    """One member of a family: its rules, the edits made since, and whether it has an original."""

    rules: tuple[Rule, ...]
    asset: str = ""
    past: frozenset[Action] = frozenset()
    derived: bool = False
