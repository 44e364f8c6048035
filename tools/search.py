"""Tools that find and show assets."""

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.assets import MediaType, Orientation
from tools.core.search.answers import SearchRequest
from tools.core.search.example import Example, LikeRequest
from tools.core.search.filters.structured import Filter


@tool(response_format="content_and_artifact")
def search_assets(
    runtime: ToolRuntime[Context],
    query: str = "",
    media_type: MediaType | None = None,
    orientation: Orientation | None = None,
    tag: str | None = None,
    collection: str | None = None,
    filters: list[Filter] | None = None,
) -> reply.Answer:
    """Find assets."""
    request = SearchRequest(
        query, media_type, orientation, tag, collection, filters=tuple(filters or ())
    )
    return reply.found(runtime.context.services.search.find(request, runtime.context.viewer))


@tool(response_format="content_and_artifact")
def find_similar(
    runtime: ToolRuntime[Context],
    asset_id: str | None = None,
    query: str | None = None,
    plus: list[str] | None = None,
    minus: list[str] | None = None,
) -> reply.Answer:
    """Find assets like a given one, with something besides or without something."""
    context = runtime.context
    wanted = context.asset(asset_id, query)
    request = LikeRequest(Example(wanted), tuple(plus or ()), tuple(minus or ()))
    return reply.found(context.services.similar.find(request, context.viewer))


@tool(response_format="content_and_artifact")
def get_asset(
    runtime: ToolRuntime[Context], asset_id: str | None = None, query: str | None = None
) -> reply.Answer:
    """Tell the facts of one asset."""
    context = runtime.context
    wanted = context.asset(asset_id, query)
    return reply.details(context.services.library.details(wanted, context.viewer))
