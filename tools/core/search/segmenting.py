"""Cutting text that is written without spaces into known words."""

import re
from collections.abc import Callable, Iterator

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff々]")
_KATAKANA = re.compile(r"[\u30a1-\u30ffー]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")


def cut(text: str, known: Callable[[str], bool], longest: int) -> Iterator[str]:
    """Cut at the longest known words; what is unknown between them stays in runs."""
    run, position = "", 0
    while position < len(text):
        word = _known_at(text, position, known, longest)
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


def _known_at(text: str, position: int, known: Callable[[str], bool], longest: int) -> str:
    for length in range(min(longest, len(text) - position), 0, -1):
        word = text[position : position + length]
        if known(word) and not _inside_another(text, position, word):
            return word
    return ""


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
