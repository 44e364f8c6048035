"""What Apple's cameras write for themselves: which clip and which picture are one Live Photo."""

import struct

_HEAD = b"Apple iOS\0"
_CONTENT_ID, _ASCII, _ENTRY = 0x11, 2, 12
_MOST_ENTRIES = 200


def content_id(note: object) -> str:
    """Give the content identifier in a maker note, "" where there is none."""
    if not isinstance(note, bytes) or not note.startswith(_HEAD) or len(note) < 16:
        return ""
    order = ">" if note[12:14] == b"MM" else "<"
    try:
        (count,) = struct.unpack_from(f"{order}H", note, 14)
        for place in range(min(count, _MOST_ENTRIES)):
            tag, kind, length, offset = struct.unpack_from(
                f"{order}HHII", note, 16 + place * _ENTRY
            )
            if (tag, kind) == (_CONTENT_ID, _ASCII):
                return note[offset : offset + min(length, 64)].decode("ascii").strip("\0 ")
    except (struct.error, UnicodeDecodeError):
        return ""
    return ""
