"""`dalm bench retrieval`: how well words find pictures whose captions were never indexed."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.settings import load_settings
from evals.bench.ranking import Asked, Shown
from evals.bench.retrieval_report import Finding, document, markdown
from evals.bench.shelf import Shelf, shelf
from evals.machine import machine
from evals.pictures.captioned import LANGUAGES, Captioned, PictureSet
from evals.pictures.photographs import photographs
from evals.pictures.samples import samples
from evals.pictures.stamps import stamps
from evals.report import write

ABSENT = Path(__file__).parent.parent / "pictures" / "absent.tsv"
ABSENT_GROUP = "absent"
MOST = 100
_ARTICLES = frozenset(("a", "an", "the", "some"))


def main(arguments: Sequence[str]) -> int:
    """Run with command line arguments; gives the exit code."""
    chosen = _parser().parse_args(list(arguments))
    settings = load_settings()
    began = time.perf_counter()
    sets = found_sets(chosen.root, settings.home / "bench" / "unpacked")
    asked: list[Asked] = []
    for shelved in _together(sets):
        pictures = [picture for one in shelved for picture in one.pictures]
        place = settings.home / "bench" / "retrieval"
        with shelf(place, settings, pictures, _say, reindex=chosen.reindex) as opened:
            asked += _answers(opened, shelved, chosen.language or LANGUAGES)
    finding = Finding(
        command="dalm bench retrieval",
        date=time.strftime("%Y-%m-%d", time.gmtime()),
        machine=machine(),
        sets=tuple(sets),
        asked=tuple(asked),
        seconds=time.perf_counter() - began,
    )
    text = markdown(finding)
    write(text, document(finding), chosen.out or settings.home / "evals", "retrieval")
    sys.stdout.write(text)
    return 0


def found_sets(root: Path, unpacked: Path) -> list[PictureSet]:
    """Give the sets of pictures that are there, below the root of a file system; the samples are.

    What has to be taken out of an archive is put below `unpacked`.
    """
    packaged = (stamps(root), photographs(root, unpacked))
    return [*(one for one in packaged if one), samples()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("dalm bench retrieval", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("/"), help="where packages are unpacked")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only this one")
    parser.add_argument("--reindex", action="store_true", help="index a kept library anew")
    parser.add_argument("--out", type=Path, help="folder of the report (DALM_HOME/evals)")
    return parser


def _together(sets: Sequence[PictureSet]) -> list[list[PictureSet]]:
    """Put the packages into one library and the samples, some of which they hold, into another."""
    packaged = [one for one in sets if one.name != "samples"]
    own = [one for one in sets if one.name == "samples"]
    return [shelved for shelved in (packaged, own) if shelved]


def _answers(
    opened: Shelf, sets: Sequence[PictureSet], languages: Sequence[str]
) -> Iterator[Asked]:
    for language in languages:
        for group, queries in _queries(opened, sets, language):
            _say(f"{language}: {len(queries)} queries for {group}")
            for query, named in queries.items():
                yield _answer(opened, query, language, group, named)


def _queries(
    opened: Shelf, sets: Sequence[PictureSet], language: str
) -> Iterator[tuple[str, dict[str, frozenset[str]]]]:
    """Give the queries of each set, each with the captions in English that it stands for."""
    shelved = {str(picture.path) for picture in opened.pictures.values()}
    for one in sets:
        queries: dict[str, frozenset[str]] = {}
        for picture in one.pictures:
            if language in picture.captions and str(picture.path) in shelved:
                query = picture.captions[language]
                queries[query] = queries.get(query, frozenset()) | {_meant(picture)}
        if queries:
            yield one.name, queries
    if any(one.name != "samples" for one in sets):
        column = LANGUAGES.index(language)
        lines = ABSENT.read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        yield ABSENT_GROUP, {row[column]: frozenset() for row in rows}


def _answer(opened: Shelf, query: str, language: str, group: str, named: frozenset[str]) -> Asked:
    app = opened.app
    view = app.library.search(query, app.admin.person(), limit=MOST, weak=True)
    hits = []
    for card in view.hits:
        picture = opened.pictures[card.id]
        right = _meant(picture) in named or picture.captions.get(language) == query
        strong = card.band == "strong"
        hits.append(Shown(picture.captions["en"], right, strong, card.score, card.why))
    meant = Counter(_meant(picture) for picture in opened.pictures.values())
    return Asked(query, language, group, sum(meant[one] for one in named), tuple(hits))


def _meant(picture: Captioned) -> str:
    """Give what a picture shows without article and case, so that sets can be asked together."""
    words = picture.captions["en"].casefold().split()
    return " ".join(words[1:] if words[0] in _ARTICLES and words[1:] else words)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
