"""What waits for a person: values that models were unsure of, names and fields to mend."""

import click
from rich.text import Text

from ui import render
from ui.cli.door import Entrance, as_option, console, json_option, json_view


@click.command()
@as_option
@json_option
@click.pass_obj
def conform(entrance: Entrance, user: str | None, as_json: bool) -> None:
    """Report names and required fields that break conventions.toml, with a fix for each.

    Nothing is renamed or filled in.
    """
    with entrance.app() as app:
        found = app.curation.conformity(app.admin.person(user))
    for one in found:
        if as_json:
            json_view(one)
        else:
            told = f"{render.plain(one.file, 120)} ({one.asset}): {render.plain(one.text, 600)}"
            console().print(told, soft_wrap=True)
    if not as_json:
        broken = render.count(len(found), "asset")
        console().print(f"{broken} to mend. Nothing was changed." if found else "All conform.")


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(min=1, max=500), default=20, show_default=True)
@click.option("--drafts", is_flag=True, help="Drafts of alt texts and captions instead.")
@as_option
@json_option
@click.pass_context
def review(
    context: click.Context, limit: int, drafts: bool, user: str | None, as_json: bool
) -> None:
    """List what waits; `review accept ID`, `review reject ID` and `review edit ID TEXT` decide."""
    if context.invoked_subcommand:
        return
    entrance: Entrance = context.obj
    with entrance.app() as app:
        found = app.curation.review(app.admin.person(user), limit, drafts=drafts)
    if as_json:
        for one in found:
            json_view(one)
        return
    if not found:
        console().print("Nothing waits for a review.")
        return
    for one in found:
        value = f"{one.field} {render.plain(one.value, 300 if drafts else 80)} {one.confidence:.2f}"
        line = Text(f"{render.plain(one.title, 60)}: {value}  ")
        line.append(f"{render.plain(one.by, 60)}, {render.plain(one.why, 160)}  ", "dim")
        line.append(one.id, "cyan")
        console().print(line, soft_wrap=True)


@review.command()
@click.argument("proposals", nargs=-1, metavar="ID...")
@click.option("--first", type=click.IntRange(1, 500), help="So many from the top of the list.")
@as_option
@json_option
@click.pass_obj
def accept(
    entrance: Entrance, proposals: tuple[str, ...], first: int | None, user: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Keep values in your name; nothing a machine says replaces them later."""
    _decided(entrance, proposals, first, user, accept=True, as_json=as_json)


@review.command()
@click.argument("proposals", nargs=-1, metavar="ID...")
@click.option("--first", type=click.IntRange(1, 500), help="So many from the top of the list.")
@as_option
@json_option
@click.pass_obj
def reject(
    entrance: Entrance, proposals: tuple[str, ...], first: int | None, user: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Reject values, there and on what looks nearly the same."""
    _decided(entrance, proposals, first, user, accept=False, as_json=as_json)


@review.command()
@click.argument("proposal", metavar="ID")
@click.argument("text")
@as_option
@json_option
@click.pass_obj
def edit(entrance: Entrance, proposal: str, text: str, user: str | None, as_json: bool) -> None:
    """Keep TEXT in your name in place of the proposed value, which is rejected."""
    _decided(entrance, (proposal,), None, user, accept=True, as_json=as_json, text=text)


def _decided(
    entrance: Entrance,
    proposals: tuple[str, ...],
    first: int | None,
    user: str | None,
    *,
    accept: bool,
    as_json: bool,
    text: str = "",
) -> None:
    with entrance.app() as app:
        viewer = app.admin.person(user)
        top = [one.id for one in app.curation.review(viewer, first)] if first else []
        done = app.curation.decide([*proposals, *top], viewer, accept=accept, text=text)
    if as_json:
        json_view(done)
    else:
        console().print(render.plain(done.text, 400), soft_wrap=True)
