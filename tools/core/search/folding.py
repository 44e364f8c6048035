"""Letters and words made comparable: case, accents, endings and scripts without spaces."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))


def fold(text: str) -> str:
    """Give a text in lower case without accents, on one line; Japanese voicing marks are kept."""
    if text.isascii():
        return " ".join(text.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_BARE).split())


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


@lru_cache(maxsize=8192)
def unspaced(text: str) -> bool:
    """Tell whether a text is in a script that is written without spaces."""
    return _UNSPACED.search(text) is not None


class _Bare(dict[int, str]):
    """What each letter is without its accents, as far as letters have been met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFD", letter)
        bare = "".join(part for part in plain if not unicodedata.combining(part))
        return self.setdefault(code, letter if _UNSPACED.search(letter) else bare)


_BARE = _Bare()
