"""Passages translated once each: by a person's sentence, by memory, or else by an engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.core.errors import Fixable
from tools.core.ports import TranslationMemory
from tools.core.repurposing.glossary import Glossary

CHUNK = 20
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Engine:
    """What translates: its name and version, the pair, and how it is asked."""

    name: str
    source: str
    target: str
    translate: Callable[[Sequence[str]], list[str]]


class Passages:
    """Translates the texts of one document; what was done is in `memory`, source to target."""

    def __init__(
        self, engine: Engine, kept: TranslationMemory | None, glossary: Glossary, told: Told
    ) -> None:
        self.memory: dict[str, str] = {}
        self._engine = engine
        self._kept = kept
        self._glossary = glossary
        self._told = told

    def __call__(self, texts: Sequence[str], /) -> list[str]:
        """Translate one for one; texts without letters stay as they are.

        What a chunk gave is kept before the next one begins, so that a run which broke off goes
        on where it was. Raises Fixable when the engine does not answer one for one.
        """
        wanted = [t for t in dict.fromkeys(texts) if worded(t) and t not in self.memory]
        for text in wanted:
            said = self._glossary.sentence(text, self._engine.target)
            if said is not None:
                self.memory[text] = said
        asked = [text for text in wanted if text not in self.memory]
        known = self._recalled(asked)
        for at in range(0, len(asked), CHUNK):
            chunk = asked[at : at + CHUNK]
            fresh = [text for text in chunk if text not in known]
            known.update(self._made(fresh))
            for text in chunk:
                self.memory[text] = self._glossary.enforced(
                    text, known[text], self._engine.target, self._engine.translate
                )
            if fresh:
                self._told(min(at + CHUNK, len(asked)), len(asked))
        return [self.memory.get(text, text) for text in texts]

    def _recalled(self, texts: Sequence[str]) -> dict[str, str]:
        engine = self._engine
        if self._kept is None or not texts:
            return {}
        return self._kept.recall(texts, engine.name, engine.source, engine.target)

    def _made(self, texts: Sequence[str]) -> dict[str, str]:
        if not texts:
            return {}
        engine = self._engine
        answers = engine.translate(texts)
        if len(answers) != len(texts):
            raise Fixable(f"{engine.name} gave {len(answers)} texts for {len(texts)}. Try again.")
        made = dict(zip(texts, answers, strict=True))
        if self._kept is not None:
            self._kept.keep(made, engine.name, engine.source, engine.target)
        return made


def worded(text: str) -> bool:
    """Tell whether there are letters in a text."""
    return any(letter.isalpha() for letter in text)
