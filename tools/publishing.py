"""Tools that make assets public and take them down."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.plans import Draft


@tool(response_format="content_and_artifact")
def publish_assets(
    runtime: ToolRuntime[Context],
    channel: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
    territory: str | None = None,
) -> reply.Answer:
    """Publish assets on a channel; takes an approval."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    result = context.services.publishing.publish(wanted, channel, territory, context.authority)
    return reply.done(result, follow_up=f"take it down from the {channel}")


def plan_publish(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what publishing would do."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.publishing.plan(
        wanted, arguments["channel"], arguments.get("territory"), context.viewer
    )


@tool(response_format="content_and_artifact")
def withdraw_assets(
    runtime: ToolRuntime[Context],
    asset_ids: list[str] | None = None,
    query: str | None = None,
    channel: str | None = None,
) -> reply.Answer:
    """Take published assets down."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.done(context.services.publishing.withdraw(wanted, channel, context.authority))
