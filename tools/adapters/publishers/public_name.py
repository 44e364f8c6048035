"""File names that are safe in public: plain letters, no paths, no tricks, never the same twice."""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

_LONGEST = 60
# By what the file is and not by how it was named: a web server may run what ends in .php.
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/flac": ".flac",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/json": ".json",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
}
# Letters that do not come apart into a letter and a mark.
_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def public_name(title: str, file_name: str, mime: str, key: str) -> str:
    """Make a name from the title (or the file's), a part of the delivery's key, and the kind."""
    stem = PurePosixPath(file_name.replace("\\", "/").replace("\0", "")).stem
    words = _slug(title) or _slug(stem) or "asset"
    unique = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{words}-{unique}{_SUFFIXES.get(mime, '')}"


def _slug(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED))
    plain = spelled.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")
