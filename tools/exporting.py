"""Tools that write what is known of assets into copies, and into sidecars beside originals."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.exporting.outcomes import ExportOrder
from tools.core.plans import Draft


@tool(response_format="content_and_artifact")
def export_assets(
    runtime: ToolRuntime[Context],
    folder: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
    channel: str | None = None,
    territory: str | None = None,
    sidecars_only: bool = False,  # noqa: FBT001, FBT002  (a schema has names only)
) -> reply.Answer:
    """Copy assets into a folder; for a channel, which is beyond the team, by an approval."""
    context = runtime.context
    wanted = tuple(context.assets(asset_ids, query))
    order = ExportOrder(wanted, folder, channel, territory, sidecars_only)
    return reply.exported(context.services.exporting.export(order, context.authority))


def plan_export(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what exporting would do."""
    wanted = tuple(context.assets(arguments.get("asset_ids"), arguments.get("query")))
    order = ExportOrder(
        wanted,
        arguments["folder"],
        arguments.get("channel"),
        arguments.get("territory"),
        bool(arguments.get("sidecars_only")),
    )
    return context.services.exporting.plan(order, context.viewer)


@tool(response_format="content_and_artifact")
def write_sidecars(
    runtime: ToolRuntime[Context], asset_ids: list[str] | None = None, query: str | None = None
) -> reply.Answer:
    """Write XMP sidecars beside originals that were left in place; takes an approval."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.exported(context.services.writing_back.write(wanted, context.authority))


def plan_sidecars(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say which sidecars would be written."""
    wanted = context.assets(arguments.get("asset_ids"), arguments.get("query"))
    return context.services.writing_back.plan(wanted, context.viewer)
