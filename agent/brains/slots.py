"""Arguments that rules read out of a request: language, channel, territory, targets, days ..."""

import re
from functools import lru_cache

from agent.brains import lexicon
from agent.brains.lexicon import Span, fold
from tools.core.channels import Channels
from tools.core.errors import Fixable
from tools.core.repurposing.languages import names_of_languages
from tools.core.rights.territories import mentions, territory_code

COMMON = frozenset({"shop", "press", "app", "print", "packaging", "internal"})
_SIDE = r"(\d{1,2}(?:\.\d{1,2})?)"
_RATIO = re.compile(rf"(?<![\d:]){_SIDE}\s*(?:[:/：]|\bby\b)\s*{_SIDE}(?![\d:%])")
_PIXELS = re.compile(r"(?<!\d)(\d{3,5})\s*(?:px)?\s*[x×*]\s*(\d{2,5})(?!\d)")
_GOAL = re.compile(
    r"\b(?:to|into|in|ins|nach|en|vers|al|a|ao|para|per|naar|auf|su)\s+"
    r"(?:l'|het |el |o |das |den |le )?$"
)
_TOWARDS = re.compile(
    r"\b(?:to|on|onto|in|at|via|for|off|from|auf|ins?|im|zu[rm]?|für|von|vom|aus|sur|vers|pour|à|au|"
    r"de|du|en|a|al|para|por|no|na|em|do|da|su|sul|sulla|sull|per|nel|nella|dal|dalla|op|naar|voor|"
    r"van|uit)(?:\s+|')(?:the |our |my |die |das |den |der |dem |unsere[nrm]? |le |la |les |l'|"
    r"notre |el |los |las |nuestr[oa] |o |a |noss[oa] |il |lo |nostr[oa] |de |het |onze )?$"
)
_FOR = re.compile(
    r"\b(?:for|für|pour|para|per|voor|in|en|au|aux|na|no|nel|nella)\s+"
    r"(?:the |die |den |la |le |het |o |a )?$"
)
_SLOT_FOLLOWS = re.compile(
    r"[\s-]?(?:story|stories|storie|post\b|crop|version|thumbnail|bild|format|picture|image)"
)
_KATAKANA = re.compile(r"[ァ-ヶー]+|[一-鿿]{2}")


def language(text: str) -> str | None:
    """Give the BCP 47 code of the language that is the goal of a translation."""
    low = fold(text)
    found = language_spans(low)
    if not found:
        return lexicon.first("readers", low)
    goals = [span for span in found if _GOAL.search(low[: span.start])]
    return (goals or found)[-1].value


def language_spans(low: str) -> list[Span]:
    """Find the languages that a folded text names, left to right: of "Swiss French" the whole."""
    found = [*lexicon.spans("languages", low)]
    for code, names in _names_of_languages():
        found += [Span(code, match.start(), match.end()) for match in names.finditer(low)]
    widest = [one for one in found if not any(_holds(other, one) for other in found)]
    return sorted(widest, key=lambda span: span.start)


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
    return None


def market(text: str) -> str | None:
    """Give the code of the first territory that something is meant for: "for Belgium"."""
    low = fold(text)
    found = (one for one in mentions(text) if _FOR.search(low[: one.start]))
    return next((one.code for one in found), None)


def targets(text: str, channels: Channels) -> tuple[str, ...]:
    """List the ratios, sizes and slots that a request asks for, in its order."""
    low = fold(text)
    found = [Span(f"{m[1]}:{m[2]}", m.start(), m.end()) for m in _RATIO.finditer(low)]
    found += [Span(f"{m[1]}x{m[2]}", m.start(), m.end()) for m in _PIXELS.finditer(low)]
    for span in (*_named_slots(low, channels), *lexicon.spans("targets", low)):
        if not any(_overlap(span, other) for other in found):
            found.append(span)
    if not any("story" in span.value for span in found):
        found += lexicon.spans("stories", low)
    ratios_only = all(":" in span.value for span in found)
    for span in lexicon.spans("shapes", low):
        if not found or (ratios_only and span.value == "1:1"):
            found.append(span)
    ordered = sorted(found, key=lambda span: span.start)
    return tuple(dict.fromkeys(span.value for span in ordered if _possible(span.value, channels)))


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
            if not any(_overlap(span, other) for other in found):
                found.append(span)
    return found


def _possible(target: str, channels: Channels) -> bool:
    try:
        channels.target(target)
    except Fixable:
        return False
    return True


@lru_cache(maxsize=1)
def _names_of_languages() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (code, lexicon.whole_word("|".join(re.escape(fold(name)) for name in names)))
        for code, names in names_of_languages().items()
    )


def _holds(wide: Span, narrow: Span) -> bool:
    """Tell whether a stretch lies within a longer one."""
    longer = wide.end - wide.start > narrow.end - narrow.start
    return longer and wide.start <= narrow.start and narrow.end <= wide.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
