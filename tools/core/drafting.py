"""Drafts of titles, descriptions and alt texts from evidence; nothing here saves one."""

from tools.core.alt_drafts import by_model
from tools.core.assets import Asset, Field, FieldValue, MediaType
from tools.core.errors import Fixable
from tools.core.people import Viewer
from tools.core.records import Catalogue

TOPICS = ("title", "description", "alt_text")
KINDS = {MediaType.IMAGE: "Picture", MediaType.VIDEO: "Video"}


class Drafting:
    """Words what was seen in an asset, or gives what a model wrote that looked at it."""

    def __init__(self, *, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def draft(self, asset_id: str, topic: str, viewer: Viewer) -> tuple[Asset, str]:
        """Give the asset and a text for the topic.

        Raises Fixable for an unknown topic or when too little is known for an honest sentence.
        """
        if topic not in TOPICS:
            raise Fixable(f"No text '{topic[:40]}' can be drafted; one of {', '.join(TOPICS)}.")
        with self._catalogue.reading() as records:
            asset = records.assets.get(asset_id, viewer)
            if asset is None:
                raise Fixable(
                    f"No asset '{asset_id[:60]}'. Search first, then use an id from the results."
                )
            values = records.fields.current([asset.id])
        written = None if topic == "title" else by_model(values, Field(topic))
        if written:
            return asset, written.text
        seen = _best(values, Field.OBJECT) or _best(values, Field.LABEL)
        colours = _best(values, Field.COLOUR)[:2]
        if asset.media_type not in KINDS or not seen:
            raise Fixable("Too little is known of it to draft a text. Give the words, please.")
        what = _listed(seen[:3])
        if topic == "title":
            return asset, what[:1].upper() + what[1:]
        where = f", mostly {_listed(colours)}" if colours else ""
        return asset, f"{KINDS[asset.media_type]} of {what}{where}."


def _best(values: list[FieldValue], field: Field) -> list[str]:
    found = sorted((v for v in values if v.field is field), key=lambda v: -v.confidence)
    return list(dict.fromkeys(value.value for value in found))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
