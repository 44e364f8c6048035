"""Judging names, proposing better ones, and finding the pattern that most names follow."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from tools.core.conventions import Conventions
from tools.core.survey.findings import BadNames

_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?")
_VERSION = re.compile(r"(?i)([ _-]+(final|neu|new|copy|kopie|copie|old|alt|v\d+)|\(\d+\))+\s*$")
_SEPARATORS = {"-": "hyphens", "_": "underscores", " ": "spaces"}
_MOSTLY = 0.6
_FEWEST = 5


def judged(
    files: Sequence[tuple[str, str, str]], conventions: Conventions
) -> tuple[int, tuple[BadNames, ...]]:
    """Count good names and group bad ones; each file is (name, folder, day it was taken)."""
    found: dict[str, BadNames] = {}
    good = 0
    for name, folder, day in files:
        faults = conventions.faults_of(name)
        good += not faults
        for fault in faults:
            known = found.get(fault.name)
            example, better = (
                (known.example, known.proposal) if known else (name, proposal(name, folder, day))
            )
            count = known.files + 1 if known else 1
            found[fault.name] = BadNames(fault.name, fault.says, count, example, better)
    return good, tuple(sorted(found.values(), key=lambda one: -one.files))


def proposal(name: str, folder: str, day: str) -> str:
    """Propose a name that websites take: day, words of the name or of its folder, ending."""
    stem, dot, ending = name.rpartition(".")
    stem = stem if dot else name
    words = slug(_VERSION.sub("", stem)) or "file"
    if re.fullmatch(r"[a-z]{0,6}-?\d+(-\d+)*", words):
        words = "-".join(part for part in (slug(folder), words) if part)
    dated = day[:10] if day and not _DATE.search(stem) else ""
    return "_".join(part for part in (dated, words) if part) + (f".{ending.lower()}" if dot else "")


def slug(text: str) -> str:
    """Write words in plain small letters with hyphens; other scripts stay as they are."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", bare).lower()).strip("-")


def pattern_of(stems: Sequence[str]) -> tuple[str, str]:
    """Give the pattern that most names follow and say it in words; '' where there is none."""
    usual = [stem for stem in stems if len(stem) > 2]
    if len(usual) < _FEWEST:
        return "", "too few names to see a pattern"
    separators = Counter(mark for stem in usual for mark in _SEPARATORS if mark in stem)
    mark, _ = separators.most_common(1)[0] if separators else ("-", 0)
    small = sum(stem == stem.lower() for stem in usual) / len(usual) >= _MOSTLY
    dated = sum(bool(_DATE.match(stem)) for stem in usual) / len(usual) >= _MOSTLY
    letters = r"[^\W_A-Z]+" if small else r"[^\W_]+"
    day = rf"\d{{4}}-?\d\d(?:-?\d\d)?{re.escape(mark)}" if dated else ""
    pattern = rf"{day}{letters}(?:{re.escape(mark)}{letters})*"
    share = sum(bool(re.fullmatch(pattern, stem)) for stem in usual) / len(usual)
    if share < _MOSTLY:
        return "", "no pattern that most names follow"
    words = ["a date first"] if dated else []
    words += ["small letters"] if small else []
    words.append(f"words joined by {_SEPARATORS[mark]}")
    return pattern, f"{', '.join(words)} ({share:.0%} of {len(usual)} names)"
