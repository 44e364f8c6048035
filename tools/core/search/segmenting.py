"""Cutting text that is written without spaces into known words."""

import re
from collections.abc import Callable, Iterator

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff々]")
_KATAKANA = re.compile(r"[\u30a1-\u30ffー]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")


Known = Callable[[str], bool]
SHORT = 2


def cut(text: str, known: Known, bound: Known, longest: int) -> Iterator[str]:
    """Cut at the longest known words; what is unknown between them stays in runs.

    Short words in hiragana that are `bound` could be part of any other: they count only between
    known words or other scripts.
    """
    run, position = "", 0
    while position < len(text):
        word = _known_at(text, position, known, longest)
        if word and bound(word) and _could_be_part(text, position, word, run, known, longest):
            word = ""
        if not word:
            run += text[position]
            position += 1
            continue
        if run:
            yield run
        yield word
        run, position = "", position + len(word)
    if run:
        yield run


def _known_at(text: str, position: int, known: Known, longest: int) -> str:
    for length in range(min(longest, len(text) - position), 0, -1):
        word = text[position : position + length]
        if known(word) and not _inside_another(text, position, word):
            return word
    return ""


def _could_be_part(
    text: str, position: int, word: str, run: str, known: Known, longest: int
) -> bool:
    if len(word) > SHORT or not all(_HIRAGANA.match(letter) for letter in word):
        return False
    end = position + len(word)
    open_before = bool(run and _HIRAGANA.match(run[-1]))
    open_after = end < len(text) and bool(_HIRAGANA.match(text[end]))
    return open_before or (open_after and not _known_at(text, end, known, longest))


def _inside_another(text: str, position: int, word: str) -> bool:
    """Tell whether a word would be torn out of a longer one of the same script."""
    before = text[position - 1 : position]
    after = text[position + len(word) : position + len(word) + 1]
    if _KATAKANA.fullmatch(word[0]) and _KATAKANA.match(before):
        return True
    if _KATAKANA.fullmatch(word[-1]) and _KATAKANA.match(after):
        return True
    alone = len(word) == 1 and _IDEOGRAPH.match(word)
    return bool(alone and (_IDEOGRAPH.match(before) or _IDEOGRAPH.match(after)))
