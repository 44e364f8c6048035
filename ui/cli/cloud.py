"""Commands of vision services elsewhere; nothing leaves until somebody grants it."""

import click

from ui.cli.door import Entrance, as_option, json_option
from ui.cli.talk import shown


@click.group(invoke_without_command=True)
@as_option
@json_option
@click.pass_context
def cloud(context: click.Context, user: str | None, as_json: bool) -> None:
    """Vision services elsewhere (rekognition, google, azure): how it stands with each."""
    if context.invoked_subcommand is None:
        _run(context, "cloud_services", {}, user, as_json)


@cloud.command()
@click.argument("service")
@click.option("--limit", default="", metavar="AMOUNT", help="The most that may be spent.")
@click.option("--new", "ongoing", is_flag=True, help="Also what is taken in later.")
@as_option
@json_option
@click.pass_context
def forecast(
    context: click.Context,
    service: str,
    limit: str,
    ongoing: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """Say what would leave, where to, of how many pictures and at what cost; sends nothing."""
    _run(context, "forecast_cloud", _asked(service, limit, ongoing=ongoing), user, as_json)


@cloud.command()
@click.argument("service")
@click.option("--limit", default="", metavar="AMOUNT", help="The most that may be spent.")
@click.option("--new", "ongoing", is_flag=True, help="Also what is taken in later.")
@as_option
@json_option
@click.pass_context
def grant(
    context: click.Context,
    service: str,
    limit: str,
    ongoing: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """Ask to switch a service on; somebody approves these very terms: dalm approve ID."""
    _run(context, "grant_cloud", _asked(service, limit, ongoing=ongoing), user, as_json)


@cloud.command()
@click.argument("service")
@click.argument("assets", nargs=-1, metavar="[ID...]")
@click.option("--query", metavar="TEXT", help="What is found by this, in place of ids.")
@as_option
@json_option
@click.pass_context
def run(
    context: click.Context,
    service: str,
    assets: tuple[str, ...],
    query: str | None,
    user: str | None,
    as_json: bool,
) -> None:
    """Send what may be sent and was not yet; one that was stopped goes on where it was."""
    if assets and query:
        raise click.UsageError("Name the assets by their ids, or by --query.")
    arguments: dict[str, object] = {"service": service}
    arguments |= {"asset_ids": list(assets)} if assets else {}
    arguments |= {"query": query} if query else {}
    _run(context, "run_cloud", arguments, user, as_json)


@cloud.command()
@click.argument("service")
@click.option("--because", default="", help="Say why; the audit keeps it.")
@as_option
@json_option
@click.pass_context
def revoke(
    context: click.Context, service: str, because: str, user: str | None, as_json: bool
) -> None:
    """Switch a service off at once, in the middle of a run too."""
    _run(context, "revoke_cloud", {"service": service, "because": because}, user, as_json)


def _asked(service: str, limit: str, *, ongoing: bool) -> dict[str, object]:
    asked: dict[str, object] = {"service": service, "limit": limit}
    return asked | ({"ongoing": True} if ongoing else {})


def _run(
    context: click.Context,
    tool: str,
    arguments: dict[str, object],
    user: str | None,
    as_json: bool,
) -> None:
    entrance: Entrance = context.obj
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.conversation.run(tool, arguments, viewer), as_json=as_json)
