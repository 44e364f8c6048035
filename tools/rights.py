"""Tools that ask about and note down rights."""

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.asking import asked_use, in_words


@tool(response_format="content_and_artifact")
def check_rights(
    runtime: ToolRuntime[Context],
    asset_ids: list[str] | None = None,
    query: str | None = None,
    channel: str | None = None,
    territory: str | None = None,
) -> reply.Answer:
    """Tell whether assets may be used."""
    context = runtime.context
    use = asked_use(context.services.channels, channel, territory, context.services.rights.now())
    wanted = context.assets(asset_ids, query)
    verdicts = context.services.rights.verdicts(wanted, use, context.viewer)
    return reply.cleared(verdicts, in_words(use))


@tool(response_format="content_and_artifact")
def forecast_rights(runtime: ToolRuntime[Context], days: int = 90) -> reply.Answer:
    """List rights that end soon."""
    context = runtime.context
    return reply.ending(context.services.rights.forecast(days, context.viewer), days)


@tool(response_format="content_and_artifact")
def record_rights(
    runtime: ToolRuntime[Context],
    note: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
    channel: str | None = None,
    territory: str | None = None,
) -> reply.Answer:
    """Note down a statement about rights as a proposal."""
    context = runtime.context
    wanted = context.assets(asset_ids, query)
    return reply.changed(
        context.services.rights.note(wanted, note, channel, territory, context.authority)
    )
