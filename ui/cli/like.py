"""The command that searches by example."""

from pathlib import Path

import click

from agent.views import ExampleView
from ui.cli.door import Entrance, as_option, console, json_option
from ui.cli.library import MEDIA_TYPES, json_hits, show_hits


@click.command()
@click.argument("example")
@click.option("--plus", multiple=True, metavar="WORDS", help="What it should show besides.")
@click.option("--minus", multiple=True, metavar="WORDS", help="What it should not show.")
@click.option("--part", metavar="L,T,R,B", default="", help="Only a part, in fractions.")
@click.option("--type", "media_type", type=click.Choice(MEDIA_TYPES), help="Only this kind.")
@click.option("--limit", type=click.IntRange(min=1), default=24, show_default=True)
@click.option("--all", "weak", is_flag=True, help="Weak hits too.")
@as_option
@json_option
@click.pass_context
def like(
    context: click.Context,
    example: str,
    plus: tuple[str, ...],
    minus: tuple[str, ...],
    part: str,
    media_type: str | None,
    limit: int,
    weak: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """Find what is like EXAMPLE: an asset id, or a picture file that need not be in the library."""
    entrance: Entrance = context.obj
    file = Path(example)
    wanted = ExampleView(
        asset_id="" if file.is_file() else example,
        file=str(file.absolute()) if file.is_file() else "",
        part=part,
        plus=plus,
        minus=minus,
    )
    with entrance.app() as app:
        found = app.library.like(wanted, app.admin.person(user), media_type, limit=limit, weak=weak)
        if as_json:
            json_hits(example, found)
        else:
            show_hits(console(), found, named=False)
