"""Single requests for the router: the test files, and the bank, which is split by template."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from prompts.examples import Example, bank, read_requests

FOLDER = Path(__file__).parent / "requests" / "test"
FOLDS = 5


def kept_rows(folder: Path = FOLDER) -> tuple[Example, ...]:
    """Read the requests kept for testing.

    Raises ValueError when one of them, or its template, stands in the bank too.
    """
    rows = tuple(row for path in sorted(folder.glob("*.md")) for row in read_requests(path))
    known = {row.group for row in bank()} | {_plain(row.request) for row in bank()}
    for row in rows:
        if row.group in known or _plain(row.request) in known:
            raise ValueError(f"The bank holds the template or the words of {identity(row)} too.")
    return rows


def split(rows: Sequence[Example], fold: int) -> tuple[list[Example], list[Example]]:
    """Split rows into train and test by template group, so that no template is on both sides."""
    test = [row for row in rows if _fold(row.group) == fold]
    return [row for row in rows if _fold(row.group) != fold], test


def identity(row: Example) -> str:
    """Name a row without its words, the same in every run."""
    key = hashlib.sha256(f"{row.group}|{row.request}".encode()).hexdigest()[:8]
    return f"{row.tool}-{row.language}-{key}"


def _fold(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?。！？ ")
