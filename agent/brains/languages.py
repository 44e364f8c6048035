"""Which language a request asks for, and of which region."""

import re
from difflib import get_close_matches
from functools import lru_cache

from agent.brains import lexicon
from agent.brains.lexicon import Span, fold
from tools.core.repurposing.languages import names_of_languages
from tools.core.rights.territories import mentions

# Where a language is spoken that names a people too.
LANDS = {"de": "DE", "fr": "FR", "es": "ES", "it": "IT", "pt": "PT", "nl": "NL", "ja": "JP"} | {
    "pl": "PL", "sv": "SE", "da": "DK", "ru": "RU", "ko": "KR", "tr": "TR", "zh": "CN", "cs": "CZ"
}  # fmt: skip
_AS_IN = re.compile(
    r"\s*(?:\(|(?:as )?(?:used|spoken) in |of |from |for |de |de la |de l'|du |do |da |del |"
    r"della |dell'|aus (?:der |dem )?|für (?:die |den )?|van |voor |der |des )?(?:the )?"
)
_GOAL = re.compile(
    r"\b(?:to|into|in|ins|nach|en|vers|al|a|ao|para|per|naar|auf|su)\s+"
    r"(?:l'|het |el |o |das |den |le )?$"
)


def language(text: str) -> str | None:
    """Give the BCP 47 code of the language that is the goal of a translation."""
    low = fold(text)
    found = language_spans(low)
    if not found:
        return lexicon.first("readers", low) or _nearly_a_language(low)
    goals = [span for span in found if _GOAL.search(low[: span.start])]
    chosen = (goals or found)[-1]
    region = _region(text, low, chosen)
    return f"{chosen.value}-{region}" if region else chosen.value


def is_named(text: str) -> bool:
    """Tell whether a text names a language or whose it is, in so many letters."""
    low = fold(text)
    return bool(language_spans(low)) or lexicon.first("readers", low) is not None


def _region(text: str, low: str, named: Span) -> str | None:
    """Give the country of "français suisse" and "German as used in Switzerland"."""
    if "-" in named.value:
        return None
    beside = [one.value for one in lexicon.spans("peoples", low) if one.beside(named)]
    after = [
        one.code
        for one in mentions(text)
        if one.start >= named.end and _AS_IN.fullmatch(low[named.end : one.start])
    ]
    country = next((code for code in (*beside, *after) if len(code) == len("XX")), None)
    return None if country == LANDS.get(named.value) else country


def _nearly_a_language(low: str) -> str | None:
    """Give the language whose name a word misspells by a letter or two."""
    known = {fold(name): code for code, names in names_of_languages().items() for name in names}
    for word in re.findall(r"[^\W\d_]{6,}", low):
        if near := get_close_matches(word, known, n=1, cutoff=0.88):
            return known[near[0]]
    return None


def language_spans(low: str) -> list[Span]:
    """Find the languages that a folded text names, left to right: of "Swiss French" the whole."""
    found = [*lexicon.spans("languages", low)]
    for code, names in _names_of_languages():
        found += [Span(code, match.start(), match.end()) for match in names.finditer(low)]
    widest = [one for one in found if not any(one.within(other) for other in found)]
    return sorted(widest, key=lambda span: span.start)


@lru_cache(maxsize=1)
def _names_of_languages() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            code,
            lexicon.whole_word("|".join(re.escape(fold(n)) for n in sorted(names, key=len)[::-1])),
        )
        for code, names in names_of_languages().items()
    )
