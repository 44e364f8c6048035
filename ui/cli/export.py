"""Commands that write what is known of assets into copies, and beside originals."""

from pathlib import Path

import click

from ui.cli.door import Entrance, as_option, json_option
from ui.cli.talk import shown


@click.command()
@click.argument("assets", nargs=-1, metavar="ID...")
@click.option("--query", metavar="TEXT", help="What is found by this, in place of ids.")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the copies; nothing in it is overwritten.",
)
@click.option(
    "--for",
    "channel",
    metavar="CHANNEL",
    help="For somebody beyond the team: rights are checked, and a person approves it first.",
)
@click.option("--territory", metavar="PLACE", help="Where those outside will use them.")
@click.option("--sidecars-only", is_flag=True, help="Only the metadata, as XMP files.")
@as_option
@json_option
@click.pass_context
def export(
    context: click.Context,
    assets: tuple[str, ...],
    query: str | None,
    folder: Path,
    channel: str | None,
    territory: str | None,
    sidecars_only: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """Copy assets to a folder, with tags, texts and rights written into the copies."""
    if bool(assets) == bool(query):
        raise click.UsageError("Name the assets by their ids, or by --query.")
    entrance: Entrance = context.obj
    given: dict[str, object] = {
        "folder": _whole(folder),
        "asset_ids": list(assets) or None,
        "query": query,
        "channel": channel,
        "territory": territory,
        "sidecars_only": sidecars_only or None,
    }
    arguments = {name: value for name, value in given.items() if value is not None}
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.conversation.run("export_assets", arguments, viewer), as_json=as_json)


def _whole(folder: Path) -> str:
    try:
        return str(folder.expanduser().absolute())
    except RuntimeError as error:
        raise click.UsageError(f"There is no home folder {folder.parts[0]}.") from error


@click.command(name="write-sidecars")
@click.argument("assets", nargs=-1, metavar="ID...")
@click.option("--query", metavar="TEXT", help="What is found by this, in place of ids.")
@as_option
@json_option
@click.pass_context
def write_sidecars(
    context: click.Context,
    assets: tuple[str, ...],
    query: str | None,
    user: str | None,
    as_json: bool,
) -> None:
    """Write tags, stars and texts into XMP files beside originals in place, once approved."""
    if bool(assets) == bool(query):
        raise click.UsageError("Name the assets by their ids, or by --query.")
    entrance: Entrance = context.obj
    arguments: dict[str, object] = {"asset_ids": list(assets)} if assets else {"query": query}
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.conversation.run("write_sidecars", arguments, viewer), as_json=as_json)
