"""Commands about the system itself: audit, model files, health."""

from collections.abc import Sequence

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from agent.app import App
from agent.views import AuditLine, UsageView
from ui import render
from ui.cli.door import Entrance, Ticker, as_option, console, json_option, json_view

HEALTH = {
    "ok": "green",
    "ready": "green",
    "missing": "yellow",
    "low": "yellow",
    "fetching": "cyan",
    "broken": "red",
    "damaged": "red",
}


@click.command()
@click.argument("asset", required=False, metavar="[ASSET | verify]")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True)
@as_option
@json_option
@click.pass_context
def audit(
    context: click.Context, asset: str | None, limit: int, user: str | None, as_json: bool
) -> None:
    """List who did what and when, or check that nothing of it was changed."""
    entrance: Entrance = context.obj
    with entrance.app() as app:
        if asset == "verify":
            if not verified(app, as_json=as_json):
                context.exit(1)
            return
        lines = app.admin.audit(app.admin.person(user), asset, limit)
    if as_json:
        for line in lines:
            json_view(line)
    else:
        show_audit(lines)


def verified(app: App, *, as_json: bool) -> bool:
    """Say whether the audit chain holds."""
    chain = app.admin.verify()
    if as_json:
        json_view(chain)
    elif chain.intact:
        console().print(f"The audit is intact: {render.count(chain.rows, 'row')}.")
    else:
        console().print(Text(f"The audit was changed: {render.plain(chain.why, 400)}", "red"))
    return chain.intact


def show_audit(lines: Sequence[AuditLine]) -> None:
    """Show what happened, oldest first, each with its details below."""
    screen = console()
    for line in lines:
        head = Text(f"{line.seq:>5}  {render.moment(line.at)}  ", "dim")
        head.append(f"{render.plain(line.who, 60)}  ", "not dim bold")
        head.append(f"{render.plain(line.action, 60)}  {render.plain(line.subject, 60)}", "not dim")
        screen.print(head, soft_wrap=True)
        told = [
            f"{name}: {value}" for name, value in line.details.items() if value not in (None, "")
        ]
        if told:
            screen.print(
                Text(f"       {render.plain(', '.join(told), 300)}", "dim"), soft_wrap=True
            )
    if not lines:
        screen.print("Nothing has happened yet.")


@click.command()
@click.option("--days", type=click.IntRange(min=1, max=3660), default=7, show_default=True)
@click.option("--everybody", is_flag=True, help="Of all people; for admins.")
@as_option
@json_option
@click.pass_obj
def usage(entrance: Entrance, days: int, everybody: bool, user: str | None, as_json: bool) -> None:
    """List what chat models used: calls, tokens and cost by day, person and model."""
    with entrance.app() as app:
        found = app.admin.usage(app.admin.person(user), days, everybody=everybody)
    if as_json:
        for row in found:
            json_view(row)
    elif found:
        show_usage(found)
    else:
        console().print("No chat model was asked in these days.")


def show_usage(found: Sequence[UsageView]) -> None:
    """Show what was used, a line for each day, person and model."""
    screen = console()
    for row in found:
        line = Text(f"{row.day}  ", "dim").append(f"{render.plain(row.person, 60)}  ", "not dim")
        if row.host:
            about = "about " if row.estimated else ""
            cached = f" ({row.cached:,} cached)" if row.cached else ""
            cost = "cost not known" if row.cost is None else f"{row.cost:.4f} {row.currency}"
            what = f"{row.model} at {row.host}: {render.count(row.calls, 'call')}, {about}"
            what += f"{row.input:,} tokens in{cached}, {row.output:,} out, {cost}"
        else:
            what = f"the model of this machine: {render.count(row.calls, 'call')}, no cost"
        screen.print(line.append(render.plain(what, 300), "not dim"), soft_wrap=True)


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the model files, or fetch them."""
    if context.invoked_subcommand:
        return
    entrance: Entrance = context.obj
    with entrance.app() as app:
        found = app.admin.models()
    table = sheet("Model", "State", "Size", "Licence", "Whose", "Needed for")
    for model in found:
        if as_json:
            json_view(model)
        state = Text(render.plain(model.state), HEALTH.get(model.state, ""))
        if model.note:
            state.append(f"\n{render.plain(model.note)}", "dim")
        size = Text(render.size(model.size))
        words = (model.licence, model.source, model.needed_for)
        table.add_row(Text(model.name), state, size, *(Text(render.plain(w)) for w in words))
    if not as_json:
        console().print(table)


@models.command()
@click.argument("names", nargs=-1)
@click.pass_obj
def fetch(entrance: Entrance, names: tuple[str, ...]) -> None:
    """Fetch and verify model files; without NAMES, all that are missing."""
    ticker = Ticker()
    try:
        with entrance.app() as app:
            app.admin.fetch_models(names, ticker.report)
    finally:
        ticker.clear()
    console().print("The model files are here and verified.")


@models.command()
@click.argument("model")
@click.option("--anyway", is_flag=True, help="Take it however well it finds what people wrote.")
@as_option
@json_option
@click.pass_context
def switch(
    context: click.Context, model: str, anyway: bool, user: str | None, as_json: bool
) -> None:
    """Find pictures by another hub MODEL (owner/name, a folder, or none); see DALM_JOINT_MODEL.

    The pictures are placed behind the search; what was begun goes on when this command is stopped.
    """
    entrance: Entrance = context.obj
    ticker = Ticker()
    try:
        with entrance.app() as app:
            person = app.admin.person(user)
            came = app.admin.switch_model(model, person, ticker.report, anyway=anyway)
    finally:
        ticker.clear()
    if as_json:
        json_view(came)
    else:
        console().print(render.plain(came.text, 1500))
    if not came.took_over:
        context.exit(1)


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Say what is installed and reachable, and how to fix what is not."""
    entrance: Entrance = context.obj
    with entrance.app() as app:
        checks = app.admin.doctor()
    table = sheet("Part", "State", "Note", "To fix it")
    for check in checks:
        if as_json:
            json_view(check)
        state = Text(render.plain(check.state), HEALTH.get(check.state, ""))
        fix = "" if check.state == "ok" else check.fix
        table.add_row(Text(render.plain(check.name)), state, Text(render.plain(check.note)),
                      Text(render.plain(fix)))  # fmt: skip
    if not as_json:
        console().print(table)
    if any(check.state == "broken" for check in checks):
        context.exit(1)


def sheet(*headings: str) -> Table:
    """Make an empty table."""
    table = Table(*headings, box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table
