"""Tools that make new assets from old ones."""

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context


@tool(response_format="content_and_artifact")
def reframe_assets(
    runtime: ToolRuntime[Context],
    targets: list[str],
    asset_ids: list[str] | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Make pictures fit other ratios, sizes or channel slots."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.made(context.services.reframer.reframe(wanted, targets, context.authority), "Made")


@tool(response_format="content_and_artifact")
def translate_asset(
    runtime: ToolRuntime[Context],
    language: str,
    asset_id: str | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Translate a document."""
    context = runtime.context
    wanted = context.asset(asset_id, query)
    result = context.services.translation.translate(wanted, language, context.authority)
    return reply.made(result, "Translated")


@tool(response_format="content_and_artifact")
def edit_image(
    runtime: ToolRuntime[Context],
    edit: str,
    asset_id: str | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Change what a picture shows."""
    context = runtime.context
    wanted = context.asset(asset_id, query)
    return reply.made(context.services.editor.edit(wanted, edit, context.authority), "Made")
