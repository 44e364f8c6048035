"""Web pages (HTML): what a reader sees, and apart from it what only the source says."""

import re
from html.parser import HTMLParser
from pathlib import Path

from PIL import Image

from tools.adapters.documents.drawing import Block, Words, draw_page
from tools.adapters.documents.parts import MOST_CHARACTERS, asides_of
from tools.adapters.documents.plain import whole_text
from tools.core.ports import DocumentText

HTML = "text/html"
_UNSEEN = {"script", "style", "template", "noscript", "object", "svg", "math", "head"}
_VOID = {
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "source",
    "wbr",
    "area",
    "base",
    "col",
    "embed",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "form",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "title",
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_FIELDS = {
    "description": "description",
    "author": "creator",
    "keywords": "keywords",
    "copyright": "copyright",
}
_DEEPEST = 2000
_MOST_BLOCKS = 60


class Reader(HTMLParser):
    """Reads one page; `lines` are (text, heading level), `fields` what the head says of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, int]] = []
        self.asides: list[tuple[str, str]] = []
        self.fields: dict[str, str] = {}
        self._text = ""
        self._level = 0
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block, and remember what hides the text that follows."""
        said = {name: value or "" for name, value in attrs}
        self._beside(tag, said)
        if tag in _BLOCKS:
            self._break()
            self._level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
        if tag not in _VOID and len(self._open) < _DEEPEST:
            hidden = "hidden" in said or _HIDDEN.search(said.get("style", ""))
            place = "code" if tag in {"script", "style"} else "hidden text" if hidden else ""
            self._open.append((tag, place or ("title" if tag == "title" else "")))

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block."""
        if tag in _BLOCKS:
            self._break()
            self._level = 0
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number:]
                return

    def handle_data(self, data: str) -> None:
        """Take text for the page, or put it aside where no reader sees it."""
        place = next((place for _, place in reversed(self._open) if place), "")
        if place == "title":
            self.fields["title"] = (self.fields.get("title", "") + data).strip()
        elif place:
            self.asides.append((place, data))
        elif not any(tag in _UNSEEN for tag, _ in self._open):
            self._text += data

    def handle_comment(self, data: str) -> None:
        """Put comments aside."""
        self.asides.append(("comment", data))

    def close(self) -> None:
        """End the last line."""
        super().close()
        self._break()

    def _beside(self, tag: str, said: dict[str, str]) -> None:
        for name in ("alt", "title", "aria-label"):
            self.asides.append(("alternative text", said.get(name, "")))
        if tag == "meta" and said.get("content"):
            self.asides.append(("property", said["content"]))
            field = _FIELDS.get(said.get("name", "").lower())
            if field:
                text = said["content"]
                self.fields[field] = text.replace(",", "\n") if field == "keywords" else text

    def _break(self) -> None:
        text = " ".join(self._text.split())
        if text:
            self.lines.append((text, min(self._level, 3)))
        self._text = ""


def read_page(text: str) -> Reader:
    """Read a page from its source."""
    reader = Reader()
    reader.feed(text[: 2 * MOST_CHARACTERS])
    reader.close()
    return reader


def web_text(path: Path) -> DocumentText:
    """Extract what a reader would see.

    Raises Fixable for a file in an unknown encoding.
    """
    source = whole_text(path, cut=True)
    reader = read_page(source)
    text = "\n".join(line for line, _ in reader.lines)
    return DocumentText(
        (text[:MOST_CHARACTERS],),
        truncated=len(source) > 2 * MOST_CHARACTERS,
        asides=asides_of(reader.asides),
    )


def web_drawing(path: Path) -> Image.Image:
    """Draw the beginning of a page without its looks: nothing is fetched and nothing runs."""
    reader = read_page(whole_text(path, cut=True)[:400_000])
    blocks: list[Block] = [Words(line, level) for line, level in reader.lines[:_MOST_BLOCKS]]
    title = reader.fields.get("title", "")
    return draw_page([Words(title, 1), *blocks] if title and not _titled(reader) else blocks)


def _titled(reader: Reader) -> bool:
    return any(level == 1 for _, level in reader.lines[:5])
