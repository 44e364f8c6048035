"""Facts of text files: which of plain text, Markdown, a table or something else it is."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tools.adapters.documents.encoding import decoded
from tools.adapters.documents.subtitles import SUBTITLES, cues
from tools.adapters.documents.tables import separator_of
from tools.adapters.documents.web_page import HTML, read_page
from tools.adapters.imaging.drawings import is_drawing
from tools.adapters.imaging.embedded import tidy
from tools.adapters.probe.pictures import picture_facts
from tools.adapters.probe.signatures import Kind
from tools.core.perception import FileFacts

HEAD = 65_536
LARGEST = 400_000
_ANY = re.IGNORECASE | re.DOTALL
_READ = {HTML, *SUBTITLES}
_FOREIGN = (
    (
        re.compile(
            r"(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*(?:<!doctype html|<html\b)", _ANY
        ),
        HTML,
    ),
    (re.compile(r"<\?xml\b", re.I), "application/xml"),
    (re.compile(r"#!"), "text/x-script"),
    (re.compile(r"\ufeff?WEBVTT\b"), "text/vtt"),
    (re.compile(r"#EXTM3U\b"), "application/vnd.apple.mpegurl"),
    (re.compile(r"BEGIN:V(?:CARD|CALENDAR)"), "text/vcard"),
    (re.compile(r"\d+\s*\n\d{1,2}:\d\d:\d\d,\d{3} --> "), "application/x-subrip"),
)
_MARKDOWN = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        r"^#{1,6} \S",
        r"^(?:```|~~~)",
        r"\[[^\]\[\n]{1,200}\]\([^)(\s]{1,500}\)",
        r"\*\*[^*\n]{1,200}\*\*",
        r"^ {0,3}(?:[-*+]|\d{1,4}\.) \S",
        r"^\|.*\|[ \t]*$",
        r"^> \S",
    )
)
_NAMED_MARKDOWN = {".md", ".markdown", ".mdown"}
_NAMED_TABLE = {".csv", ".tsv", ".tab"}
_CREDIBLE_ROWS = 3


def text_facts(file: BinaryIO, path: Path) -> FileFacts:
    """Describe a text file by its beginning; what is no text is `other`.

    Among kinds of text the name decides where the content leaves it open.
    """
    file.seek(0)
    head = file.read(HEAD)
    cut = len(head) == HEAD
    plain = decoded(head, cut=cut)
    if plain is None:
        return FileFacts("other", "application/octet-stream")
    text = plain.text.lstrip()
    if marked := _marked(text, file):
        return marked
    if _is_json(text, cut=cut):
        return FileFacts("document", "application/json")
    suffix = path.suffix.lower()
    if _is_table(plain.text, suffix, cut=cut):
        tabbed = separator_of(plain.text) == "\t"
        return FileFacts("dataset", "text/tab-separated-values" if tabbed else "text/csv")
    return FileFacts("document", _wording(plain.text, suffix))


def _marked(text: str, file: BinaryIO) -> FileFacts | None:
    """Describe a text that says at its beginning what it is."""
    if is_drawing(text):
        facts = picture_facts(file, Kind("picture", "image/svg+xml"))
        return replace(facts, asides=(*facts.asides, *_whole(file)))
    mime = next((mime for pattern, mime in _FOREIGN if pattern.match(text)), None)
    if mime is None:
        return None
    if mime in _READ:
        return _written(file, mime)
    return FileFacts("other", mime, asides=_whole(file))


def _wording(text: str, suffix: str) -> str:
    signs = sum(bool(sign.search(text)) for sign in _MARKDOWN)
    if suffix in _NAMED_MARKDOWN or (suffix != ".txt" and signs >= 2) or signs >= 4:
        return "text/markdown"
    return "text/plain"


def _written(file: BinaryIO, mime: str) -> FileFacts:
    """Describe a web page by its head, and subtitles by how long they last."""
    source = "".join(text for _, text in _whole(file)).replace("\r\n", "\n")
    if mime == HTML:
        fields = read_page(source[:LARGEST]).fields
        found = {name: text for name in fields if (text := tidy(name, fields[name]))}
        return FileFacts("document", mime, embedded=found, asides=(("source", source),))
    spoken = cues(source)
    return FileFacts("document", mime, duration=spoken[-1].end if spoken else None)


def _whole(file: BinaryIO) -> tuple[tuple[str, str], ...]:
    """Give the text of a format that is not read otherwise, such as subtitles, up to a limit."""
    file.seek(0)
    content = file.read(LARGEST)
    plain = decoded(content, cut=len(content) == LARGEST)
    return (("text", plain.text),) if plain else ()


def _is_json(text: str, *, cut: bool) -> bool:
    if text[:1] not in {"{", "["}:
        return False
    if cut:
        return bool(re.match(r"(?:[{\[]\s*){1,9}\"", text))
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(text: str, suffix: str, *, cut: bool) -> bool:
    if suffix in _NAMED_MARKDOWN:
        return False
    separator = separator_of(text)
    if suffix in _NAMED_TABLE:
        # A single column has no separator; a name that says table is believed then.
        return separator is not None or not re.search(r"[^\n]{200,}", text)
    if separator is None:
        return False
    lines = text.splitlines()[: -1 if cut else None]
    rows = [row for row in csv.reader(lines[:50], delimiter=separator) if row]
    # Prose with commas is not a table: cells are short and the heads are distinct words.
    return (
        len(rows) > _CREDIBLE_ROWS
        and len(rows[0]) >= 3
        and len(set(rows[0])) == len(rows[0])
        and all(0 < len(cell.strip()) <= 40 for cell in rows[0])
        and all(len(row) == len(rows[0]) for row in rows)
    )
