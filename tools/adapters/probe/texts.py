"""Facts of text files: which of plain text, Markdown, a table or something else it is."""

import csv
import json
import re
from pathlib import Path
from typing import BinaryIO

from tools.adapters.documents.encoding import decoded
from tools.adapters.documents.tables import separator_of
from tools.core.perception import FileFacts

HEAD = 65_536
LARGEST = 400_000
_FOREIGN = (
    (re.compile(r"(?:<[?!][^>]{0,300}>\s*){0,5}<svg\b", re.I), "image/svg+xml"),
    (re.compile(r"(?:<!doctype html|<html\b)", re.I), "text/html"),
    (re.compile(r"<\?xml\b", re.I), "application/xml"),
    (re.compile(r"#!"), "text/x-script"),
    (re.compile(r"WEBVTT\b"), "text/vtt"),
    (re.compile(r"#EXTM3U\b"), "application/vnd.apple.mpegurl"),
    (re.compile(r"BEGIN:V(?:CARD|CALENDAR)"), "text/vcard"),
    (re.compile(r"\d+\s*\n\d\d:\d\d:\d\d,\d{3} --> "), "application/x-subrip"),
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
    for pattern, mime in _FOREIGN:
        if pattern.match(text):
            return FileFacts("other", mime, asides=_whole(file))
    if _is_json(text, cut=cut):
        return FileFacts("other", "application/json", asides=_whole(file))
    suffix = path.suffix.lower()
    if _is_table(plain.text, suffix, cut=cut):
        tabbed = separator_of(plain.text) == "\t"
        return FileFacts("dataset", "text/tab-separated-values" if tabbed else "text/csv")
    signs = sum(bool(sign.search(plain.text)) for sign in _MARKDOWN)
    if suffix in _NAMED_MARKDOWN or (suffix != ".txt" and signs >= 2) or signs >= 4:
        return FileFacts("document", "text/markdown")
    return FileFacts("document", "text/plain")


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
