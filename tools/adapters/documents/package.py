"""Opening Office files: archives are measured by their directory before they are unpacked."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tools.core.errors import Fixable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 512 * 1024 * 1024
LARGEST_XML = 48 * 1024 * 1024
STEEPEST = 150
# Plain office XML repeats itself so much that only large parts are judged by their ratio.
JUDGED_FROM = 4 * 1024 * 1024

BROKEN = "The document is damaged or cut off. Save it again in your word processor, then add it."
_LOCKED = (
    "The document is protected by a password, or in the format of before 2007. "
    "Save a copy without a password in today's format."
)
_BOMB = (
    "The document unpacks to far more than a document holds, so it was not opened. "
    "Save it again in your word processor, then add it."
)


@contextmanager
def opened_package(source: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Lend an Office package that keeps within the limits.

    Raises Fixable when it is damaged, protected by a password or unpacks to too much.
    """
    if isinstance(source, Path) and _is_compound(source):
        raise Fixable(_LOCKED)
    try:
        with zipfile.ZipFile(source) as package:
            _check(package.infolist())
            yield package
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise Fixable(BROKEN) from error


def read_part(package: zipfile.ZipFile, name: str, largest: int = LARGEST_XML) -> bytes:
    """Read a part, or nothing when it is absent or too large."""
    try:
        facts = package.getinfo(name)
    except KeyError:
        return b""
    return package.read(facts) if facts.file_size <= largest else b""


def _is_compound(path: Path) -> bool:
    """Tell an OLE file: Office wraps what a password protects in one, and wrote them until 2007."""
    with path.open("rb") as file:
        return file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise Fixable(_BOMB)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Fixable("The document is protected by a password. Save a copy without it.")
        large = entry.file_size >= JUDGED_FROM
        steep = entry.file_size > STEEPEST * max(1, entry.compress_size)
        is_xml = entry.filename.endswith((".xml", ".rels"))
        if (large and steep) or (is_xml and entry.file_size > LARGEST_XML):
            raise Fixable(_BOMB)
