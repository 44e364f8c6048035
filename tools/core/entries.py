"""What people enter, checked and written the way it is kept."""

from collections.abc import Sequence

from tools.core.assets import Field
from tools.core.errors import Fixable
from tools.core.tags import LONGEST_TAG, normal_tag

MOST_TAGS = 100
LONGEST = {Field.TITLE: 200, Field.DESCRIPTION: 4000, Field.ALT_TEXT: 1000, Field.OCR: 2000}
LONGEST_NAME = 80
LONGEST_REASON = 300


def asked_tags(texts: Sequence[str]) -> list[str]:
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


def asked_text(field: Field, text: str) -> str:
    """Give a title, description or alt text as it is kept; Fixable when it is too long."""
    plain = "".join(c if c == "\n" or c.isprintable() else " " for c in text).strip()
    if field is not Field.DESCRIPTION:
        plain = " ".join(plain.split())
    if len(plain) > LONGEST[field]:
        name = field.value.replace("_", " ")
        raise Fixable(f"The {name} has {len(plain)} letters; {LONGEST[field]} are the limit.")
    return plain


def asked_reason(text: str) -> str:
    """Give a reason as it is kept, on one line, perhaps ""; Fixable when it is too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(plain) > LONGEST_REASON:
        raise Fixable(f"A reason has at most {LONGEST_REASON} letters.")
    return plain


def asked_name(name: str) -> str:
    """Give the name of a collection as it is kept; Fixable when it is empty or too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not plain:
        raise Fixable("Name the collection.")
    if len(plain) > LONGEST_NAME:
        raise Fixable(f"The name of a collection has at most {LONGEST_NAME} letters.")
    return plain
