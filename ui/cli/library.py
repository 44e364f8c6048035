"""Commands of the library: take in, search, forget, rebuild."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from agent.views import AssetCard, DuplicateGroupView, FileOutcomeView, Fixable, SearchView
from ui import render
from ui.cli.door import (
    Entrance,
    Ticker,
    as_option,
    complain,
    console,
    json_line,
    json_option,
    json_view,
)
from ui.cli.show import gallery

MEDIA_TYPES = ("image", "video", "document", "audio", "dataset", "other")
STATUSES = {
    "added": ("+", "green"),
    "unchanged": ("=", "dim"),
    "duplicate": ("=", "yellow"),
    "skipped": ("-", "yellow"),
    "failed": ("!", "red"),
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--in-place", is_flag=True, help="Leave the files where they are, untouched.")
@click.option("--own-work", metavar="NAME", default="", help="Record that NAME made them.")
@as_option
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[Path, ...],
    in_place: bool,
    own_work: str,
    user: str | None,
    as_json: bool,
) -> None:
    """Take files and folders into the library."""
    entrance: Entrance = context.obj
    with entrance.app() as app:
        viewer = app.admin.person(user)
        outcomes = app.library.ingest(paths, viewer, in_place=in_place, own_work=own_work)
        counts = report_outcomes(outcomes, as_json=as_json)
    if not as_json:
        said = ", ".join(f"{counts[name]} {name}" for name in STATUSES if counts[name])
        console().print(said or "There is nothing to take in there.")
    if counts["failed"]:
        context.exit(1)


def report_outcomes(outcomes: Iterable[FileOutcomeView], *, as_json: bool) -> Counter[str]:
    """Print what became of each file.

    For people, unchanged ones are only counted, and what is said of one added file is not said
    again of the next, such as that a model is missing.
    """
    counts: Counter[str] = Counter()
    said: set[str] = set()
    broken = 0
    ticker, screen = Ticker(), console()
    try:
        for outcome in outcomes:
            counts[outcome.status] += 1
            ticker.clear()
            broken += bool(outcome.conform)
            if as_json:
                told = asdict(outcome)
                json_line(told if outcome.conform else {k: told[k] for k in told if k != "conform"})
            elif outcome.status != "unchanged":
                again = outcome.status == "added" and outcome.reason in said
                said.add(outcome.reason)
                shown = replace(outcome, reason="") if again else outcome
                screen.print(outcome_line(shown), soft_wrap=True)
            ticker.show(f"{sum(counts.values())} files")
    finally:
        ticker.clear()
    if broken and not as_json:
        files = render.count(broken, "file")
        screen.print(f"{files} break the conventions of the house; `dalm conform` proposes fixes.")
    return counts


def outcome_line(outcome: FileOutcomeView) -> Text:
    """Word an outcome."""
    mark, style = STATUSES.get(outcome.status, ("?", ""))
    line = Text(f"{mark} {render.plain(outcome.file)}", style)
    if outcome.status != "added":
        line.append(f"  {render.plain(outcome.status)}")
    if outcome.reason:
        line.append(f": {render.plain(outcome.reason, 400)}")
    if outcome.id:
        line.append(f"  {render.plain(outcome.id, 60)}", "cyan")
    return line


@click.command()
@click.argument("query")
@click.option("--type", "media_type", type=click.Choice(MEDIA_TYPES), help="Only this kind.")
@click.option("--limit", type=click.IntRange(min=1), default=24, show_default=True)
@click.option("--all", "weak", is_flag=True, help="Weak hits too.")
@click.option("--without", multiple=True, metavar="FILTER", help="Leave out a filter by its words.")
@as_option
@json_option
@click.pass_context
def search(
    context: click.Context,
    query: str,
    media_type: str | None,
    limit: int,
    weak: bool,
    without: tuple[str, ...],
    user: str | None,
    as_json: bool,
) -> None:
    """Find assets; with '-' for QUERY, one query a line of the input."""
    entrance: Entrance = context.obj
    screen, many, failed = console(), query == "-", False
    with entrance.app() as app:
        viewer = app.admin.person(user)
        for text in queries() if many else (query,):
            try:
                found = app.library.search(
                    text, viewer, media_type, limit, weak=weak, without=without
                )
            except Fixable as error:
                # One bad line of many says so, and the others are answered.
                if not many:
                    raise
                failed = True
                complain(f"{text[:80]}: {error}")
                continue
            if as_json:
                json_hits(text, found)
            else:
                show_hits(screen, found, named=many)
    if failed:
        context.exit(1)


def queries() -> Iterable[str]:
    """Read one query a line, as they come."""
    for line in sys.stdin:
        if text := line.strip():
            yield text


def json_hits(query: str, found: SearchView) -> None:
    """Print hits, or that there are none."""
    for hit in found.hits:
        json_line(
            {
                "query": query,
                "id": hit.id,
                "file": hit.file,
                "score": hit.score,
                "band": hit.band,
                "why": hit.why,
                **({"page": hit.page} if hit.page else {}),
                **({} if hit.seconds is None else {"seconds": hit.seconds}),
            }
        )
    if not found.hits:
        ways = [{"without": list(w.without), "hits": w.count} for w in found.relaxations]
        why = {"note": found.note, "filters": list(found.filters), "relaxations": ways}
        json_line({"query": query, "hits": 0} | (why if found.filters else {}))


def show_hits(screen: Console, found: SearchView, *, named: bool) -> None:
    """Show hits."""
    if named:
        screen.print(Text(render.plain(found.query), "bold"))
    if not found.hits:
        screen.print(Text(render.plain(found.note) or "Nothing good found."))
    gallery(screen, found.hits, found.note if found.hits else "")
    if found.filters:
        listed = ", ".join(render.plain(label) for label in found.filters)
        screen.print(Text(f"Filters: {listed}. --without leaves one out.", "dim"))
    if found.weak_hidden:
        left_out = render.count(found.weak_hidden, "weak match", "weak matches")
        screen.print(Text(f"{left_out} left out; --all shows them.", "dim"))


@click.command()
@as_option
@json_option
@click.pass_obj
def duplicates(entrance: Entrance, user: str | None, as_json: bool) -> None:
    """Report what is there twice and propose what to keep; nothing is deleted."""
    with entrance.app() as app:
        found = app.library.duplicates(app.admin.person(user))
    if as_json:
        for group in found.groups:
            json_line(_group_document(group))
        if not found.groups:
            json_line({"groups": 0, "looked_at": found.looked_at})
        return
    screen = console()
    for group in found.groups:
        screen.print(_group_text(group))
    freed = sum(group.bytes for group in found.groups if group.sameness != "similar scene")
    groups = render.count(len(found.groups), "group")
    looked = render.count(found.looked_at, "asset")
    said = f"{groups} among {looked}; {render.size(freed)} could be freed. Nothing was deleted."
    screen.print(Text(f"{said} {render.plain(found.note)}".strip(), "dim"))


def _group_document(group: DuplicateGroupView) -> dict[str, object]:
    return {
        "sameness": group.sameness,
        "keep": {"id": group.keep.id, "file": group.keep.file, "title": group.keep.title},
        "because": group.because,
        "spares": [
            {"id": s.card.id, "file": s.card.file, "title": s.card.title, "notes": list(s.notes)}
            for s in group.spares
        ],
        "copies": list(group.copies),
        "bytes": group.bytes,
    }


def _group_text(group: DuplicateGroupView) -> Text:
    text = Text(f"{render.capital(group.sameness)}\n", "bold")
    text.append(f"  keep  {_named(group.keep)}: {render.plain(group.because)}\n", "green")
    verb = "look  " if group.sameness == "similar scene" else "spare "
    for spare in group.spares:
        text.append(f"  {verb}{_named(spare.card)}\n")
        for note in spare.notes:
            text.append(f"        ! {render.plain(note)}\n", "yellow")
    for place in group.copies:
        text.append(f"  copy  {render.plain(place)}\n", "dim")
    return text


def _named(card: AssetCard) -> str:
    name, file = render.plain(card.title or card.file, 80), render.plain(card.file, 60)
    return f"{name} ({file}, {render.shape(card)}, {render.plain(card.id, 60)})"


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="PATH_OR_ID...")
@click.option("--yes", is_flag=True, help="Do not ask, not even in a terminal.")
@as_option
@json_option
@click.pass_context
def forget(
    context: click.Context, targets: tuple[str, ...], yes: bool, user: str | None, as_json: bool
) -> None:
    """Remove every trace of assets; files in place stay where they are."""
    entrance: Entrance = context.obj
    asked = not yes and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
    if asked and not click.confirm(f"Forget {render.plain(', '.join(targets))} for good?"):
        complain("Nothing was forgotten.")
        context.exit(1)
    with entrance.app() as app:
        done = app.library.forget(targets, app.admin.person(user))
    if as_json:
        json_view(done)
    else:
        console().print(f"Forgot {render.count(done.assets, 'asset')}.")
        for trace in done.leftovers:
            complain(f"Still found: {trace}")
    if done.leftovers:
        context.exit(1)


@click.command()
@click.option("--anew", is_flag=True, help="Look at every file again with the models of today.")
@as_option
@json_option
@click.pass_obj
def reindex(entrance: Entrance, anew: bool, user: str | None, as_json: bool) -> None:
    """Rebuild search, vectors and thumbnails from the catalogue and the files."""
    ticker = Ticker()
    try:
        with entrance.app() as app:
            number = app.library.reindex(app.admin.person(user), ticker.report, anew=anew)
    finally:
        ticker.clear()
    if as_json:
        json_line({"assets": number})
    else:
        console().print(f"Rebuilt the index of {render.count(number, 'asset')}.")
