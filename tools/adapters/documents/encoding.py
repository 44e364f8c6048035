"""Which bytes are text, and in which encoding."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_USUAL = re.compile(r"[\w\s.,;:!?'\"()\[\]{}<>/\\|@#$%&*+=~^`-]")
_LEAST_USUAL = 0.85


@dataclass(frozen=True, slots=True)
class PlainText:
    """Decoded text without its byte order mark, and the encoding it came in."""

    text: str
    encoding: str


def decoded(content: bytes, *, cut: bool = False) -> PlainText | None:
    """Decode UTF-8, UTF-16 or UTF-32 with a mark, or Windows-1252; None for what is no text.

    `cut` says that the content is the beginning of more, so that its last character may be torn.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strict(content, encoding, cut=cut)
            return _plausible(text.removeprefix("\ufeff"), encoding) if text is not None else None
    text = _strict(content, "utf-8", cut=cut)
    if text is not None:
        return _plausible(text, "utf-8")
    text = _strict(content, "cp1252", cut=False)
    if text is None or len(_USUAL.findall(text)) < _LEAST_USUAL * len(text):
        return None
    return _plausible(text, "cp1252")


def _strict(content: bytes, encoding: str, *, cut: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return decoder.decode(content, final=not cut)
    except UnicodeError:
        return None


def _plausible(text: str, encoding: str) -> PlainText | None:
    return None if _CONTROL.search(text) else PlainText(text, encoding)
