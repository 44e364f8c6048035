"""Pictures whose captions are known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ja")
LONGEST = 8
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|—")


@dataclass(frozen=True, slots=True)
class Captioned:
    """A picture with its caption by language; English is always there."""

    path: Path
    captions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PictureSet:
    """Captioned pictures of one source; `kind` is what they are, in a word or two."""

    name: str
    kind: str
    source: str
    licence: str
    pictures: tuple[Captioned, ...]


def first_sentence(text: str) -> str:
    """Give what a caption says first, without its full stop."""
    return _SENTENCE_END.split(text.strip())[0].strip().rstrip(".!。！").strip()


def short(caption: str) -> bool:
    """Tell whether a caption could be a query: a few words, and no question."""
    return 0 < len(caption.split()) <= LONGEST and not caption.endswith("?")
