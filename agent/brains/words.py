"""What remains of a request when the words that only ask are taken away."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from agent.brains.lexicon import LATIN, fold, whole_word

FILE = Path(__file__).with_name("words.toml")
WORD = re.compile(rf"[{LATIN}0-9]+(?:['\-][{LATIN}0-9]+)*|[぀-ヿ一-鿿ー々]+", re.IGNORECASE)
PARTICLES = re.compile(
    r"(?<=[ァ-ヶー一-鿿a-z0-9々])(?:を|に|の|は|が|で|へ|と|も|から|まで|って)(?!て|た)"
    r"|(?<=い)の(?:を|が|は|に)|[「」『』]"
)
_TELLTALE = {"de": "[äöß]", "pt": "[ãõ]|ção", "es": "[ñ¿¡]", "fr": "[èêœç]|l'|d'", "nl": "ij|aa"}
_EDGES = " \t\n.,;:!?¿¡？！。、「」\"'“”„«»()"


def language_of(text: str) -> str:
    """Guess which of the eight languages a request is in; English when nothing tells."""
    if re.search(r"[぀-ヿ一-鿿]", text):
        return "ja"
    low = fold(text)
    words = [part for word in WORD.findall(low) for part in re.split(r"[-']", word)]
    known = _function_words()
    scores = dict.fromkeys(known, 0.0)
    for word in words:
        speakers = [language for language, listed in known.items() if word in listed]
        for language in speakers:
            scores[language] += 1.0 / len(speakers)
    for language, letters in _TELLTALE.items():
        scores[language] += 0.4 * bool(re.search(letters, low))
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores["en"] else "en"


def content(text: str) -> str:
    """Give the request without asking verbs, articles and politeness, order kept.

    The whole request comes back when nothing would be left.
    """
    kept = text
    for known in _asking():
        kept = known.sub(" ", kept)
    kept = re.sub(r"\s+", " ", kept).strip(_EDGES)
    words = kept.split(" ")
    while words and _idle(words[0]):
        words.pop(0)
    while words and _idle(words[-1]):
        words.pop()
    return " ".join(words).strip(_EDGES) or text.strip(_EDGES)


def telling(text: str) -> list[str]:
    """List the folded words that carry meaning, in order."""
    every = function_words()
    return [word for word in spoken(text) if word not in every and (len(word) > 1 or word > "z")]


def spoken(text: str) -> list[str]:
    """List the folded words of a text; Japanese is cut at its particles."""
    return WORD.findall(PARTICLES.sub(" ", elided(fold(text))))


def elided(low: str) -> str:
    """Give folded text with elided articles set apart: "l'affiche" becomes "l' affiche"."""
    return re.sub(
        r"(?<![a-z])((?:l|d|j|qu|n|s|c|m|t|dell|all|sull|nell|dall|un|quest)')", r"\1 ", low
    )


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Give the words of every language that carry no subject."""
    return frozenset().union(*_function_words().values())


def _idle(word: str) -> bool:
    bare = fold(word).strip(_EDGES)
    return not bare or bare in function_words()


@lru_cache(maxsize=8)
def word_set(name: str) -> frozenset[str]:
    """Give a named set of words: articles, links between nouns, or kinds of assets."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return frozenset(document["naming"][name].split())


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in document["function"].items()}


@lru_cache(maxsize=1)
def _asking() -> tuple[re.Pattern[str], ...]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        re.compile(whole_word(text).pattern, re.IGNORECASE) for text in document["asking"].values()
    )
