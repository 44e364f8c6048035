"""Derive what search knows of WordNet: `python -m evals.derive_sights WORDNET LABELS`.

WORDNET is a folder with WordNet's `data.noun` and `index.noun` (Debian package wordnet-base),
LABELS the list of class names of the label model. Written are `akin.tsv`, which leads nouns that
no class shows to the nearest wider noun that one does (wapiti to ruminant), and `glosses.tsv`,
what each class is.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.core.search.lexicon.sights import FOLDER, default_sights

# Lexicographer files of things that can be seen; persons and substances are left out.
SEEN = frozenset((5, 6, 8, 13, 17, 20))
STEPS, WIDEST, SHORTEST, MOST_WORDS = 3, 60, 3, 2
NOTICE = (
    "# {what}\n# Derived from WordNet 3.0, copyright 2006 by Princeton University, under its\n"
    '# licence (free for any use with this notice; provided "as is").\n'
)
_WORD = re.compile(r"[a-z' -]+")
_SCIENTIFIC = ("genus ", "family ", "order ", "class ", "phylum ")


@dataclass(frozen=True, slots=True)
class Synset:
    """A meaning: its names, the wider meanings, its lexicographer file and its gloss."""

    names: tuple[str, ...]
    wider: tuple[str, ...]
    file: int
    gloss: str


@dataclass(frozen=True, slots=True)
class WordNet:
    """Meanings by place, and for each noun the places of its meanings, commonest first."""

    synsets: Mapping[str, Synset]
    senses: Mapping[str, tuple[str, ...]]


def read_wordnet(folder: Path) -> WordNet:
    """Read the nouns, as wndb(5WN) describes their files."""
    synsets = dict(_synset(line) for line in _lines(folder / "data.noun"))
    senses = {}
    for line in _lines(folder / "index.noun"):
        parts = line.split()
        senses[_plain(parts[0])] = tuple(parts[6 + int(parts[3]) :])
    return WordNet(synsets, senses)


def akin(wordnet: WordNet, widths: Mapping[str, int]) -> dict[str, list[str]]:
    """Give for each noun that is shown the nouns that lead to it; `widths` count its classes."""
    found: dict[str, list[str]] = defaultdict(list)
    for noun, senses in sorted(wordnet.senses.items()):
        known = noun in widths or len(noun) < SHORTEST or len(noun.split()) > MOST_WORDS
        if known or not _WORD.fullmatch(noun) or noun.startswith(_SCIENTIFIC):
            continue
        if wider := _nearest(wordnet, senses[0], widths):
            found[wider].append(noun)
    return dict(found)


def glosses(wordnet: WordNet, classes: Sequence[str]) -> list[str]:
    """Give what each class is, in the order of the classes, which are synonyms parted by commas."""
    said = []
    for line in classes:
        names = [name.strip().casefold() for name in line.split(",")]
        senses = wordnet.senses.get(names[0], ())
        shared = [len(set(wordnet.synsets[one].names) & set(names)) for one in senses]
        best = senses[shared.index(max(shared))] if senses else ""
        said.append(wordnet.synsets[best].gloss if best else "")
    return said


def main(arguments: Sequence[str]) -> int:
    """Write both tables into the lexicon; gives the exit code."""
    wordnet = read_wordnet(Path(arguments[0]))
    widths = {noun: kind.width for noun, kind in default_sights().every.items()}
    rows = (f"{wide}\t{'/'.join(nouns)}" for wide, nouns in sorted(akin(wordnet, widths).items()))
    what = "Nouns that no class shows, after the nearest wider noun that one does."
    _write(FOLDER / "akin.tsv", what, rows)
    lines = Path(arguments[1]).read_text(encoding="utf-8").splitlines()
    classes = [line for line in lines if line.strip()]
    told = zip(classes, glosses(wordnet, classes), strict=True)
    what = "The classes of the label model: the first name of each, all its names, and what it is."
    rows = (f"{names.split(',')[0].strip()}\t{names.strip()}\t{gloss}" for names, gloss in told)
    _write(FOLDER / "glosses.tsv", what, rows)
    return 0


def _write(path: Path, what: str, rows: Iterator[str]) -> None:
    path.write_text(NOTICE.format(what=what) + "\n".join(rows) + "\n", encoding="utf-8")


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):  # the licence at the head
            yield line


def _synset(line: str) -> tuple[str, Synset]:
    facts, _, gloss = line.partition(" | ")
    parts = facts.split()
    count = int(parts[3], 16)
    names = tuple(_plain(parts[4 + 2 * n]) for n in range(count))
    start = 4 + 2 * count
    pointers = [parts[start + 1 + 4 * n : start + 5 + 4 * n] for n in range(int(parts[start]))]
    wider = tuple(place for sign, place, *_ in pointers if sign == "@")
    return parts[0], Synset(names, wider, int(parts[1]), gloss.split(";")[0].strip())


def _plain(name: str) -> str:
    return name.replace("_", " ").casefold()


def _nearest(wordnet: WordNet, place: str, widths: Mapping[str, int]) -> str:
    """Give the narrowest noun of the nearest wider meaning, or "" where none is near enough."""
    level = [place]
    if wordnet.synsets[place].file not in SEEN:
        return ""
    for _ in range(STEPS + 1):
        names = {name for one in level for name in wordnet.synsets[one].names if name in widths}
        if names:
            best = min(sorted(names), key=widths.__getitem__)
            return best if widths[best] <= WIDEST else ""
        level = [wider for one in level for wider in wordnet.synsets[one].wider]
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
