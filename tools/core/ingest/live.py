"""Live Photos: a picture and the few seconds of film around it, which are one asset."""

from datetime import datetime, timedelta

from tools.core.perception import FileFacts

# Without Apple's identifier, a clip is the moving part of a picture only if it is this short and
# was taken at its moment.
LONGEST, NEAR = 4.0, timedelta(seconds=3)
NOT_LIVE = "It is a film of its own, not the moving part of the picture of the same name."


def is_live(picture: FileFacts, clip: FileFacts) -> bool:
    """Tell whether a clip of the same name is the moving part of a picture."""
    if clip.media_type != "video" or picture.media_type != "image":
        return False
    ids = {facts.embedded.get("content_id", "") for facts in (picture, clip)}
    if "" not in ids:
        return len(ids) == 1
    short = clip.duration is not None and clip.duration <= LONGEST
    one, other = (_moment(facts) for facts in (picture, clip))
    if not short or one is None or other is None:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        # The clock at the place; a film in UTC beside a picture without a zone stays apart.
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return abs(one - other) <= NEAR


def _moment(facts: FileFacts) -> datetime | None:
    try:
        return datetime.fromisoformat(facts.embedded.get("captured_at", ""))
    except ValueError:
        return None
