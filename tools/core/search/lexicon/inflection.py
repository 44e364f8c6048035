"""Dictionary forms of folded words: the endings of plurals and diminutives, by language."""

from collections.abc import Iterator

# An ending and what may stand instead; accents are gone, so umlauts need no rule.
ENDINGS = {
    "en": (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", "")),
    "de": (
        ("innen", "in"), ("ern", ""), ("chen", ""), ("lein", ""), ("en", ""), ("er", ""),
        ("es", ""), ("em", ""), ("e", ""), ("n", ""), ("s", ""),
    ),
    "fr": (("aux", "al"), ("aux", "ail"), ("x", ""), ("es", ""), ("s", ""), ("e", "")),
    "es": (
        ("ces", "z"), ("es", ""), ("s", ""), ("itos", "o"), ("itas", "a"), ("ito", "o"),
        ("ita", "a"), ("a", "o"), ("as", "o"),
    ),
    "it": (
        ("chi", "co"), ("ghi", "go"), ("che", "ca"), ("ghe", "ga"), ("ci", "co"), ("ci", "cia"),
        ("ci", "cio"), ("gi", "gio"), ("ce", "cia"), ("ge", "gia"), ("i", "o"), ("i", "e"),
        ("i", "io"), ("i", "a"), ("e", "a"), ("ini", "o"), ("ino", "o"), ("ina", "a"),
    ),
    "pt": (
        ("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("is", "il"),
        ("ns", "m"), ("res", "r"), ("zes", "z"), ("es", ""), ("s", ""), ("inhos", "o"),
        ("inho", "o"), ("inha", "a"), ("a", "o"), ("as", "o"),
    ),
    "nl": (
        ("tjes", ""), ("tje", ""), ("pjes", ""), ("pje", ""), ("jes", ""), ("je", ""),
        ("eren", ""), ("ven", "f"), ("zen", "s"), ("en", ""), ("n", ""), ("'s", ""), ("s", ""),
        ("e", ""),
    ),
}  # fmt: skip
IRREGULAR = {
    "mice": "mouse", "geese": "goose", "feet": "foot", "teeth": "tooth", "men": "man",
    "women": "woman", "children": "child", "oxen": "ox", "dice": "die", "leaves": "leaf",
}  # fmt: skip
SHORTEST = 2
_VOWELS = "aeou"


def dictionary_forms(word: str, language: str) -> Iterator[str]:
    """Give what a folded word may be an inflection of, likeliest first, itself not among them."""
    if language == "en" and word in IRREGULAR:
        yield IRREGULAR[word]
    for ending, instead in ENDINGS.get(language, ()):
        bare = word.removesuffix(ending)
        if bare == word or len(bare) + len(instead) < SHORTEST:
            continue
        yield bare + instead
        if language == "nl" and not instead:
            yield from _respelt(bare)


def _respelt(bare: str) -> Iterator[str]:
    """Undo what a Dutch ending does to spelling: brug, bruggen; boom, bomen."""
    if len(bare) > SHORTEST and bare[-1] == bare[-2]:
        yield bare[:-1]
    elif len(bare) >= SHORTEST and bare[-2] in _VOWELS and bare[-1] not in _VOWELS:
        yield bare[:-1] + bare[-2] + bare[-1]
