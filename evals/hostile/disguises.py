"""Ways to keep an order from readers: encodings, unseen letters, look-alikes."""

import base64
import codecs
from collections.abc import Callable, Mapping

_ALIKE = str.maketrans("aceopxyi", "асеорхуі")
_BITS = ("\u200b", "\u200c")
_TAG = 0xE0000


def _unseen(text: str) -> str:
    return "".join(chr(_TAG + ord(letter)) for letter in text if letter.isascii())


def _bits(text: str) -> str:
    written = "".join(f"{byte:08b}" for byte in text.encode())
    return "".join(_BITS[int(bit)] for bit in written)


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "": lambda text: text,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "reversed": lambda text: f"\u202e{text[::-1]}\u202c",
    "split": "\u200b".join,
    "unseen": _unseen,
    "bits": _bits,
    "alike": lambda text: text.translate(_ALIKE),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
}
