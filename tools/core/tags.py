"""How a tag is written: one line of everyday length, the same however it was typed."""

import unicodedata

from tools.core.errors import Fixable

LONGEST_TAG = 64
MOST_TAGS = 100


def normal_tag(text: str) -> str:
    """Give the tag as it is kept: NFC, one line, single spaces, lower case; perhaps ""."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    return " ".join(kept.split()).strip("#,; ").lower()[:LONGEST_TAG].strip()


def asked_tags(texts: list[str]) -> list[str]:
    """Give the tags a person asked for, each once.

    Raises Fixable, naming the limit, for an empty, an overlong or an excessive list.
    """
    for text in texts:
        if len(text.strip()) > LONGEST_TAG:
            raise Fixable(
                f"The tag '{text.strip()[:24]}...' is over {LONGEST_TAG} letters. Shorten it."
            )
        if not normal_tag(text):
            raise Fixable("A tag needs at least one letter or digit.")
    tags = list(dict.fromkeys(normal_tag(text) for text in texts))
    if len(tags) > MOST_TAGS:
        raise Fixable(f"{len(tags)} tags at once are too many; {MOST_TAGS} are the limit.")
    return tags
