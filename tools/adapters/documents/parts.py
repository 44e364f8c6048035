"""What packages of several XML parts share: finding a part, its relations, its pictures."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from PIL import Image

from tools.adapters.documents.drawing import Block, Still, draw_page
from tools.adapters.documents.package import read_part
from tools.adapters.imaging.decode import picture_of
from tools.adapters.imaging.xml_tree import parse
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

LARGEST_PART = 16_000_000
MOST_CHARACTERS = 2_000_000
LONGEST_ASIDE = 200_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SMALLEST = 200


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the kind's last word, the target, and whether that lies outside."""

    kind: str
    target: str
    outside: bool


def tree(package: ZipFile, name: str, largest: int = LARGEST_PART) -> Element | None:
    """Read a part as XML; None when it is absent, too large or not plain XML."""
    content = read_part(package, name, largest)
    return parse(content, largest) if content else None


def relations(package: ZipFile, name: str) -> dict[str, Relation]:
    """Give the relations of an Office part by their ids, targets as names in the package."""
    folder, last = posixpath.split(name)
    root = tree(package, f"{folder}/_rels/{last}.rels".lstrip("/"))
    found = {}
    for one in root.iter(_RELATION) if root is not None else ():
        outside = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        named = target if outside else beside(name, target)
        kind = one.get("Type", "").rpartition("/")[2]
        found[one.get("Id", "")] = Relation(kind, named, outside)
    return found


def beside(name: str, target: str) -> str:
    """Give the name in the package of what a part calls `target`."""
    plain = unquote(target.partition("#")[0])
    if plain.startswith("/"):
        return plain.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), plain))


def still(package: ZipFile, name: str) -> Image.Image | None:
    """Decode a picture of the package; None for what is no picture."""
    content = read_part(package, name)
    try:
        return picture_of(content) if content else None
    except Fixable:
        return None


def first_page(package: ZipFile, covers: Sequence[str], blocks: Sequence[Block]) -> Image.Image:
    """Show the first cover that is large enough, or else draw a page."""
    for name in covers:
        picture = still(package, name)
        if picture and max(picture.size) >= _SMALLEST:
            return picture.convert("RGB")
    return draw_page(blocks)


def pictured(package: ZipFile, names: Sequence[str]) -> list[Block]:
    """Give the first picture of a list as a block of a page."""
    found = (still(package, name) for name in names[:3])
    first = next((picture for picture in found if picture), None)
    return [Still(first)] if first else []


def paged(pages: Iterator[tuple[str, Sequence[tuple[str, str]]]], count: int) -> DocumentText:
    """Put pages, each with what stands beside it, together until there is enough text.

    `count` is how many pages there are in all.
    """
    texts: list[str] = []
    asides: list[tuple[str, str]] = []
    for text, beside_it in pages:
        texts.append(text)
        asides += beside_it
        if sum(map(len, texts)) > MOST_CHARACTERS:
            break
    return DocumentText(tuple(texts), truncated=len(texts) < count, asides=asides_of(asides))


def asides_of(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Keep what says something, shortened, each once."""
    kept = ((place, text[:LONGEST_ASIDE]) for place, text in found if len(text.strip()) > 3)
    return tuple(dict.fromkeys(kept))
