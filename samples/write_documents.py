"""Writes samples/documents: `python -m samples.write_documents`. The product is invented."""

import csv
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from samples.draw_pictures import HOLDER, OWN
from samples.write_guideline import write_guideline

DOCUMENTS = Path(__file__).parent / "documents"
TEAL, SLATE = RGBColor(0x0F, 0x76, 0x6E), RGBColor(0x47, 0x55, 0x69)
_WRITTEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

SPECIFICATIONS = (
    ("Property", "Value", "Note"),
    ("Capacity", "750 ml", "measured to the rim"),
    ("Height", "26.5 cm", "with the lid closed"),
    ("Diameter", "7.3 cm", "fits most cup holders"),
    ("Weight", "348 g", "empty, with lid"),
    ("Material", "18/8 stainless steel", "double wall, vacuum insulated"),
    ("Keeps cold", "24 hours", "at 20 °C in the shade"),
    ("Keeps hot", "12 hours", "filled at 95 °C"),
    ("Price", "€34.90", "suggested retail price"),
)


def product_sheet() -> None:
    """Write the product sheet, one and a half pages with everything a translation must keep."""
    document = docx.Document()
    _set_up(document)
    title = document.add_heading("Trail 750", level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _runs(
        document.add_paragraph(style="Subtitle"), "The steel water bottle for people who walk far."
    )
    document.add_picture(_picture("bottles-studio.jpg", (0, 150, 1400, 1270)), width=Mm(120))
    _name_picture(document, "Three steel water bottles in blue, silver and orange")
    _runs(
        document.add_paragraph(),
        "Trail 750 is made of **18/8 stainless steel** and keeps drinks *cold for 24 hours* or hot "
        "for 12 hours. The wide mouth takes ice cubes, and the lid opens with one hand.",
    )
    document.add_heading("Why people choose it", level=1)
    for point in (
        "**No taste of metal:** the inside is polished and needs no coating.",
        "**Made to last:** we repair or replace every bottle for ten years.",
        "**Lighter than it looks:** it weighs only 348 g.",
    ):
        _runs(document.add_paragraph(style="List Bullet"), point)
    document.add_heading("Technical data", level=1)
    _table(document)
    document.add_heading("Care", level=1)
    for step in (
        "Wash the bottle with warm water before you use it for the first time.",
        "Do not put it into the freezer or the microwave.",
        "The lid is dishwasher safe; the *coloured bottles* should be washed by hand.",
    ):
        _runs(document.add_paragraph(style="List Number"), step)
    document.add_heading("Delivery and warranty", level=1)
    _runs(
        document.add_paragraph(),
        "Orders placed before 2 pm are shipped **on the same day**. The item number is "
        "**NV-T750-ST**.",
    )
    _more(document)
    document.save(str(DOCUMENTS / "product-sheet.docx"))


def _more(document: Any) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run("You will find more information and spare parts on ")
    _link(document, paragraph, "our website", "https://nordvale.example/trail-750")
    paragraph.add_run(".")


def _set_up(document: Any) -> None:
    facts = document.core_properties
    facts.title, facts.author = "Trail 750 product sheet", HOLDER
    facts.subject, facts.keywords = "Product sheet", "water bottle, stainless steel, outdoor"
    facts.language, facts.comments = "en", ""
    facts.created = facts.modified = _WRITTEN
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    for name, size in (("Title", 34), ("Heading 1", 16), ("Subtitle", 14)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = SLATE if name == "Subtitle" else TEAL
    head = section.header.paragraphs[0]
    head.text = "Nordvale\tProduct sheet\tSpring 2026"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Nordvale Ltd., 12 Harbour Street, Bergen. Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("result", "1"), ("end", "")):
        _field(foot.add_run(), kind, text)
    for part in (head, foot):
        for run in part.runs:
            run.font.size, run.font.color.rgb = Pt(9), SLATE


def _field(run: Any, kind: str, text: str) -> None:
    if kind == "result":
        run.text = text
        return
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    run._r.append(element)  # noqa: SLF001  (fields have no public way)


def _runs(paragraph: Any, text: str) -> None:
    """Add text in which ** marks bold and * marks italic."""
    for number, part in enumerate(text.split("**")):
        for turn, piece in enumerate(part.split("*")):
            if piece:
                run = paragraph.add_run(piece)
                run.bold = True if number % 2 else None
                run.italic = True if turn % 2 else None


def _table(document: Any) -> None:
    table = document.add_table(rows=0, cols=3, style="Light Grid Accent 5")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in SPECIFICATIONS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _link(document: Any, paragraph: Any, text: str, address: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = document.part.relate_to(address, f"{kind}/hyperlink", is_external=True)
    paragraph._p.append(  # noqa: SLF001  (links have no public way)
        parse_xml(
            f'<w:hyperlink xmlns:w="{_W}" xmlns:r="{kind}" r:id="{relation}"><w:r><w:rPr>'
            '<w:color w:val="0F766E"/><w:u w:val="single"/></w:rPr>'
            f"<w:t>{text}</w:t></w:r></w:hyperlink>"
        )
    )


def _picture(name: str, part: tuple[int, int, int, int]) -> BytesIO:
    target = BytesIO()
    with Image.open(OWN / name) as picture:
        picture.crop(part).resize((1000, 800), Image.Resampling.LANCZOS).save(
            target, "JPEG", quality=85
        )
    target.seek(0)
    return target


def _name_picture(document: Any, words: str) -> None:
    for node in document.element.body.iter(qn("wp:docPr")):
        node.set("descr", words)


def catalogue() -> None:
    """Write the product catalogue as a table of forty rows."""
    chance = Random(3)  # noqa: S311  (sample figures, not secrets)
    models = (
        ("Trail 500", 27.9, 290),
        ("Trail 750", 34.9, 348),
        ("Trail 1000", 39.9, 421),
        ("City Cup 350", 22.5, 215),
        ("Kids 400", 19.9, 188),
    )
    colours = ("steel", "night blue", "ember orange", "forest green", "poppy red", "sand", "black")
    extra = ("white", "lilac", "teal", "sky blue", "copper")
    path = DOCUMENTS / "catalogue.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("item", "product", "colour", "price_eur", "weight_g", "stock", "material", "launched")
        )
        for number, (name, price, weight) in enumerate(models, 1):
            for turn, colour in enumerate((*colours, extra[number - 1])):
                writer.writerow(
                    (
                        f"NV-{number}{turn:02}",
                        name,
                        colour,
                        f"{price:.2f}",
                        weight,
                        chance.randrange(0, 900, 5),
                        "18/8 stainless steel",
                        f"2026-{chance.randint(1, 6):02}-{chance.randint(1, 28):02}",
                    )
                )


def texts() -> None:
    """Write the press release and the notes of the shoot."""
    (DOCUMENTS / "press-release.md").write_text(PRESS_RELEASE, encoding="utf-8")
    (DOCUMENTS / "shoot-notes.txt").write_text(SHOOT_NOTES, encoding="utf-8")


PRESS_RELEASE = """---
title: Press release, Trail 750
date: 2026-03-02
---

# A bottle that stays cold for a whole day

**Bergen, 2 March 2026.** Nordvale presents the *Trail 750*, a steel water bottle that keeps
drinks cold for 24 hours. It is available in seven colours from [our shop](https://nordvale.example/shop).

## What is new

- The wall is 20 % thinner, which saves **92 g** of steel.
- The lid opens with one hand.
- Every part can be replaced for ten years.

| Model | Capacity | Price |
|---|---:|---:|
| Trail 500 | 500 ml | €27.90 |
| Trail 750 | 750 ml | €34.90 |

> "We wanted a bottle that nobody has to buy twice," says the founder of the company.

Press pictures: write to press@nordvale.example and name the item number `NV-T750-ST`.
"""

SHOOT_NOTES = """Notes for the spring shoot

Date: 14 April 2026, from 7:30 until sunset
Place: the lake below the old mill

Bring:
- three bottles in blue, silver and orange
- the yellow tent and two lamps
- releases for both models

The light is best in the first hour. Please photograph every bottle once in
portrait and once in landscape format, and leave room for text on the left
side of the picture.
"""


def main() -> None:
    """Write all of them."""
    DOCUMENTS.mkdir(exist_ok=True)
    product_sheet()
    catalogue()
    texts()
    write_guideline(DOCUMENTS / "brand-guideline.pdf")


if __name__ == "__main__":
    main()
