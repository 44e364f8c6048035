"""Which words of a request name an asset, once what is otherwise understood is taken out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.brains import lexicon
from agent.brains.features import cued
from agent.brains.lexicon import Span, fold
from agent.brains.words import PARTICLES, WORD, elided, function_words, word_set

# "Uhrenbild" and "fietsfoto" are pictures of what stands in front.
_COMPOUND = re.compile(
    r"\b(?!titel|profil|gruppen|luft|vorschau|stand|welt)(\w{3,}?)-?(?:bild(?:e?s|er|ern)?|fotos?|foto's|aufnahmen?|motive?|videos?|clips?)\b"
)


# ", not the cat": what is named to be left out.
_EXCEPT = re.compile(
    r",\s*(?:(?:but|aber|mais|pero|mas|ma|maar)\s+)?(?:not|nicht|pas|no|não|non|niet)\b[^,;.]*"
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
        return Thing(" ".join(longest), every, definite=True)
    loose = [word for words, _ in phrases for word in words]
    return Thing("" if _only_kinds(loose) else every, every)


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
