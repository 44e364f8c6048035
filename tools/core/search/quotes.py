"""Quotation marks in a query: what is to be found as it stands, and what is left."""

import re
from dataclasses import dataclass

_PAIRS = (
    ("\u201e", "\u201c\u201d"),
    ("\u201c", "\u201d"),
    ("\u00ab", "\u00bb"),
    ("\u00bb", "\u00ab"),
    ("\u300c", "\u300d"),
    ("\u300e", "\u300f"),
    ("\uff02", "\uff02"),
    ('(?<![0-9])"', '"'),
)
_QUOTED = re.compile("|".join(f"{opens}([^{closes}]*)[{closes}]" for opens, closes in _PAIRS))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A query apart: its quoted phrases, and the words outside of them."""

    phrases: tuple[str, ...]
    rest: str


def quoted_in(query: str) -> Quoted:
    """Take the quoted phrases out of a query; a mark without its other half is no quotation."""
    found = [
        " ".join(next((group for group in match.groups() if group), "").split())
        for match in _QUOTED.finditer(query)
    ]
    phrases = tuple(dict.fromkeys(phrase for phrase in found if _says(phrase)))
    rest = _QUOTED.sub(lambda match: " " if _says(match[0]) else match[0], query)
    return Quoted(phrases, " ".join(rest.split()) if phrases else query)


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
