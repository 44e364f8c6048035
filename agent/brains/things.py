"""Which words of a request name an asset, once what is otherwise understood is taken out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.brains import lexicon
from agent.brains.features import cued
from agent.brains.lexicon import Span, fold
from agent.brains.words import PARTICLES, WORD, elided, function_words, word_set

# How several names are written into one query.
NAMES_APART = "; "
# "Uhrenbild" and "fietsfoto" are pictures of what stands in front.
_COMPOUND = re.compile(
    r"\b(?!titel|profil|gruppen|luft|vorschau|stand|welt)(\w{3,}?)-?"
    r"(?:bild(?:e?s|er|ern)?|fotos?|foto's|aufnahmen?|motive?|videos?|clips?)\b"
)


# ", not the cat": what is named to be left out.
_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|but not|other than|außer|bis auf|sauf|excepto|salvo|menos|tranne|"
    r"eccetto|behalve)\s+(?:(?:the|de[rmn]|die|das|le|la|les|el|los|las|o|a|os|as|il|lo|gli|de|het)\s+)?\w+"
    r"|\bleave\s+(?:the\s+)?\w+\s+out\b|\blass\w*\s+(?:d\w\w\s+)?\w+\s+(?:weg|raus)\b"
    r"|,\s*(?:(?:but|aber|mais|pero|mas|ma|maar)\s+)?(?:not|nicht|pas|no|não|non|niet)\b[^,;.]*"
)


def blanked(text: str, spans: Iterable[Span], names: Iterable[str] = ()) -> str:
    """Give folded text with stretches and names blanked out, length kept."""
    low = _EXCEPT.sub(lambda found: "|" * len(found.group()), fold(text))
    for span in spans:
        low = low[: span.start] + "|" * (span.end - span.start) + low[span.end :]
    for name in names:
        low = low.replace(fold(name), "|" * len(fold(name)))
    return low


@dataclass(frozen=True, slots=True)
class Thing:
    """Words that name an asset: the best guess at its name, and all that could belong to one.

    `definite` tells that they follow an article.
    """

    name: str
    words: str
    definite: bool = False


def named_thing(low: str) -> Thing:
    """Find the noun after an article, else whatever is left; empty when only kinds are named."""
    phrases = _phrases(_COMPOUND.sub(r"\1", low))
    every = " ".join(word for words, _ in phrases for word in words)
    definite = [words for words, article in phrases if article and not _only_kinds(words)]
    if definite:
        longest: list[str] = max(definite, key=len)
        chosen = [words for words in definite if _listed(words, longest, low)] or [longest]
        names = NAMES_APART.join(" ".join(_told(words)) for words in chosen)
        return Thing(names, every, definite=True)
    loose = [word for words, _ in phrases for word in words]
    return Thing("" if _only_kinds(loose) else every, every)


def _listed(words: list[str], longest: list[str], low: str) -> bool:
    """Tell whether a name stands in one list with another: "the hammer and the wrench"."""
    if words is longest:
        return True
    article = "|".join(sorted(map(re.escape, word_set("articles")), key=len, reverse=True))
    ends = (words[-1], longest[0]), (longest[-1], words[0])
    return any(
        re.search(
            rf"\b{re.escape(one)}\s*(?:,|\b(?:and|und|et|y|e|en)\b|&)\s*(?:{article})?\s*{re.escape(two)}\b",
            low,
        )
        for one, two in ends
    )


def excepted(text: str) -> str:
    """Give what a text names to be left out: "all of them except the cat", ", not the cat"."""
    found = _EXCEPT.search(fold(text))
    return found.group() if found else ""


def _told(words: list[str]) -> list[str]:
    """Leave out the kind in front: "foto del mulino" is a "mulino"."""
    kinds, links = word_set("kinds"), word_set("links")
    if len(words) > 2 and words[0] in kinds and words[1] in links:
        return words[2:]
    return words


def _phrases(low: str) -> list[tuple[list[str], bool]]:
    """Cut a text into runs of naming words, and tell which follow an article."""
    parts = re.findall(
        rf"{WORD.pattern}|[^\s\w]+", PARTICLES.sub(" , ", elided(low)), re.IGNORECASE
    )
    found: list[tuple[list[str], bool]] = []
    words: list[str] = []
    article = False
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else ""
        if _names(part) or (words and part in word_set("links") and _names(following)):
            words.append(part)
            continue
        if words:
            found.append((words, article))
        words, article = [], part in word_set("articles") or part == "'"
    if words:
        found.append((words, article))
    return found


def _names(word: str) -> bool:
    if not word or not re.match(r"\w", word) or word.isdigit():
        return False
    ordinal = any(
        span.start == 0 and span.end == len(word) for span in lexicon.spans("ordinals", word)
    )
    spoken = all(part in function_words() or cued(part) for part in re.split("-", word) if part)
    return not ordinal and not spoken and not cued(word)


def _only_kinds(words: list[str]) -> bool:
    return all(word in word_set("kinds") or word in word_set("links") for word in words)
