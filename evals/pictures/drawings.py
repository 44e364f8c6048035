"""Drawings with names that ordinary packages carry: clip art and emoji.

Of Debian: openclipart-png and openclipart-svg (public domain; the names are in the SVG files),
fonts-noto-color-emoji (OFL and Apache-2.0), unicode-cldr-core (Unicode licence; the names).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from PIL import Image, ImageDraw, ImageFont

CLIPART = Path("usr/share/openclipart")
FONT = Path("usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
NAMES = Path("usr/share/unicode/cldr/common")
# Nothing that a picture could be said to look like; flags are told apart by less than looks.
LEFT_OUT = frozenset({"cardbacks", "cards", "duplicates", "flags", "flowchart", "gradients"}) | {
    "patterns",
    "shapes",
    "special",
}
WORDS = 6
LONGEST = 60
_NO_NAME = re.compile(
    r"clip ?art|collection|background|border|pattern|symbol signs|template|theme|untitled"
    r"|^(drawing|image|people|svg)|flag|^\W*$",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"clip|unsorted|hash|theme|mapsym|\d", re.IGNORECASE)
_NUMBERED = re.compile(r"\b\w*\d\w*\b")
# The one size of this font's bitmaps, and room around one.
_SIZE, _ROOM = 109, (160, 150)


def drawings(root: Path) -> Iterator[tuple[Image.Image, str]]:
    """Give drawings on white and what they are called: a title, then other words, by commas."""
    yield from _emoji(root)
    yield from _clipart(root / CLIPART)


def _clipart(folder: Path) -> Iterator[tuple[Image.Image, str]]:
    for source in sorted((folder / "svg").rglob("*.svg")):
        inside = source.relative_to(folder / "svg")
        picture = (folder / "png" / inside).with_suffix(".png")
        if not picture.is_file() or not LEFT_OUT.isdisjoint(inside.parts):
            continue
        text = source.read_text(encoding="utf-8", errors="replace")
        titled = re.search(r"<dc:title>([^<]*)</dc:title>", text)
        names = [_plain(titled.group(1)) if titled else "", _plain(inside.stem)]
        words = re.findall(r"<rdf:li>([^<]*)</rdf:li>", text)
        name = next((name for name in names if _says_something(name)), "")
        if name and (image := _on_white(picture)):
            yield image, _called(name, words)


def _emoji(root: Path) -> Iterator[tuple[Image.Image, str]]:
    if not (root / FONT).is_file():
        return
    font = ImageFont.truetype(str(root / FONT), _SIZE)
    for sign, (name, words) in _signs(root / NAMES).items():
        if not _says_something(name) or "skin tone" in name:
            continue
        image = Image.new("RGB", _ROOM, "white")
        ImageDraw.Draw(image).text((12, 12), sign, font=font, embedded_color=True)
        if image.getcolors(1) is None:
            yield image, _called(name, words)


def _signs(folder: Path) -> Mapping[str, tuple[str, list[str]]]:
    """Give the name and the other words of each sign, in English."""
    names: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    for part in ("annotations", "annotationsDerived"):
        path = folder / part / "en.xml"
        for one in ET.parse(path).iter("annotation") if path.is_file() else ():  # noqa: S314
            sign, text = one.get("cp", ""), one.text or ""
            if one.get("type") == "tts":
                names[sign] = text
            else:
                words[sign] = [word.strip() for word in text.split("|")]
    return {sign: (name, words.get(sign, [])) for sign, name in names.items()}


def _on_white(path: PurePath) -> Image.Image | None:
    try:
        with Image.open(path) as image:
            drawn = image.convert("RGBA")
    except (OSError, Image.DecompressionBombError):
        return None
    white = Image.new("RGBA", drawn.size, "white")
    white.alpha_composite(drawn)
    return white.convert("RGB")


def _plain(name: str) -> str:
    return " ".join(_NUMBERED.sub("", re.sub(r"[_\W]+", " ", name)).split())


def _says_something(name: str) -> bool:
    return 2 < len(name) <= LONGEST and not _NO_NAME.search(name)


def _called(name: str, words: list[str]) -> str:
    others = [w for word in words if (w := word.strip()) and not _NO_WORD.search(w)]
    return ", ".join(dict.fromkeys([name, *others[:WORDS]]))
