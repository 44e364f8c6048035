"""Pictures of any file: the image itself, frames of a video or the first page of a document."""

from collections.abc import Sequence
from pathlib import Path

from tools.core.assets import MediaType
from tools.core.ports import Documents, Frame, Imaging, Picture, VideoReader

LONGEST_SIDE = 1280


class Stills:
    """Draws files with the adapter that can."""

    def __init__(self, *, imaging: Imaging, video: VideoReader, documents: Documents) -> None:
        self._imaging = imaging
        self._video = video
        self._documents = documents

    def pictures(
        self, path: Path, media_type: MediaType, mime: str, count: int = 1, page: int = 1
    ) -> tuple[Picture, ...]:
        """Give up to `count` pictures of a video and one of anything else that can be drawn.

        Of a document it is that of a page. Raises Fixable for a file that should be drawable and
        is not.
        """
        found = self.frames(path, media_type, mime, count, page)
        return tuple(frame.picture for frame in found)

    def shots(self, path: Path, media_type: MediaType) -> tuple[float, ...]:
        """Give where the shots of a video begin, in seconds; nothing else has any."""
        return self._video.shots(path) if media_type is MediaType.VIDEO else ()

    def frames(
        self,
        path: Path,
        media_type: MediaType,
        mime: str,
        count: int = 1,
        page: int = 1,
        shots: Sequence[float] = (),
    ) -> tuple[Frame, ...]:
        """Give the same pictures, each with its second; it is 0 for what has no time.

        Those of a video are spread over its shots. Raises Fixable for a file that should be
        drawable and is not.
        """
        match media_type:
            case MediaType.IMAGE:
                return (Frame(0.0, self._imaging.open(path, LONGEST_SIDE)),)
            case MediaType.VIDEO:
                return self._video.key_frames(path, count, shots)
            case MediaType.DOCUMENT | MediaType.DATASET:
                drawn = self._documents.preview(path, mime, page)
                return (Frame(0.0, drawn),) if drawn else ()
            case MediaType.AUDIO | MediaType.OTHER:
                return ()

    def thumbnail(self, picture: Picture, side: int) -> bytes:
        """Encode a picture as WebP."""
        return self._imaging.thumbnail(picture, side)
