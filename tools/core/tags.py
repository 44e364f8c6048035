"""How a tag is written: one line of everyday length, the same however it was typed."""

import unicodedata

LONGEST_TAG = 64


def normal_tag(text: str) -> str:
    """Give the tag as it is kept: NFC, one line, single spaces, lower case; perhaps ""."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    return " ".join(kept.split()).strip("#,; ").lower()[:LONGEST_TAG].strip()
