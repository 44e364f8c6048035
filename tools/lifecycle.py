"""Tools that end the active life of assets, and the one that takes changes back."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.plans import Draft


@tool(response_format="content_and_artifact")
def archive_assets(
    runtime: ToolRuntime[Context], asset_ids: list[str] | None = None, query: str | None = None
) -> reply.Answer:
    """Move assets to the archive; takes an approval."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.done(context.services.lifecycle.archive(wanted, context.authority))


def plan_archive(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what archiving would do."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.lifecycle.plan_archive(wanted, context.viewer)


@tool(response_format="content_and_artifact")
def delete_assets(
    runtime: ToolRuntime[Context], asset_ids: list[str] | None = None, query: str | None = None
) -> reply.Answer:
    """Move assets to the trash; takes an approval."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.done(context.services.lifecycle.delete(wanted, context.authority))


def plan_delete(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what deleting would do."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.lifecycle.plan_delete(wanted, context.viewer)


@tool(response_format="content_and_artifact")
def undo(runtime: ToolRuntime[Context], receipt: str | None = None) -> reply.Answer:
    """Take back the last change of the person, or the one of a receipt."""
    context = runtime.context
    return reply.done(context.services.undo.undo(receipt, context.authority))


def plan_undo(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what taking back would do."""
    return context.services.undo.plan(arguments.get("receipt"), context.authority)
