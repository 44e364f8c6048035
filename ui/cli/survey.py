"""The command that looks at a folder before any of it is taken in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from agent.views import Fixable, Survey
from ui import render
from ui.cli.door import Entrance, Ticker, console, json_option, json_view

SHOWN = 12


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Save the proposed taxonomy.json and conventions.toml in this folder.",
)
@json_option
@click.pass_context
def survey(
    context: click.Context, paths: tuple[Path, ...], folder: Path | None, as_json: bool
) -> None:
    """Look at files and folders before they are taken in; nothing in them is changed."""
    entrance: Entrance = context.obj
    ticker = Ticker()
    try:
        found = entrance.survey(paths, ticker.report)
    finally:
        ticker.clear()
    if as_json:
        json_view(found)
    else:
        show_survey(found)
    for name in _saved(found, folder) if folder else ():
        if not as_json:
            console().print(f"Written: {render.plain(name, 400)}", soft_wrap=True)


def show_survey(found: Survey) -> None:
    """Print a survey for a person."""
    screen = console()
    screen.print(
        f"{render.count(found.files, 'file')} of {render.count(found.assets, 'asset')}, "
        f"{render.size(found.bytes)}"
        + (f", {found.passed_over} hidden or special ones passed over" if found.passed_over else "")
    )
    for title, heads, rows in _tables(found):
        if rows:
            table = Table(*heads, box=SIMPLE_HEAD, title=title, title_justify="left")
            for row in rows[:SHOWN]:
                table.add_row(*(Text(render.plain(cell, 160)) for cell in row))
            screen.print(table)
            if len(rows) > SHOWN:
                screen.print(f"and {len(rows) - SHOWN} more; --json lists all.")
    named = render.count(found.good_names, "name")
    screen.print(f"{named} of {found.assets} follow the conventions.")
    time = render.elapsed(found.estimate.seconds)
    screen.print(
        f"Taking them in will take about {time} on two cores, "
        f"{render.size(found.estimate.added)} beside the originals and "
        f"{render.size(found.estimate.copied)} for copies of them; --in-place makes no copies."
    )


def _tables(found: Survey) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    yield (
        "Formats",
        ("kind", "format", "files", "size"),
        [(f.media_type, f.mime, str(f.files), render.size(f.bytes)) for f in found.formats],
    )
    yield (
        "Not readable",
        ("file", "why"),
        [(one.file, one.reason) for one in found.unreadable],
    )
    yield (
        "Names",
        ("fault", "files", "for example", "could be"),
        [(n.fault, str(n.files), n.example, n.proposal) for n in found.bad_names],
    )
    yield (
        "Required fields that are missing",
        ("kind", "field", "files"),
        [(m.media_type, m.field, f"{m.files} of {m.of}") for m in found.missing],
    )
    yield (
        "The same bytes more than once",
        ("files", "size each"),
        [
            (", ".join(Path(f).name for f in d.files), render.size(d.bytes))
            for d in found.duplicates
        ],
    )
    yield (
        "Nothing says whose they are",
        ("source", "files"),
        [(r.source, f"{r.unknown} of {r.files}") for r in found.rights],
    )
    yield (
        "Proposed taxonomy",
        ("word", "narrower than", "files", "from"),
        [(t.name, t.broader, str(t.files), t.origin) for t in found.taxonomy],
    )


def _names(files: Sequence[str]) -> str:
    return ", ".join(Path(file).name for file in files)


def _saved(found: Survey, folder: Path) -> Sequence[str]:
    """Write the proposals into a folder that the person named; never over a file."""
    wanted = {"taxonomy.json": found.taxonomy_file, "conventions.toml": found.conventions_file}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        try:
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError as error:
            raise Fixable(f"{folder / name} is there already. Name another folder.") from error
    return [str(folder / name) for name in wanted]
