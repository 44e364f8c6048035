"""Words texts with the brain's model: implements the core's Writer port."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from prompts import library

LIMIT = 400
TOKENS_A_CHARACTER = 0.6
OPENS, CLOSES = "<<<", ">>>"
NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "ja": "Japanese",
    "zh": "Chinese",
    "pl": "Polish",
    "sv": "Swedish",
    "da": "Danish",
    "ru": "Russian",
    "ko": "Korean",
    "tr": "Turkish",
    "ar": "Arabic",
    "uk": "Ukrainian",
    "cs": "Czech",
}


class Chats(Protocol):
    """A model that answers (role, text) messages, piece by piece."""

    def chat(self, messages: Sequence[tuple[str, str]], limit: int) -> Iterator[str]:
        """Answer with at most `limit` tokens."""
        ...


class ModelWriter:
    """Translates with a model; what it gives is a draft that somebody has to read.

    `available` tells whether the model is at hand, `name` names it and its version.
    """

    def __init__(self, model: Chats, *, name: str, available: Callable[[], bool]) -> None:
        self._model = model
        self._name = name
        self._available = available

    @property
    def available(self) -> bool:
        """Tell whether a model is at hand."""
        return self._available()

    @property
    def name(self) -> str:
        """Name the model and version."""
        return self._name

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate one for one between BCP 47 codes; an empty text stays as it is."""
        system = library.fill("translate", source=_language(source), target=_language(target))
        return [self._written(system, text) for text in texts]

    def rewrite(self, texts: Sequence[str], tone: str) -> list[str]:
        """Rewrite one for one in another tone; an empty text stays as it is."""
        system = library.fill("rewrite", tone=tone)
        return [self._written(system, text) for text in texts]

    def _written(self, system: str, text: str) -> str:
        bare = text.strip()
        if not bare:
            return text
        limit = min(LIMIT, 24 + int(len(bare) * TOKENS_A_CHARACTER))
        fenced = f"{OPENS}{bare.replace(OPENS, '‹').replace(CLOSES, '›')}{CLOSES}"
        answer = "".join(self._model.chat((("system", system), ("user", fenced)), limit)).strip()
        kept = answer.removeprefix(OPENS).removesuffix(CLOSES).strip()
        return text.replace(bare, kept or bare)


def _language(code: str) -> str:
    return NAMES.get(code.split("-", maxsplit=1)[0].lower(), code)
