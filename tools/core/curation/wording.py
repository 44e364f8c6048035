"""What a person may write in place of a proposed value."""

from collections.abc import Sequence

from tools.core.assets import Field, FieldValue
from tools.core.curation.proposals import Proposal
from tools.core.entries import asked_tags, asked_text
from tools.core.errors import Fixable
from tools.core.repurposing.languages import language_code

# The only values that these fields know, because filters ask for them by name.
KNOWN: dict[Field, tuple[str, ...]] = {
    Field.SENTIMENT: ("negative", "neutral", "positive"),
    Field.TONE: ("formal", "informal", "informative", "promotional", "urgent"),
}


def kept_as(one: Proposal, words: Sequence[str], values: Sequence[FieldValue]) -> list[str]:
    """Give what is kept for words that a person wants; a line joins what else was read."""
    if one.field is not Field.OCR:
        return list(words)
    read = [v.value for v in values if v.field is Field.OCR and v.asset_id == one.asset.id]
    return ["\n".join([*read[-1:], *words])]


def edited(field: Field, text: str) -> list[str]:
    """Give the value that a text stands for; of a label or an object it may be several.

    Raises Fixable for what the field does not know.
    """
    if field is Field.LANGUAGE:
        return [language_code(text.strip())]
    if field in {Field.OCR, Field.ALT_TEXT, Field.DESCRIPTION}:
        return [asked_text(field, text)]
    if field not in KNOWN:
        return asked_tags([text])
    plain = " ".join(text.split()).casefold()
    if plain not in KNOWN[field]:
        raise Fixable(f"No {field} '{plain[:40]}'. Known: {', '.join(KNOWN[field])}.")
    return [plain]
