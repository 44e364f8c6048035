"""Commands of the taxonomy: bring one in, look at it, accept it, write it out."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from agent.views import ConceptView, Fixable, TaxonomyView
from ui import render
from ui.cli.door import Entrance, Ticker, as_option, complain, console, json_option, json_view


@click.group()
def taxonomy() -> None:
    """The words of the house: concepts in several languages, broader and narrower."""


@taxonomy.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@json_option
@click.pass_obj
def bring(entrance: Entrance, file: Path, user: str | None, as_json: bool) -> None:
    """Read SKOS (.ttl, .rdf, .jsonld), a table (.csv) or a survey's taxonomy.json as a proposal."""
    with entrance.app() as app:
        found = app.curation.propose_taxonomy(file.absolute(), app.admin.person(user))
    if as_json:
        json_view(found)
        return
    _told(found)
    console().print("Nothing is tagged by it until somebody accepts it: dalm taxonomy accept")


@taxonomy.command()
@as_option
@json_option
@click.pass_obj
def accept(entrance: Entrance, user: str | None, as_json: bool) -> None:
    """Put the proposed taxonomy in force in your name, and tag by it."""
    ticker = Ticker()
    try:
        with entrance.app() as app:
            found = app.curation.accept_taxonomy(app.admin.person(user), ticker.report)
    finally:
        ticker.clear()
    if as_json:
        json_view(found)
    else:
        _told(found)


@taxonomy.command()
@click.option("--proposed", is_flag=True, help="The one that waits to be accepted.")
@click.option("--language", default="", metavar="TAG", help="Names in this language, as: de")
@as_option
@json_option
@click.pass_obj
def show(
    entrance: Entrance, proposed: bool, language: str, user: str | None, as_json: bool
) -> None:
    """Show the concepts as a tree."""
    with entrance.app() as app:
        found = app.curation.taxonomy(app.admin.person(user), proposed=proposed)
    if as_json:
        json_view(found)
        return
    screen = console()
    for depth, concept in _tree(found):
        own = name_of(concept, language or found.language)
        line = Text(f"{'  ' * depth}{render.plain(own, 120)}")
        others = sorted({label.text for label in concept.labels} - {own})
        line.append(f"  {render.plain(', '.join(others), 160)}" if others else "", "dim")
        screen.print(line, soft_wrap=True)
    _told(found)


@taxonomy.command()
@as_option
@json_option
@click.pass_obj
def proposed(entrance: Entrance, user: str | None, as_json: bool) -> None:
    """List words that models, files and people gave and that no concept covers."""
    with entrance.app() as app:
        found = app.curation.candidates(app.admin.person(user))
    for one in found:
        if as_json:
            json_view(one)
            continue
        assets = render.count(one.assets, "asset")
        console().print(f"{render.plain(one.word, 80)}  {assets}, by {one.origin}")
    if not found and not as_json:
        console().print("Every word is covered.")


@taxonomy.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@click.pass_obj
def export(entrance: Entrance, file: Path, user: str | None) -> None:
    """Write the taxonomy into a new file: .ttl, .rdf, .jsonld or .csv."""
    with entrance.app() as app:
        text = app.curation.taxonomy_file(file.suffix.lower(), app.admin.person(user))
    try:
        with file.open("x", encoding="utf-8") as kept:
            kept.write(text)
    except FileExistsError as error:
        raise Fixable(f"{file} is there already. Name another file.") from error
    console().print(f"Written: {render.plain(str(file), 400)}", soft_wrap=True)


def name_of(concept: ConceptView, language: str) -> str:
    """Give the preferred label in a language, or the first there is."""
    preferred = [label for label in concept.labels if label.preferred]
    own = [label for label in preferred if label.language.partition("-")[0] == language]
    return (own or preferred)[0].text


def _told(found: TaxonomyView) -> None:
    languages = {label.language for one in found.concepts for label in one.labels} - {""}
    who = f"accepted by {found.accepted_by}" if found.accepted_by else f"proposed by {found.by}"
    number = render.count(len(found.concepts), "concept")
    console().print(
        f"{number} in {', '.join(sorted(languages)) or 'no stated language'}, "
        f"from {render.plain(found.file, 160)}, {render.plain(who, 80)}."
    )
    for note in found.notes:
        complain(note)


def _tree(found: TaxonomyView) -> Iterator[tuple[int, ConceptView]]:
    """Walk from the broadest concepts down; what is below two of them is unfolded once."""
    known = {one.id for one in found.concepts}
    below: dict[str, list[ConceptView]] = {}
    for one in found.concepts:
        for wider in [name for name in one.broader if name in known] or [""]:
            below.setdefault(wider, []).append(one)
    unfolded: set[str] = set()
    waiting = [(0, one) for one in reversed(_sorted(below.get("", []), found.language))]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        under = [] if one.id in unfolded else _sorted(below.get(one.id, []), found.language)
        unfolded.add(one.id)
        waiting += [(depth + 1, narrow) for narrow in reversed(under)]


def _sorted(concepts: list[ConceptView], language: str) -> list[ConceptView]:
    return sorted(concepts, key=lambda one: name_of(one, language).casefold())
