"""Commands of the conversation: ask, run a tool, and decide what waits."""

import json
from collections.abc import Iterator

import click

from agent.events import Event
from ui import render
from ui.cli.door import Entrance, as_option, console, json_option, json_view
from ui.cli.show import IN_SHELL, plan_card
from ui.cli.turn import play, play_json


@click.command()
@click.argument("request")
@as_option
@click.option("--thread", metavar="T", help="Go on with a conversation.")
@json_option
@click.pass_context
def ask(
    context: click.Context, request: str, user: str | None, thread: str | None, as_json: bool
) -> None:
    """Ask for something in plain language."""
    entrance: Entrance = context.obj
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.conversation.ask(request, viewer, thread), as_json=as_json)


@click.command()
@click.argument("tool")
@click.argument("arguments", nargs=-1, metavar="KEY=VALUE...")
@as_option
@click.option("--thread", metavar="T", help="Run it in a conversation.")
@json_option
@click.pass_context
def run(
    context: click.Context,
    tool: str,
    arguments: tuple[str, ...],
    user: str | None,
    thread: str | None,
    as_json: bool,
) -> None:
    """Call one tool, without any model."""
    entrance: Entrance = context.obj
    given = read_arguments(arguments)
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.conversation.run(tool, given, viewer, thread), as_json=as_json)


@click.command()
@click.argument("approval", metavar="ID")
@as_option
@json_option
@click.pass_context
def approve(context: click.Context, approval: str, user: str | None, as_json: bool) -> None:
    """Approve a plan that waits, and carry it out."""
    entrance: Entrance = context.obj
    with entrance.app() as app:
        viewer = app.admin.person(user)
        shown(context, app.approvals.approve(approval, viewer), as_json=as_json)


@click.command()
@click.argument("target", metavar="ID")
@click.argument("value", required=False)
@as_option
@click.option("--because", default="", help="Say why; whoever asked reads it.")
@json_option
@click.pass_context
def reject(
    context: click.Context,
    target: str,
    value: str | None,
    user: str | None,
    because: str,
    as_json: bool,
) -> None:
    """Reject a plan that waits, or VALUE that a machine gave to the asset ID.

    A rejected value goes off what looks nearly the same too; `dalm rejected` lists and revokes.
    """
    entrance: Entrance = context.obj
    with entrance.app() as app:
        viewer = app.admin.person(user)
        if value is None:
            shown(context, app.approvals.reject(target, viewer, because), as_json=as_json)
            return
        done = app.curation.reject(target, value, viewer, because)
    if as_json:
        json_view(done)
    else:
        console().print(render.plain(done.text, 400), soft_wrap=True)


@click.command()
@click.argument("asset", required=False)
@click.argument("value", required=False)
@click.option("--revoke", is_flag=True, help="Let VALUE be said of ASSET and look-alikes again.")
@as_option
@json_option
@click.pass_obj
def rejected(
    entrance: Entrance,
    asset: str | None,
    value: str | None,
    revoke: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """List what people rejected of what machines said; with --revoke, take one back."""
    if revoke and not (asset and value):
        raise click.UsageError("Name the asset and the value: dalm rejected ASSET VALUE --revoke")
    with entrance.app() as app:
        viewer = app.admin.person(user)
        if revoke and asset and value:
            done = app.curation.revoke(asset, value, viewer)
            json_view(done) if as_json else console().print(render.plain(done.text, 400))
            return
        found = [one for one in app.curation.rejections(viewer) if asset in {None, one.asset}]
    for one in found:
        if as_json:
            json_view(one)
            continue
        also = render.count(len(one.alike), "look-alike") if one.alike else ""
        parts = [one.because, f"by {one.by}", also and f"kept off {also}"]
        told = "; ".join(render.plain(part, 300) for part in parts if part)
        title = render.plain(one.title, 80)
        console().print(f"{render.plain(one.word, 80)}  {title} ({one.asset}): {told}")
    if not found and not as_json:
        console().print("Nothing is rejected.")


@click.command()
@as_option
@json_option
@click.pass_obj
def pending(entrance: Entrance, user: str | None, as_json: bool) -> None:
    """List the plans that wait for a decision."""
    with entrance.app() as app:
        plans = app.approvals.pending(app.admin.person(user))
    screen = console()
    for plan in plans:
        if as_json:
            json_view(plan)
        else:
            plan_card(screen, plan, entrance.now(), IN_SHELL)
    if not plans and not as_json:
        screen.print("Nothing waits for a decision.")


def shown(context: click.Context, events: Iterator[Event], *, as_json: bool) -> None:
    """Show a turn and leave with its exit code."""
    entrance: Entrance = context.obj
    screen = console()
    result = play_json(events) if as_json else play(events, screen, entrance.now(), IN_SHELL)
    if result.thread and screen.is_terminal and not as_json:
        screen.print(f"To go on with this: --thread {render.plain(result.thread, 60)}", style="dim")
    if result.code:
        context.exit(result.code)


def read_arguments(given: tuple[str, ...]) -> dict[str, object]:
    """Read key=value; a key given twice is a list, a value may be JSON."""
    found: dict[str, object] = {}
    for part in given:
        key, equals, text = part.partition("=")
        if not equals or not key:
            raise click.UsageError(f"'{part}' is not KEY=VALUE, for example: query=dogs")
        value = read_value(text)
        found[key] = [*listed(found[key]), *listed(value)] if key in found else value
    return found


def read_value(text: str) -> object:
    """Read a list, an object or a quoted text as JSON; everything else is the text itself."""
    if text[:1] not in {"[", "{", '"'}:
        return text
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError:
        return text
    return value


def listed(value: object) -> list[object]:
    """Give a value as a list; commas part the texts of a list."""
    if isinstance(value, list):
        return value
    return [*value.split(",")] if isinstance(value, str) else [value]
