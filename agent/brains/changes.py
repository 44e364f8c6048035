"""How something like an example should differ: "like this, but at night and without people"."""

import re
from dataclasses import dataclass

from agent.brains.lexicon import Span, fold
from agent.brains.words import content

_WITHOUT = r"without|minus|ohne|sans|sin|senza|sem|zonder"
_NO = r"no|not|kein\w*|nicht|pas d[eu']|pas de|geen|niet|non|nessun\w*|ningun\w*|nenhum\w*"
_BUT = r"but|aber|jedoch|mais|pero|mas|ma|maar|only|nur|plus"
_TAKEN = re.compile(rf"(?<!\bone )\b(?:{_WITHOUT})\b\s*(?P<text>[^,;.?!]+)")
_REFUSED = re.compile(rf"\b(?:{_BUT})\s+(?:with\s+|mit\s+)?(?:{_NO})\s+(?P<text>[^,;.?!]+)")
_ADDED = re.compile(rf"\b(?:{_BUT})\s+(?P<text>[^,;.?!]+)")
_TAKEN_JA = re.compile(r"(?P<text>[^\s、。でもけど]+?)(?:なし|抜き)")
_ADDED_JA = re.compile(
    r"(?:でも|けど|だけど|ただし)[、\s]*(?P<text>[^、。?？]+?)(?:[での]|版|のもの)*(?=[、。?？]|$)"
)
_LISTED = re.compile(r"\s+(?:and|or|und|oder|et|ou|y|e|o|en|of)\s+|と|や")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be added and taken away, and where a request says so."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


def changes(request: str) -> Changes:
    """Read what should be otherwise, in eight languages; what is taken away is read first."""
    low = fold(request)
    found: dict[str, list[str]] = {"plus": [], "minus": []}
    spans = []
    for sort, pattern in (
        ("minus", _TAKEN),
        ("minus", _REFUSED),
        ("minus", _TAKEN_JA),
        ("plus", _ADDED_JA),
        ("plus", _ADDED),
    ):
        while said := pattern.search(low):
            found[sort] += _named(request[said.start("text") : said.end("text")])
            spans.append(Span("", said.start(), said.end()))
            low = low[: said.start()] + ";" * len(said.group()) + low[said.end() :]
    return Changes(tuple(found["plus"]), tuple(found["minus"]), tuple(spans))


def _named(text: str) -> list[str]:
    parts = (content(part).strip() for part in _LISTED.split(text))
    return [part for part in parts if part]
