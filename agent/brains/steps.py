"""Cutting a request that strings several together: "find the dogs, make them square and ..."."""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from agent.brains.lexicon import fold, whole_word

FILE = Path(__file__).with_name("steps.toml")
MOST = 6
_QUOTED = re.compile(r"[\"“„«「『][^\"”“»」』]*[\"”“»」』]|(?<!\w)'[^']*'(?!\w)")
_LISTED = re.compile(r"(?:^|(?<=\s))(?:\(?[1-9][.)]|[-*•])\s")
_JAPANESE = re.compile(
    r"(?<=[てで])(?:ください)?[、。]|(?<=てから)、?|(?<=[てで])(?=それから|そして|その後)"
)
# "archive it, don't delete it" says what is not wanted.
_NEGATED = re.compile(
    r"(?:(?:but|aber|mais|pero|mas|ma|maar) )?(?:not|do ?n.?t|nicht|pas|ne|no|não|non|niet)\b"
)
_PREFIXED = re.compile(
    r"(?:on|for|with|about|the|bei[m]?|für|an|am|de[rmn]|die|das|pour|sur|le|la|les|en|el|los|las|"
    r"para|no|na|os|as|su|per|il|lo|gli|op|bij|voor|het)\b[^:,;.!?]{2,50}:\s"
)
_THANKS = re.compile(
    r"[\s,.!?]*\b(?:thx|thanks(?: a lot)?|thank you|ta|cheers|pls|please|danke(?: dir)?|bitte|"
    r"merci|svp|stp|gracias|por favor|obrigad[oa]|grazie|per favore|bedankt|dank je|alsjeblieft)"
    r"[\s.!]*$",
    re.IGNORECASE,
)
_EDGES = " \t\n,;.、。"


def split(request: str, means: Callable[[str], bool] = lambda _: False) -> tuple[str, ...]:
    """Give the requests that one strings together, in order; itself alone when it is a single one.

    What stands in quotation marks is never cut, and a question is a single request unless it
    asks the assistant to do something. After "then" a part needs no verb that is known here when
    `means` tells that it asks for something: "and then off to the archive with it".
    """
    low = fold(request)
    if len(low) != len(request):
        return (request,)
    if _is_question(low):
        return _questions(request, low)
    if told := _PREFIXED.match(low):
        # "On the guideline: drop the tag logo, add the tag identity" says first what it is about.
        first, *others = split(request[told.end() :], means)
        if others:
            return (f"{first} {request[: told.end() - 1].strip(_EDGES + ':')}", *others)
    masked = _QUOTED.sub(lambda found: "¤" * len(found.group()), low)
    if _LISTED.match(masked.lstrip()):
        masked = _LISTED.sub(lambda found: "\n" * len(found.group()), masked)
    steps: list[str] = []
    begin = 0
    for end, following in _cuts(masked):
        rest = masked[following:]
        goes_on = _acts(rest) or (
            _in_order(masked[end:following]) and means(_nearest(request[following:]))
        )
        if goes_on and _acts(masked[begin:end]):
            steps.append(_bare(request[begin:end]))
            begin = following
    steps.append(_bare(request[begin:]).rstrip("!?！？ "))
    return tuple(steps) if 1 < len(steps) <= MOST else (request,)


def _questions(request: str, low: str) -> tuple[str, ...]:
    """Cut "who shot it, and what could we tag it with?" into its two questions."""
    asks = whole_word(_tables()["asking"]["question"])
    for end, following in _cuts(low):
        if low[end] in ",;、" and asks.match(low[following:]):
            return (_bare(request[:end]), _bare(request[following:]))
    return (request,)


def begins_with_action(text: str) -> bool:
    """Tell whether a text begins by asking for an action, in any of the eight languages."""
    return bool(_first_verb().match(fold(text).strip()))


def leading_verb(low: str) -> int:
    """Give where the verb ends that a folded text begins with; 0 when it begins otherwise."""
    start = len(low) - len(low.lstrip())
    found = _first_verb().match(low, start)
    return found.end() if found else 0


def _bare(step: str) -> str:
    step = _THANKS.sub("", step.strip(_EDGES)).strip(_EDGES + "?") or step.strip(_EDGES)
    marker = _LISTED.match(step)
    return step[marker.end() :].strip(_EDGES) if marker else step


def drops_it(text: str) -> bool:
    """Tell whether an answer takes back the request that it was asked about."""
    ways = _tables()["dropping"]["it"]
    said = fold(text).strip(_EDGES + "!")
    return bool(re.search(rf"(?:^|,\s*)(?:{ways})(?:[,.!]|$|、)", said))


def _in_order(connection: str) -> bool:
    return bool(whole_word(_tables()["joining"]["order"]).search(connection))


def _nearest(rest: str) -> str:
    """Give a text up to the next connection."""
    return rest[: next((end for end, _ in _cuts(fold(rest)) if end > 0), len(rest))]


def _cuts(low: str) -> list[tuple[int, int]]:
    """List where a step may end and the next begin, from left to right."""
    found = [(m.start(), m.end()) for m in _joining().finditer(low)]
    found += [(m.start(), m.end()) for m in _JAPANESE.finditer(low)]
    return sorted(found)


def _acts(part: str) -> bool:
    """Tell whether a part is a request of its own: an action and something it is about."""
    part = part.strip(_EDGES + "!")
    if _NEGATED.match(part):
        return False
    # What a later connection begins does not make this part longer.
    nearest = next((end for end, _ in _cuts(part) if end > 0), len(part))
    near = part[:nearest].strip(_EDGES)
    if _first_verb().match(near) or _first_verb().match(part):
        return len(part.split()) > 1 or bool(re.search(r"[-ぁ-ヿ一-鿿]|(?:l[aeoi]s?|n[ei])$", part))
    return bool(_last_verb().search(near)) and len(near) > 3


def _is_question(low: str) -> bool:
    tables = _tables()["asking"]
    start = low.lstrip("¿ ")
    asks = whole_word(tables["question"]).match(start)
    return bool(asks) and not whole_word(tables["you"]).match(start)


@lru_cache(maxsize=1)
def _joining() -> re.Pattern[str]:
    words = _tables()["joining"]["words"]
    return re.compile(
        rf"\s*[,;，、]\s*(?:{words})?(?=\s)\s*|\s*[;,，、]\s*|\s+(?:{words})\s+|"
        rf"(?<=\w)[.!]\s+(?:(?:{words})\s*,?\s+)?|\s*\n+\s*|\s*(?:->|=>|→)\s*"
    )


@lru_cache(maxsize=1)
def _first_verb() -> re.Pattern[str]:
    tables = _tables()
    lead, you = tables["joining"]["lead"], tables["asking"]["you"]
    verbs = "|".join(tables["verbs"].values())
    return re.compile(rf"(?:(?:{lead}|{you}),?\s+)*(?:{verbs})(?![a-zà-öø-ÿœ])")


@lru_cache(maxsize=1)
def _last_verb() -> re.Pattern[str]:
    verbs = "|".join(_tables()["last_verbs"].values())
    return re.compile(rf"(?:^|(?<=\s)|(?<=[ぁ-ヿ一-鿿]))(?:{verbs})(?:ください|下さい|から)?$")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    document: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return document
