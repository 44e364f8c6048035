"""Captions of pictures by a model that words them: drafts that wait for a person, never values."""

from collections.abc import Iterable

from tools.core.assets import Field, FieldValue
from tools.core.ingest.grounds import Grounds
from tools.core.ingest.notes import Note, attempt
from tools.core.ports import Captioner, Picture

LONGEST = 300
WHY = "what the model wrote when it looked at the picture"


def captioned(picture: Picture, captioner: Captioner) -> list[Note]:
    """Note a caption as grounds without a value; a model that is missing is noted for later."""
    notes: list[Note] = []
    found = attempt(lambda: (captioner.caption(picture), captioner.name), notes)
    if found is None:
        return notes
    caption, by = found
    text = _sentence(caption.text)
    if not text:
        return []
    grounds = Grounds(Field.DESCRIPTION, text, WHY)
    return [Note(Field.GROUNDS, grounds.to_json(), by, caption.sure)]


def caption_of(values: Iterable[Note | FieldValue]) -> str:
    """Give the caption that waits among values, "" without one."""
    kept = (Grounds.from_json(one.value) for one in values if one.field is Field.GROUNDS)
    return next((one.value for one in kept if one.field is Field.DESCRIPTION), "")


def _sentence(text: str) -> str:
    """Make a sentence on one line of what a model wrote; "" of what says nothing."""
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    if not any(map(str.isalnum, line)):
        return ""
    return line[:1].upper() + line[1:] + ("" if line[-1] in ".!?…" else ".")
