"""What a person may write in place of a proposed value."""

from tools.core.assets import Field
from tools.core.entries import asked_tags
from tools.core.errors import Fixable
from tools.core.repurposing.languages import language_code

# The only values that these fields know, because filters ask for them by name.
KNOWN: dict[Field, tuple[str, ...]] = {
    Field.SENTIMENT: ("negative", "neutral", "positive"),
    Field.TONE: ("formal", "informal", "informative", "promotional", "urgent"),
}


def edited(field: Field, text: str) -> list[str]:
    """Give the value that a text stands for; of a label or an object it may be several.

    Raises Fixable for what the field does not know.
    """
    if field is Field.LANGUAGE:
        return [language_code(text.strip())]
    if field not in KNOWN:
        return asked_tags([text])
    plain = " ".join(text.split()).casefold()
    if plain not in KNOWN[field]:
        raise Fixable(f"No {field} '{plain[:40]}'. Known: {', '.join(KNOWN[field])}.")
    return [plain]
