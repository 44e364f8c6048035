"""Intents whose tool does not exist yet: they are understood, and say so."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.errors import Fixable
from tools.core.plans import Draft


class NotAvailable(Fixable):
    """The request was understood and cannot be done yet; the text names the nearest thing."""


@tool(response_format="content_and_artifact")
def rewrite_text(
    runtime: ToolRuntime[Context],
    tone: str,
    asset_id: str | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Change the tone of a document."""
    raise _not_available("Rewriting a document in another tone", "translating it")


@tool(response_format="content_and_artifact")
def bulk_update(
    runtime: ToolRuntime[Context],
    query: str,
    add: list[str] | None = None,
    remove: list[str] | None = None,
    edit: str | None = None,
) -> reply.Answer:
    """Change every asset that meets a condition."""
    raise _no_bulk_update()


def plan_bulk_update(_context: Context, _arguments: Mapping[str, Any]) -> Draft:
    """Say that there is no bulk update yet."""
    raise _no_bulk_update()


@tool(response_format="content_and_artifact")
def run_workflow(
    runtime: ToolRuntime[Context],
    name: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Start a named workflow."""
    raise _no_workflow()


def plan_workflow(_context: Context, _arguments: Mapping[str, Any]) -> Draft:
    """Say that there are no workflows yet."""
    raise _no_workflow()


@tool(response_format="content_and_artifact")
def predict_performance(
    runtime: ToolRuntime[Context],
    channel: str = "",
    asset_ids: list[str] | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Estimate how assets will do on a channel."""
    raise _not_available("Predicting performance", "the figures of the library report")


def _no_bulk_update() -> NotAvailable:
    return _not_available(
        "Changing every matching asset at once", "searching for them and tagging all of these"
    )


def _no_workflow() -> NotAvailable:
    return _not_available("Running a workflow", "asking for its steps one by one")


def _not_available(what: str, nearest: str) -> NotAvailable:
    return NotAvailable(f"{what} is not available yet; the nearest is {nearest}.")
