"""Letters and words made comparable: case, accents, endings and scripts without spaces."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))


def fold(text: str) -> str:
    """Give a text in lower case without accents, on one line; Japanese voicing marks are kept."""
    pieces = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        plain = unicodedata.normalize("NFD", letter)
        pieces.append(letter if unspaced(letter) else _bare(plain))
    return " ".join("".join(pieces).split())


def words_of(text: str) -> list[str]:
    """Split a folded text into words; an unspaced script stays in runs."""
    return [word.replace("\u2019", "'") for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """Take an English or Romance plural ending off a folded word."""
    if len(word) > 3 and not word.endswith(("ss", "us", "is")):
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                return word[: -len(ending)] + instead
    return word


def stems(text: str) -> set[str]:
    """Give the stems of all words of any text."""
    return {stem(word) for word in words_of(fold(text))}


def unspaced(text: str) -> bool:
    """Tell whether a text is in a script that is written without spaces."""
    return _UNSPACED.search(text) is not None


def _bare(letters: str) -> str:
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
