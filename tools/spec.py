"""How a tool is listed: with its effect, and with the dry run that shows what a call would do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core.tools import BaseTool

from tools.context import Context
from tools.core.effects import Effect
from tools.core.plans import Draft

DryRun = Callable[[Context, Mapping[str, Any]], Draft | None]
"""Tells what a call would do; None where a call cannot do more than its declared effect."""

Granted = Callable[[Context, Mapping[str, Any]], bool]
"""Tells whether a named person's standing grant covers a call."""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool, what it does to the world at least, and how to see what a call would do.

    `offered` tells whether models are told of it; what they are not told of, only people call.
    `granted` tells whether a standing grant covers a call, so that nobody is asked again.
    """

    tool: BaseTool
    effect: Effect
    dry_run: DryRun | None = None
    offered: bool = True
    granted: Granted | None = None

    def __post_init__(self) -> None:
        """Refuse a gated tool that could not be shown before it happens."""
        if self.effect.gated and self.dry_run is None:
            raise ValueError(f"{self.tool.name} has a gated effect and needs a dry run")

    @property
    def name(self) -> str:
        """Give the tool's name."""
        return self.tool.name
