"""Which words of a request name an asset, once what is otherwise understood is taken out."""

import re
from collections.abc import Iterable

from agent.brains import lexicon
from agent.brains.features import cued
from agent.brains.lexicon import Span, fold
from agent.brains.words import PARTICLES, WORD, function_words

_ARTICLES = frozenset(
    [
        "the",
        "my",
        "our",
        "that",
        "this",
        "your",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "mein",
        "meine",
        "unser",
        "unsere",
        "unseren",
        "le",
        "la",
        "l",
        "les",
        "notre",
        "mon",
        "ma",
        "el",
        "los",
        "las",
        "nuestro",
        "nuestra",
        "mi",
        "o",
        "a",
        "os",
        "as",
        "nosso",
        "nossa",
        "il",
        "lo",
        "gli",
        "i",
        "nostro",
        "nostra",
        "de",
        "het",
        "onze",
        "mijn",
        "dieses",
        "dieser",
        "diese",
        "ce",
        "cette",
        "este",
        "esta",
        "quel",
        "quella",
    ]
)
_LINKS = frozenset(
    [
        "of",
        "von",
        "vom",
        "de",
        "du",
        "des",
        "del",
        "della",
        "dello",
        "dei",
        "do",
        "da",
        "dos",
        "das",
        "di",
        "van",
        "d",
    ]
)
_KINDS = frozenset(
    [
        "picture",
        "pictures",
        "photo",
        "photos",
        "image",
        "images",
        "file",
        "files",
        "asset",
        "assets",
        "bild",
        "bilder",
        "foto",
        "fotos",
        "datei",
        "dateien",
        "video",
        "videos",
        "photo",
        "image",
        "fichier",
        "fichiers",
        "visuel",
        "imagen",
        "archivo",
        "imagem",
        "ficheiro",
        "immagine",
        "file",
        "beeld",
        "bestand",
        "afbeelding",
        "one",
        "ones",
        "thing",
        "item",
        "items",
        "version",
    ]
)


def blanked(text: str, spans: Iterable[Span], names: Iterable[str] = ()) -> str:
    """Give folded text with stretches and names blanked out, length kept."""
    low = fold(text)
    for span in spans:
        low = low[: span.start] + "|" * (span.end - span.start) + low[span.end :]
    for name in names:
        low = low.replace(fold(name), "|" * len(fold(name)))
    return low


def named_thing(low: str) -> str:
    """Give the words that name an asset: a noun after an article, else whatever is left; or ""."""
    phrases = _phrases(low)
    definite = [words for words, article in phrases if article and not _only_kinds(words)]
    if definite:
        longest: list[str] = max(definite, key=len)
        return " ".join(longest)
    loose = [word for words, _ in phrases for word in words]
    return "" if _only_kinds(loose) else " ".join(loose)


def _phrases(low: str) -> list[tuple[list[str], bool]]:
    tokens = re.findall(rf"{WORD.pattern}|[^\s\w]+", PARTICLES.sub(" , ", low), re.IGNORECASE)
    found: list[tuple[list[str], bool]] = []
    words: list[str] = []
    article = False
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if _names(token) or (words and token in _LINKS and _names(following)):
            words.append(token)
        else:
            if words:
                found.append((words, article))
            words, article = [], token in _ARTICLES or token == "'"
    if words:
        found.append((words, article))
    return found


def _names(token: str) -> bool:
    if not token or not re.match(r"\w", token) or token.isdigit():
        return False
    ordinal = any(
        span.start == 0 and span.end == len(token) for span in lexicon.spans("ordinals", token)
    )
    return not ordinal and token not in function_words() and not cued(token)


def _only_kinds(words: list[str]) -> bool:
    return all(word in _KINDS or word in _LINKS for word in words)
