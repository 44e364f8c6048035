"""What a picture may show that not everybody should see: a warning, never a verdict."""

from tools.core.assets import Field
from tools.core.ingest.notes import Note
from tools.core.perception import Sighting

# Few and sure: of what is less sure, half is a beach.
SURE = 0.8
BY = "open-nsfw"
MAY_SHOW = "It may show nudity: look at it before it goes out."


def delicate(seen: Sighting) -> list[Note]:
    """Note nudity and sexual content when it is sure enough to be worth a person's look."""
    if seen.sensitive is None or seen.sensitive < SURE:
        return []
    return [
        Note(Field.SENSITIVE, "nudity", BY, seen.sensitive),
        Note(Field.WARNING, MAY_SHOW, BY, seen.sensitive),
    ]
