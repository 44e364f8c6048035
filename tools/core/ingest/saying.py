"""What a file says of itself as values, with a title from its name below that."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain

from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.embedded import LONGEST_EMBEDDED, TEXTS
from tools.core.ingest.naming import title_of
from tools.core.marks import colour_label, keyword_paths, stars
from tools.core.perception import FileFacts
from tools.core.tags import normal_tag

_EMBEDDED = TEXTS | {"captured_at": Field.CAPTURED_AT}


def said_of(
    asset_id: AssetId,
    facts: FileFacts,
    file_name: str,
    now: datetime,
    doubts: Callable[[str], bool],
) -> list[FieldValue]:
    """Give the values; titles, tags and marks that `doubts` takes for orders are left out."""
    values = [
        FieldValue(asset_id, Field.TITLE, title_of(file_name), Source.MODEL, "file name", now, 0.3)
    ]
    for name, field in _EMBEDDED.items():
        text = " ".join(facts.embedded.get(name, "").split())[:LONGEST_EMBEDDED]
        # A name that gives orders would be shown as one on every card.
        if text and not (field is Field.TITLE and doubts(text)):
            values.append(FieldValue(asset_id, field, text, Source.FILE, facts.mime, now))
    paths = keyword_paths(facts.embedded.get("keyword_paths", ""))
    words = [*facts.embedded.get("keywords", "").splitlines(), *chain.from_iterable(paths)]
    tags = dict.fromkeys(tag for tag in map(normal_tag, words) if tag)
    marks = {
        Field.TAG: list(tags),
        Field.RATING: [stars(facts.embedded.get("rating", ""))],
        Field.COLOUR_LABEL: [colour_label(facts.embedded.get("colour_label", ""))],
        Field.KEYWORD_PATH: [" > ".join(path) for path in paths],
    }
    return values + [
        FieldValue(asset_id, field, text, Source.FILE, facts.mime, now)
        for field, texts in marks.items()
        for text in texts
        if text and not doubts(text)
    ]
