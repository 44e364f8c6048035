"""Tools that change what people say about assets."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.plans import Draft


@tool(response_format="content_and_artifact")
def suggest_tags(
    runtime: ToolRuntime[Context], asset_ids: list[str] | None = None, query: str | None = None
) -> reply.Answer:
    """Propose tags without saving them."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    suggestions = context.services.tagging.suggest(wanted, context.viewer)
    assets = [context.services.library.asset(one, context.viewer) for one in wanted]
    return reply.suggested(suggestions, assets)


@tool(response_format="content_and_artifact")
def tag_assets(
    runtime: ToolRuntime[Context],
    asset_ids: list[str] | None = None,
    query: str | None = None,
    add: list[str] | None = None,
    remove: list[str] | None = None,
) -> reply.Answer:
    """Add and remove tags."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.changed(
        context.services.tagging.tag(wanted, add or [], remove or [], context.authority)
    )


def plan_tag(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what tagging would do."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.tagging.plan_tag(
        wanted, arguments.get("add") or [], arguments.get("remove") or [], context.viewer
    )


@tool(response_format="content_and_artifact")
def describe_asset(
    runtime: ToolRuntime[Context],
    asset_id: str | None = None,
    query: str | None = None,
    title: str | None = None,
    description: str | None = None,
    alt_text: str | None = None,
    topic: str | None = None,
) -> reply.Answer:
    """Set the title, description or alt text of an asset, or draft what is named in `topic`."""
    context = runtime.context
    wanted = context.asset(asset_id, query)
    texts = (title, description, alt_text)
    if topic and not any(texts):
        asset, text = context.services.drafting.draft(wanted, topic, context.viewer)
        return reply.drafted(text, topic, asset)
    return reply.changed(context.services.tagging.describe(wanted, *texts, context.authority))


@tool(response_format="content_and_artifact")
def collect_assets(
    runtime: ToolRuntime[Context],
    collection: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Put assets into a collection."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.changed(context.services.tagging.collect(wanted, collection, context.authority))


def plan_collect(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what putting assets into a collection would do."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.tagging.plan_collect(wanted, arguments["collection"], context.viewer)
