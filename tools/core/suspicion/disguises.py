"""Ways in which text is kept from readers, undone: encodings, look-alikes, unseen letters."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

DEEPEST = 2
MOST_PIECES = 40
MOST_LINES = 60
LONGEST_JOINED = 3000
LONGEST_PIECE = 20_000
# Longer texts are not read letter by letter in other ways, only their beginnings are.
LOOKED_AT = 60_000
LEAST_UNSEEN = 8
FEW = 4
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}(?:\s?\n[A-Za-z0-9+/_-]{4,}={0,2}){0,200}")
_BASE32 = re.compile(r"\b[A-Z2-7]{24,}={0,6}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[\s:,]{0,2}){10,}")
_BITS = re.compile(r"(?:[01]{8}\s?){6,}")
_DECIMALS = re.compile(r"(?:\b\d{2,3}\b[\s,;]{1,2}){9,}\d{2,3}\b")
_ESCAPES = re.compile(r"(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2}|&#?\w{2,7};)")
_SPACED = re.compile(r"(?:\b\w[\s._*-]{1,3}){7,}\w\b")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_FLAG = "\U0001f3f4"
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u00ad\u202a-\u202e\u2066-\u2069]")
_ZERO = re.compile("[\u200b\u200c\u200d\u2060\ufeff]{16,}")
_TURNED = re.compile("[\u202d\u202e]([^\u202c\n]{4,})")
_LEET = str.maketrans("013457@$|", "oieastasl")
_DIGIT_IN_WORD = re.compile(r"[a-zA-Z][013457@$|]|[013457@$|][a-zA-Z]")
# Letters of other scripts that look like Latin ones (Unicode confusables, the common part).
_ALIKE = str.maketrans(
    "аАеЕоОрРсСхХуУіІјЈѕЅԁɡһԛԝвВкКмМнНтТгпѵӏΑαΒβΕεΖΗΙιΚκΜΝνΟοΡρΤτΥυΧχϲ",
    "aAeEoOpPcCxXyYiIjJsSdghqwbBkKmMhHtTrnvlAaBbEeZHIiKkMNvOoPpTtYuXxc",
)
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0261\u0501]")


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading of a text.

    `decoded` says that it was hidden by an encoding, `hidden` that hiding it is an attempt by
    itself, `joined` that its spaces mean nothing.
    """

    text: str
    decoded: bool = False
    hidden: bool = False
    joined: bool = False


def unveiled(text: str, *, joined: bool = False) -> Iterator[Seen]:
    """Give a text as it stands without unseen letters, and every other way it may be meant."""
    bare = seen_text(text)
    yield Seen(bare)
    if joined:
        yield Seen(_apart(bare))
        for line in (bare[:LONGEST_JOINED], *bare[:LONGEST_JOINED].splitlines()[:MOST_LINES]):
            yield Seen(line, joined=True)
    yield from _unseen(text)
    head = bare[:LOOKED_AT]
    if _OTHER_SCRIPT.search(head):
        yield Seen(head.translate(_ALIKE))
    if _DIGIT_IN_WORD.search(head):
        yield Seen(head.translate(_LEET))
    for match in _SPACED.finditer(head):
        yield Seen(match[0][:LONGEST_JOINED], joined=True)
    # What is not Latin stays as it is under this cipher, and was looked at above.
    latin = head.encode("ascii", "ignore").decode()
    yield Seen(codecs.encode(latin, "rot13"), decoded=True)
    yield Seen(head[::-1], decoded=True)
    budget = [MOST_PIECES]
    for piece in _pieces(head, DEEPEST, budget):
        yield Seen(piece, decoded=True)
    # Pages and addresses are full of escapes, so that these by themselves hide nothing.
    if len(_ESCAPES.findall(head)) >= FEW and (spelled := _unescaped(head)) != head:
        yield Seen(spelled)


def seen_text(text: str) -> str:
    """Take out what has no shape of its own; line ends stay."""
    return "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cf"
    )


def _apart(name: str) -> str:
    """Put spaces where a name joins its words by marks or by capitals."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.+]+", " ", name)


def _unseen(text: str) -> Iterator[Seen]:
    """Read what was written in letters that nobody sees."""
    for match in _TAGS.finditer(text):
        # Flags of regions are an emoji followed by such letters.
        if len(match[0]) >= LEAST_UNSEEN and text[max(0, match.start() - 1)] != _FLAG:
            spelled = "".join(chr(ord(letter) - 0xE0000) for letter in match[0])
            yield Seen(spelled, decoded=True, hidden=True)
    for match in _ZERO.finditer(text):
        if spelled := _of_bits(match[0]):
            yield Seen(spelled, decoded=True, hidden=True)
    for match in _TURNED.finditer(text):
        yield Seen(seen_text(match[1])[::-1], decoded=True)


def _of_bits(run: str) -> str:
    """Read two kinds of unseen letters as the bits of a text, either way round."""
    letters = sorted(set(run))
    if len(letters) != 2:
        return ""
    for zero in letters:
        bits = "".join("0" if letter == zero else "1" for letter in run)
        spelled = _readable(int(bits[: len(bits) // 8 * 8], 2).to_bytes(len(bits) // 8, "big"))
        if spelled:
            return spelled
    return ""


def _pieces(text: str, depth: int, budget: list[int]) -> Iterator[str]:
    """Give what encoded stretches of a text say, and what is encoded in those."""
    if not depth:
        return
    for pattern, decode in _DECODERS:
        for match in pattern.finditer(text):
            if budget[0] <= 0:
                return
            spelled = decode(match[0][:LONGEST_PIECE])
            if spelled:
                budget[0] -= 1
                yield spelled
                yield from _pieces(spelled, depth - 1, budget)


def _of_base64(piece: str) -> str:
    joined = re.sub(r"\s", "", piece).rstrip("=").replace("-", "+").replace("_", "/")
    for cut in range(4):
        # A neighbouring word may have been taken along at the front.
        part = joined[cut:]
        spelled = _readable(_attempt(base64.b64decode, part + "=" * (-len(part) % 4)))
        if spelled:
            return spelled
    return ""


def _of_base32(piece: str) -> str:
    bare = piece.rstrip("=")
    return _readable(_attempt(base64.b32decode, bare + "=" * (-len(bare) % 8)))


def _of_hex(piece: str) -> str:
    # A short word of such letters may stand in front.
    for part in (piece, max(piece.split(), key=len)):
        digits = re.sub(r"\\x|0x|[^0-9A-Fa-f]", "", part)
        if spelled := _readable(_attempt(bytes.fromhex, digits[: len(digits) // 2 * 2])):
            return spelled
    return ""


def _of_binary(piece: str) -> str:
    bits = re.sub(r"\s", "", piece)
    return _readable(int(bits, 2).to_bytes(len(bits) // 8, "big"))


def _of_decimals(piece: str) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", piece)]
    return _readable(bytes(numbers)) if all(number < 256 for number in numbers) else ""


def _unescaped(text: str) -> str:
    spelled = re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})",
        lambda match: chr(int(match[1] or match[2], 16)),
        text,
    )
    return html.unescape(unquote(spelled))


def _attempt(decode: Callable[[str], bytes], text: str) -> bytes:
    try:
        return decode(text)
    except (binascii.Error, ValueError):
        return b""


def _readable(content: bytes) -> str:
    """Give the text that bytes spell, or nothing for what is no text."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        worded = sum(letter.isalpha() or letter.isspace() for letter in text)
        if len(text) >= 8 and worded >= 0.75 * len(text) and text.replace("\n", " ").isprintable():
            return text
    return ""


_DECODERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_BASE64, _of_base64),
    (_BASE32, _of_base32),
    (_BITS, _of_binary),
    (_HEX, _of_hex),
    (_DECIMALS, _of_decimals),
)
