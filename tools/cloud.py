"""Tools of vision services elsewhere: listed, forecast, granted, run, revoked; for people only."""

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import tool
from langgraph.prebuilt import ToolRuntime

from tools import reply
from tools.context import Context
from tools.core.cloud.telling import forecast_lines, listed_lines, outcome_lines
from tools.core.plans import Draft


@tool(response_format="content_and_artifact")
def cloud_services(runtime: ToolRuntime[Context]) -> reply.Answer:
    """List the services and how it stands with each."""
    clouds = runtime.context.services.clouds
    return reply.told_lines(listed_lines(clouds.listed(), clouds.words))


@tool(response_format="content_and_artifact")
def forecast_cloud(
    runtime: ToolRuntime[Context],
    service: str,
    limit: str = "",
    ongoing: bool = False,  # noqa: FBT001, FBT002  (a schema has names only)
) -> reply.Answer:
    """Say what would leave, of how many pictures, at what cost; sends nothing."""
    context = runtime.context
    clouds = context.services.clouds
    found = clouds.forecast(service, context.viewer, limit, ongoing=ongoing)
    who = f"May be granted by: {', '.join(found.approvers)}. Nothing has left."
    return reply.told_lines([*forecast_lines(found, clouds.words), who])


@tool(response_format="content_and_artifact")
def grant_cloud(
    runtime: ToolRuntime[Context],
    service: str,
    limit: str = "",
    ongoing: bool = False,  # noqa: FBT001, FBT002
) -> reply.Answer:
    """Let a service look at pictures, within a limit; takes an approval of these very terms."""
    context = runtime.context
    clouds = context.services.clouds
    return reply.done(clouds.grant(service, context.authority, limit, ongoing=ongoing))


def plan_grant(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Say what granting would mean."""
    return context.services.clouds.plan(
        arguments["service"],
        context.viewer,
        arguments.get("limit", ""),
        ongoing=bool(arguments.get("ongoing")),
    )


@tool(response_format="content_and_artifact")
def run_cloud(
    runtime: ToolRuntime[Context],
    service: str,
    asset_ids: list[str] | None = None,
    query: str | None = None,
) -> reply.Answer:
    """Send what may be sent under a standing grant, all of it or what is named."""
    context = runtime.context
    wanted = context.assets(asset_ids, query) if asset_ids or query else None
    clouds = context.services.clouds
    outcome = clouds.run(service, context.authority, wanted)
    return reply.told_lines(outcome_lines(outcome, clouds.words), outcome.stopped)


def plan_cloud_run(context: Context, arguments: Mapping[str, Any]) -> Draft:
    """Refuse a run that no grant covers, saying how to ask for one."""
    return context.services.clouds.why_not(arguments["service"])


def cloud_granted(context: Context, arguments: Mapping[str, Any]) -> bool:
    """Tell whether a standing grant covers a run."""
    return context.services.clouds.stands(str(arguments.get("service", "")))


@tool(response_format="content_and_artifact")
def revoke_cloud(runtime: ToolRuntime[Context], service: str, because: str = "") -> reply.Answer:
    """Switch a service off at once."""
    context = runtime.context
    return reply.done(context.services.clouds.revoke(service, because, context.authority))
