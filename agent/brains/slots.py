"""Arguments that rules read out of a request: language, channel, territory, targets, days ..."""

import re

from agent.brains import lexicon
from agent.brains.languages import LANDS
from agent.brains.lexicon import Span, fold
from tools.core.channels import Channels
from tools.core.errors import Fixable
from tools.core.rights.territories import mentions, territory_code

SHAPES = {"1:1": "square", "9:16": "portrait", "16:9": "landscape"}
COMMON = frozenset({"shop", "press", "app", "print", "packaging", "internal"})
_SIDE = r"(\d{1,2}(?:\.\d{1,2})?)"
_RATIO = re.compile(
    rf"(?<![\d:]){_SIDE}\s*(?:[:/：対]|\b(?:by|zu|auf|sur|por|a|per|bij|op)\b)\s*{_SIDE}(?![\d:%])"
)
_PIXELS = re.compile(
    r"(?<!\d)(\d{3,5})\s*(?:px)?\s*(?:[x×*]|\b(?:by|mal|por|per|sur|bij)\b)\s*(\d{2,5})(?!\d)"
)
_BY_AFTER = re.compile(r"\s+(?:by|zu|sur|por|per|bij)\s+\w")
_BY_BEFORE = re.compile(r"\w\s+(?:by|zu|sur|por|per|bij)\s+$")
_TOWARDS = re.compile(
    r"\b(?:to|on|onto|in|at|via|for|off|from|auf|ins?|im|zu[rm]?|für|von|vom|aus|sur|vers|pour|à|au|"
    r"de|du|en|a|al|para|por|no|na|em|do|da|su|sul|sulla|sull|per|nel|nella|dal|dalla|op|naar|voor|"
    r"van|uit)(?:\s+|')(?:the |our |my |die |das |den |der |dem |unsere[nrm]? |le |la |les |l'|"
    r"notre |el |los |las |nuestr[oa] |o |a |noss[oa] |il |lo |nostr[oa] |de |het |onze )?$"
)
_FOR = re.compile(
    r"\b(?:for|für|pour|para|per|voor|in|en|au|aux|na|no|nel|nella)\s+"
    r"(?:the |die |den |la |le |het |o |a |l'|los |las |gli )?$"
)
_SLOT_FOLLOWS = re.compile(
    r"[\s-]?(?:story|stories|storie|post\b|crop|version|thumbnail|bild|format|picture|image)"
)
_KATAKANA = re.compile(r"[ァ-ヶー]+|[一-鿿]{2}")


def channel_span(text: str) -> Span | None:
    """Find the channel that a request names: one after a preposition, else the leftmost.

    A channel that only names a slot ("the instagram story") counts when there is no other.
    """
    low = fold(text)
    found = sorted(lexicon.spans("channels", low), key=lambda span: (span.start, -span.end))
    if not found:
        return None
    places = [span for span in found if not _SLOT_FOLLOWS.match(low, span.end)]
    # "The picture of the shop on Instagram": what is a common noun too is meant less often.
    firm = [span for span in places if span.value not in COMMON]
    places = firm or places
    towards = [span for span in places if _TOWARDS.search(low[: span.start])]
    return (towards or places or found)[0]


def channel(text: str) -> str | None:
    """Give the channel that a request names."""
    span = channel_span(text)
    return span.value if span else None


def territory(text: str) -> str | None:
    """Give the code of the first territory that a request names."""
    found = mentions(text)
    if found:
        return found[0].code
    for piece in _KATAKANA.findall(text):
        try:
            return territory_code(piece)
        except Fixable:
            continue
    return _people(fold(text))


def _people(low: str) -> str | None:
    """Give the country of "the German market" and "le marché allemand"."""
    named = [*lexicon.spans("peoples", low)]
    named += [
        Span(LANDS[span.value], span.start, span.end)
        for span in lexicon.spans("languages", low)
        if span.value in LANDS
    ]
    nouns = [*lexicon.spans("markets", low)]
    return next((one.value for one in named for noun in nouns if one.beside(noun)), None)


def market(text: str) -> str | None:
    """Give the code of the first territory that something is meant for: "for Belgium"."""
    low = fold(text)
    found = (one for one in mentions(text) if _FOR.search(low[: one.start]))
    return next((one.code for one in found), None)


def targets(text: str, channels: Channels) -> tuple[str, ...]:
    """List the ratios, sizes and slots that a request asks for, in its order."""
    low = _in_digits(fold(text))
    found = [Span(f"{m[1]}:{m[2]}", m.start(), m.end()) for m in _RATIO.finditer(low)]
    found += [Span(f"{m[1]}x{m[2]}", m.start(), m.end()) for m in _PIXELS.finditer(low)]
    for span in (*_named_slots(low, channels), *lexicon.spans("targets", low)):
        if not any(span.overlaps(other) for other in found):
            found.append(span)
    if not any("story" in span.value for span in found):
        found += lexicon.spans("stories", low)
    found = _shaped(found, low, channels)
    ratios_only = all(":" in span.value for span in found)
    for span in lexicon.spans("shapes", low):
        if not found or (ratios_only and span.value == "1:1"):
            found.append(span)
    ordered = sorted(found, key=lambda span: span.start)
    return tuple(dict.fromkeys(span.value for span in ordered if _possible(span.value, channels)))


def _in_digits(low: str) -> str:
    """Write the numbers of "sixteen by nine" as digits."""
    for span in sorted(lexicon.spans("numbers", low), key=lambda span: -span.start):
        if _BY_AFTER.match(low, span.end) or _BY_BEFORE.search(low[: span.start]):
            low = low[: span.start] + span.value + low[span.end :]
    return low


def _shaped(found: list[Span], low: str, channels: Channels) -> list[Span]:
    """Make "a square for insta" the channel's square slot where it has one."""
    shapes = [span.value for span in lexicon.spans("slot_kinds", low)]
    shapes += [SHAPES[s.value] for s in lexicon.spans("shapes", low) if s.value in SHAPES]
    if not shapes:
        return found
    kept: list[Span] = []
    for span in found:
        channel_name, _, kind = span.value.partition("-")
        slot = f"{channel_name}-{shapes[0]}"
        bare = kind == "post" and "post" not in low[span.start : span.end]
        shaped = bare and _possible(slot, channels)
        kept.append(Span(slot, span.start, span.end) if shaped else span)
    return kept


def media_type(text: str) -> str | None:
    """Give the kind of asset that a request asks for."""
    return lexicon.first("media_types", fold(text))


def orientation(text: str) -> str | None:
    """Give the shape that a request asks for."""
    return lexicon.first("orientations", fold(text))


def colour(text: str) -> str | None:
    """Give the English name of the first colour that a request names."""
    return lexicon.first("colours", fold(text))


def days(text: str) -> int | None:
    """Give how many days a request looks ahead; the end of the year is left to the tool."""
    low = fold(text)
    for span in lexicon.spans("spans", low):
        if span.value == "180":
            return 180
    for unit in lexicon.spans("units", low):
        before = low[max(0, unit.start - 24) : unit.start].rstrip(" -")
        count = _count(before)
        if count:
            return count * int(unit.value)
    return None


def _count(before: str) -> int | None:
    if digits := re.search(r"(\d{1,4})$", before):
        return int(digits[1])
    coming = lexicon.pattern("spans", "coming")
    ends = [match for match in coming.finditer(before) if match.end() == len(before)]
    if ends:
        return _spelled(before[: ends[0].start()].rstrip()) or 1
    return _spelled(before)


def _spelled(before: str) -> int | None:
    if digits := re.search(r"(\d{1,4})$", before):
        return int(digits[1])
    found = [span for span in lexicon.spans("numbers", before) if span.end == len(before)]
    return int(max(found, key=lambda span: span.end - span.start).value) if found else None


def _named_slots(low: str, channels: Channels) -> list[Span]:
    """Find slots by their own names, the longest name first."""
    named = sorted(
        ((name, slot.name) for slot in channels.slots for name in (slot.name, *slot.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    found: list[Span] = []
    for name, slot in named:
        if "-" not in name:
            continue
        spelled = re.escape(name).replace(r"\-", r"[\s\-_]*")
        for match in lexicon.whole_word(spelled).finditer(low):
            span = Span(slot, match.start(), match.end())
            if not any(span.overlaps(other) for other in found):
                found.append(span)
    return found


def _possible(target: str, channels: Channels) -> bool:
    try:
        channels.target(target)
    except Fixable:
        return False
    return True
