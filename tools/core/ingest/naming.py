"""Names of files: read as data, never trusted as paths, and made into titles."""

import os
import re
import unicodedata
from pathlib import Path

LONGEST_NAME = 200
LONGEST_TITLE = 120


def stored_name(name: str) -> str:
    """Give the last part of a name without what could break a line, a path or its direction."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter if _shown(letter) else " " for letter in last)
    tidy = " ".join(kept.split()).strip(". ")
    if len(tidy) <= LONGEST_NAME:
        return tidy or "unnamed"
    stem, dot, ending = tidy.rpartition(".")
    if not dot or len(ending) > 10:
        return tidy[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def title_of(name: str) -> str:
    """Make a title of a file name: no ending, no joining marks, a capital at the start."""
    safe = stored_name(name)
    stem = safe.rpartition(".")[0] or safe
    words = re.sub(r"[_\s]+|(?<=\w)-(?=[^\W\d])", " ", stem).strip()
    return (words[:1].upper() + words[1:])[:LONGEST_TITLE] or safe


def readable(path: Path) -> bool:
    """Tell whether a path's name is text; other bytes cannot be written down and found again."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def shown_path(path: Path) -> str:
    """Write a path so that it stays one line wherever it is printed."""
    text = os.fspath(path).encode("utf-8", "backslashreplace").decode()
    return "".join(letter if _shown(letter) else _escaped(letter) for letter in text)


def _shown(letter: str) -> bool:
    # Joiners and variation selectors hold emoji together; other format marks reorder or hide text.
    return letter in "\u200d\ufe0f" or unicodedata.category(letter) not in {
        "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp",
    }  # fmt: skip


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode()
