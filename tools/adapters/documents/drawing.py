"""A drawn first page for documents that have no picture of their own."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1000, 1294
_MARGIN = 90
_INK, _SOFT, _LINE, _HEAD = "#1f2937", "#6b7280", "#d1d5db", "#f3f4f6"
_HEADINGS = {1: 40, 2: 30, 3: 25}
_BODY = 21
_LATIN_ENDS = 0x180
# Pillow's own font has letters, but not the finer punctuation.
_PLAINER = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
    | {"\u2022": "-", "\u2026": "...", "\u00a0": " ", "\u202f": " "}
)
_WIDER_FONTS = ("NotoSansCJK-Regular.ttc", "NotoSans-Regular.ttf", "DejaVuSans.ttf")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `level` 1 to 3 is a heading, 0 is body text."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """A table, its first row being the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Still:
    """A picture in the text."""

    picture: Image.Image


Block = Words | Rows | Still


def draw_page(blocks: Sequence[Block], footer: str = "") -> Image.Image:
    """Lay the blocks out on one page, as far as they fit."""
    page = _Page()
    for block in blocks:
        if page.full:
            break
        match block:
            case Words():
                page.words(block)
            case Rows():
                page.rows(block)
            case Still():
                page.still(block.picture)
    if footer:
        page.footer(footer)
    return page.paper


class _Page:
    """A sheet of paper that is filled from the top."""

    def __init__(self) -> None:
        self.paper = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self._pen = ImageDraw.Draw(self.paper)
        self._y = float(_MARGIN)
        self._wide = WIDTH - 2 * _MARGIN
        self._end = HEIGHT - _MARGIN

    @property
    def full(self) -> bool:
        """Tell whether nothing more fits."""
        return self._y > self._end - 30

    def words(self, block: Words) -> None:
        """Write a paragraph in lines that fit."""
        size = _HEADINGS.get(block.level, _BODY)
        font = _font(size, plain=_is_latin(block.text))
        bold = 1 if block.level else 0
        for line in _wrapped(block.text, font, self._wide):
            if self._y + size > self._end:
                return
            self._pen.text(
                (_MARGIN, self._y), line, fill=_INK, font=font, stroke_width=bold, stroke_fill=_INK
            )
            self._y += size * 1.42
        self._y += size * (0.45 if block.level else 0.6)

    def rows(self, block: Rows) -> None:
        """Draw a table with columns as wide as their texts need."""
        columns = max((len(row) for row in block.rows), default=0)
        if not columns:
            return
        size = 18 if columns <= 5 else 15
        font = _font(size, plain=_is_latin("".join("".join(row) for row in block.rows)))
        widths = self._widths(block, columns, font)
        top, tall = self._y, 36
        for number, row in enumerate(block.rows):
            if self._y + tall > self._end:
                break
            right = _MARGIN + self._wide
            if number == 0:
                self._pen.rectangle([_MARGIN, self._y, right, self._y + tall], fill=_HEAD)
            x = float(_MARGIN)
            for cell, width in zip(row, widths, strict=False):
                text = _clipped(cell, font, width - 20)
                self._pen.text((x + 10, self._y + 8), text, fill=_INK, font=font)
                x += width
            self._y += tall
            self._pen.line([_MARGIN, self._y, right, self._y], fill=_LINE)
        self._pen.rectangle([_MARGIN, top, _MARGIN + self._wide, self._y], outline=_LINE)
        self._y += 24

    def still(self, picture: Image.Image) -> None:
        """Place a picture at the width of the text, or as high as there is room."""
        room = min(420.0, self._end - self._y)
        if room < 60:
            return
        scale = min(self._wide / picture.width, room / picture.height, 1.5)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        small = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        self.paper.paste(small, (_MARGIN, round(self._y)), small)
        self._y += size[1] + 24

    def footer(self, text: str) -> None:
        """Write a line at the bottom."""
        font = _font(16, plain=_is_latin(text))
        line = _clipped(text, font, self._wide)
        self._pen.text((_MARGIN, HEIGHT - 56), line, fill=_SOFT, font=font)

    def _widths(self, block: Rows, columns: int, font: Font) -> list[float]:
        """Share the width by what the texts need, a long one counting no more than a third."""
        most = self._wide / 3
        needs = [
            min(
                most, max((font.getlength(row[c]) for row in block.rows if c < len(row)), default=9)
            )
            + 24
            for c in range(columns)
        ]
        return [self._wide * need / sum(needs) for need in needs]


@lru_cache(maxsize=32)
def _font(size: int, *, plain: bool) -> Font:
    """Give Source Sans for Latin text, or a system font with more letters if there is one."""
    names = () if plain else _WIDER_FONTS
    latin = files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"
    for name in (*names, str(latin)):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _is_latin(text: str) -> bool:
    return all(ord(letter) < _LATIN_ENDS for letter in text.translate(_PLAINER))


def _wrapped(text: str, font: Font, width: float) -> list[str]:
    flat = " ".join(text.translate(_PLAINER).split())[:3000]
    if not flat:
        return []
    letter = max(1.0, font.getlength(flat[:400]) / len(flat[:400]))
    lines = textwrap.wrap(flat, max(4, int(width / letter * 0.97)))
    return [_clipped(line, font, width) for line in lines]


def _clipped(text: str, font: Font, width: float) -> str:
    text = text.translate(_PLAINER)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text + "..."
