"""Writes the brand guideline as a PDF with real text, from drawing commands alone."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

WIDTH, HEIGHT, MARGIN = 595, 842, 62
_COLOURS = {
    "teal": (0.06, 0.46, 0.43),
    "ember": (0.83, 0.47, 0.20),
    "poppy": (0.78, 0.06, 0.18),
    "ink": (0.12, 0.16, 0.22),
    "soft": (0.39, 0.45, 0.55),
    "paper": (1.0, 1.0, 1.0),
}

Line = tuple[str, str]

PAGES: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "Brand guideline 2026",
        (
            ("body", "Nordvale makes bottles for people who walk far. Our pictures and words are "
             "as plain and durable as our products. This guideline says how."),
            ("head", "Our voice"),
            ("item", "We speak plainly. A sentence has one idea."),
            ("item", "We never promise what we have not measured."),
            ("item", "We write litres and grams, not cups and ounces."),
            ("head", "Our logo"),
            ("body", "The logo is a mountain in a circle. Keep a clear space of one circle on "
             "every side, and never show it smaller than 12 mm in print or 32 pixels on a screen."),
            ("body", "Do not turn it, stretch it, outline it or place it on a busy picture."),
        ),
    ),
    (
        "Colours and type",
        (
            ("body", "Teal is our main colour. Ember and poppy are accents and cover no more than "
             "a fifth of a layout."),
            ("teal", "Teal  #0F766E  main colour, headings and large areas"),
            ("ember", "Ember  #D47834  accents, buttons"),
            ("poppy", "Poppy  #C8102E  seasonal posters only"),
            ("ink", "Ink  #1F2937  running text"),
            ("head", "Type"),
            ("body", "Headings are set in a bold sans serif, running text in regular weight at "
             "10 points or more. The contrast of text to its ground is at least 4.5 to 1."),
        ),
    ),
    (
        "Pictures and channels",
        (
            ("head", "What we show"),
            ("item", "Real places, daylight, people from behind or in profile."),
            ("item", "The bottle is in use, never floating."),
            ("item", "Room for words on the left third of a wide picture."),
            ("head", "What we do not show"),
            ("item", "Single-use plastic, brands of other makers, faces of children."),
            ("head", "Sizes"),
            ("body", "Stories are made in 9:16, posts in 4:5, video thumbnails in 16:9. Nothing "
             "important stands in the upper or lower eighth of a story."),
            ("head", "Questions"),
            ("body", "Write to brand@nordvale.example before you publish something new."),
        ),
    ),
)  # fmt: skip


class _Sheet:
    """One page as drawing commands, filled from the top."""

    def __init__(self) -> None:
        self._commands: list[str] = []
        self._y = float(HEIGHT - MARGIN)

    def band(self, title: str) -> None:
        """Draw the coloured head of the page."""
        self._fill("teal")
        self._commands.append(f"0 {HEIGHT - 150} {WIDTH} 150 re f")
        self._text(MARGIN, HEIGHT - 96, title, 30, "Bold", "paper")
        self._text(MARGIN, HEIGHT - 122, "Nordvale", 12, "Plain", "paper")
        self._y = HEIGHT - 200

    def line(self, kind: str, text: str) -> None:
        """Write a heading, paragraph, item or colour sample."""
        match kind:
            case "head":
                self._y -= 10
                self._text(MARGIN, self._y, text, 16, "Bold", "teal")
                self._y -= 26
            case "body" | "item":
                self._paragraph(text, 16 if kind == "item" else 0)
            case colour:
                self._fill(colour)
                self._commands.append(f"{MARGIN} {self._y - 26:.1f} 70 38 re f")
                self._text(MARGIN + 86, self._y - 10, text, 11, "Plain", "ink")
                self._y -= 50

    def foot(self, number: int) -> None:
        """Write the page number."""
        self._text(MARGIN, 40, f"Nordvale brand guideline, page {number}", 9, "Plain", "soft")

    @property
    def content(self) -> bytes:
        """Give the page's content stream."""
        return "\n".join(self._commands).encode("cp1252")

    def _paragraph(self, text: str, indent: int) -> None:
        if indent:
            self._fill("ember")
            self._commands.append(f"{MARGIN} {self._y + 2:.1f} 5 5 re f")
        for part in wrap(text, 84 - indent // 4):
            self._text(MARGIN + indent, self._y, part, 11.5, "Plain", "ink")
            self._y -= 17
        self._y -= 8

    def _fill(self, colour: str) -> None:
        self._commands.append("{:.2f} {:.2f} {:.2f} rg".format(*_COLOURS[colour]))

    def _text(self, x: float, y: float, text: str, size: float, face: str, colour: str) -> None:
        self._fill(colour)
        safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._commands.append(f"BT /{face} {size} Tf {x:.1f} {y:.1f} Td ({safe}) Tj ET")


def write_guideline(path: Path) -> None:
    """Write the guideline."""
    writer = PdfWriter()
    for number, (title, lines) in enumerate(PAGES, 1):
        sheet = _Sheet()
        sheet.band(title)
        for kind, text in lines:
            sheet.line(kind, text)
        sheet.foot(number)
        _add_page(writer, sheet.content)
    writer.add_metadata(
        {
            "/Title": "Nordvale brand guideline 2026",
            "/Author": "Nordvale Studio",
            "/Subject": "Voice, logo, colours, type and pictures",
            "/Keywords": "brand, guideline, logo, colours",
        }
    )
    writer.write(path)


def _add_page(writer: PdfWriter, content: bytes) -> None:
    page = writer.add_blank_page(WIDTH, HEIGHT)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001  (no public way)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): _fonts((("Plain", "Helvetica"), ("Bold", "Helvetica-Bold")))}
    )


def _fonts(faces: Sequence[tuple[str, str]]) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{name}"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject(f"/{face}"),
                    NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
                }
            )
            for name, face in faces
        }
    )
